import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, suite, test } from "node:test";
import { httpClient } from "../../../src/network/http.ts";
import { requestCertificate } from "../../../src/signing/sigstore/fulcio.ts";
import { startServers } from "../../support/sigstore/servers.ts";
import { newKey, spkiOf } from "../../support/x509/make.ts";
import { signWith } from "../../support/sigstore/signing-keys.ts";
import { identityToken } from "../../support/sigstore/clients.ts";

const servers = await startServers();
const seen: string[] = [];
const proxy = createServer((request, response) => {
  seen.push(request.url ?? "");
  response.end("{}");
}).listen(0, "127.0.0.1");
await once(proxy, "listening");
after(async () => {
  await servers.stop();
  proxy.close();
  proxy.closeAllConnections();
});

suite("an identity token for a certificate authority on this machine", () => {
  test("stays on it, whatever proxy the environment names", async () => {
    const HTTP_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const key = newKey("P-256");
    const token = await identityToken(servers.token());
    const asked = { token, publicKey: spkiOf(key), proofOfPossession: signWith(key, Buffer.from(token.subject)) };
    const http = httpClient({ environment: { HTTP_PROXY } });
    const { identity } = await requestCertificate(http, servers.urls().fulcio, asked, new Date());
    assert.equal(identity.identity, "alice@example.com");
    assert.deepEqual(seen, []);
  });
});
