import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { suite, test } from "node:test";
import { cleanEnvironment, ENTRY } from "../support/cli/command.ts";
import { fakeHub, sendFile, type FakeHubOptions, type Hub } from "../support/hub/fake-hub.ts";
import { listen } from "../support/listening.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { ipAddress, makeCertificate, newKey } from "../support/x509/make.ts";

const FILES = { "config.json": "{}", "model.bin": Buffer.alloc(1000, 1) } as const;

interface SecureHub {
  readonly hub: Hub;
  /** With the hub's certificate, by NODE_EXTRA_CA_CERTS. */
  readonly digest: (environment?: Readonly<Record<string, string>>) => Promise<{ readonly exitCode: number | null; readonly said: string }>;
}

/** A hub that speaks TLS by a certificate of its own, and the command in a process of its own, as Node reads it at the start. */
async function secureHub(options: FakeHubOptions = {}): Promise<SecureHub> {
  const key = newKey("P-256");
  const names = [ipAddress(127, 0, 0, 1)];
  const usage = { extendedKeyUsage: ["1.3.6.1.5.5.7.3.1"], notBefore: new Date(0), notAfter: new Date("2049-01-01") };
  const { pem: cert } = makeCertificate({ key, names, ...usage });
  const hub = await fakeHub(FILES, { ...options, tls: { key: String(key.export({ type: "pkcs8", format: "pem" })), cert } });
  const authorities = join(temporaryFolder(), "ca.pem");
  writeFileSync(authorities, cert);
  return {
    hub,
    digest: async (environment = { NODE_EXTRA_CA_CERTS: authorities }) => {
      const env = { ...cleanEnvironment(), HF_ENDPOINT: hub.url, HF_TOKEN: "hf_secret", NODE_EXTRA_CA_CERTS: authorities, ...environment };
      const child = spawn(process.execPath, [ENTRY, "digest", "hf:acme/granite"], { env });
      let said = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => void (said += text.toString()));
      const exitCode = await new Promise<number | null>((resolve) => child.on("close", resolve));
      return { exitCode, said: said.replaceAll(/\s+/g, " ") };
    },
  };
}

suite("a hub that speaks TLS", () => {
  test("is asked where NODE_EXTRA_CA_CERTS has its authority, and not where its certificate is unknown", async () => {
    const { digest, hub } = await secureHub();
    const known = await digest();
    assert.equal(known.exitCode, 0, known.said);
    hub.requests.length = 0;
    const unknown = await digest({ NODE_EXTRA_CA_CERTS: "" });
    assert.deepEqual([unknown.exitCode, /certificate/.test(unknown.said), hub.requests.length], [3, true, 0], unknown.said);
  });

  test("does not send a request on to http, where others could read and change it", async () => {
    let asked = 0;
    const open = await listen((request, response) => {
      asked++;
      sendFile(request, response, FILES["model.bin"]);
    });
    const { digest } = await secureHub({
      instead: (_request, response, path) =>
        path.endsWith("model.bin") && (response.writeHead(302, { location: `${open.url}/x` }).end(), true),
    });
    const { exitCode, said } = await digest();
    assert.deepEqual([exitCode, /a redirect from https to http, which is not followed/.test(said), asked], [3, true, 0], said);
  });

  test("is asked through the tunnel of a proxy, which learns no token, save for what NO_PROXY lists", async () => {
    const { digest, hub } = await secureHub();
    const port = Number(new URL(hub.url).port);
    const tunnels: string[] = [];
    let passed = "";
    const proxy = await listen(() => {});
    proxy.server.on("connect", (request, socket) => {
      tunnels.push(request.url ?? "");
      passed += JSON.stringify(request.headers);
      const upstream = connect(port, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        upstream.pipe(socket).pipe(upstream);
      });
      socket.on("data", (bytes: Buffer) => void (passed += bytes.toString("latin1")));
      for (const end of [upstream, socket]) end.on("error", () => {});
    });
    const through = await digest({ HTTPS_PROXY: proxy.url });
    assert.equal(through.exitCode, 0, through.said);
    assert.ok(tunnels.length > 0 && tunnels.every((target) => target === `127.0.0.1:${port}`), tunnels.join());
    assert.ok(!passed.includes("hf_secret"));
    assert.equal(hub.requests[0]?.headers.authorization, "Bearer hf_secret");
    tunnels.length = 0;
    const beside = await digest({ HTTPS_PROXY: proxy.url, NO_PROXY: "127.0.0.1" });
    assert.deepEqual([beside.exitCode, tunnels], [0, []], beside.said);
  });
});
