// NODE_TLS_REJECT_UNAUTHORIZED turns off Node's look at the certificates of servers; tokens travel to them, so not here.
import assert from "node:assert/strict";
import { after, suite, test } from "node:test";
import { httpClient } from "../../src/network/http.ts";
import { streamClient } from "../../src/network/stream.ts";
import { listenWithTls } from "../support/listening.ts";
import { rejectsWith } from "../support/rejects.ts";
import { ipAddress, makeCertificate, newKey } from "../support/x509/make.ts";

const NAME = "NODE_TLS_REJECT_UNAUTHORIZED";
process.env[NAME] = "0";
after(() => Reflect.deleteProperty(process.env, NAME));
process.removeAllListeners("warning");

suite("NODE_TLS_REJECT_UNAUTHORIZED does not turn off the check of a server's certificate", () => {
  const key = newKey("P-256");
  const usage = { extendedKeyUsage: ["1.3.6.1.5.5.7.3.1"], notBefore: new Date(0), notAfter: new Date("2049-01-01") };
  const { pem: cert } = makeCertificate({ key, names: [ipAddress(127, 0, 0, 1)], ...usage });
  const tls = { key: String(key.export({ type: "pkcs8", format: "pem" })), cert };

  for (const [name, ask] of [
    ["for small answers", (url: string): Promise<unknown> => httpClient({ environment: {} }).request({ url })],
    ["for streams", (url: string): Promise<unknown> => streamClient({ environment: {} }).open({ url })],
  ] as const) {
    test(name, async () => {
      let asked = 0;
      const server = await listenWithTls(tls, (_, response) => {
        asked += 1;
        response.end();
      });
      const error = await rejectsWith("SERVER_UNREACHABLE", () => ask(server.url));
      assert.match(error.message, /cannot be trusted: its TLS certificate is self-signed/);
      assert.equal(asked, 0);
    });
  }
});
