import assert from "node:assert/strict";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { suite, test } from "node:test";
import { httpClient } from "../../src/network/http.ts";
import { isProxied, proxySettings } from "../../src/network/proxy.ts";
import { rejectsWith } from "../support/rejects.ts";
import { ipAddress, makeCertificate, newKey } from "../support/x509/make.ts";
import { listen, listenWithTls } from "../support/listening.ts";

const seen: string[] = [];
const proxy = await listen((request, response) => {
  seen.push(`${request.method} ${request.url}`);
  response.end("by proxy");
});
let refusesTunnels = false;
let isSilent = false;
const silent: Duplex[] = [];
let delayMs = 0;
proxy.server.on("connect", (request, socket) => {
  seen.push(`CONNECT ${request.url}`);
  if (refusesTunnels) {
    socket.end("HTTP/1.1 403 pa55 is wrong\r\n\r\n");
    return;
  }
  if (isSilent) {
    silent.push(socket);
    return;
  }
  const [host = "", port = ""] = (request.url ?? "").split(":");
  setTimeout(() => tunnel(socket, host, port), delayMs);
});

function tunnel(socket: Duplex, host: string, port: string): void {
  const upstream = connect(Number(port), host, () => {
    socket.write("HTTP/1.1 200 OK\r\n\r\n");
    upstream.pipe(socket).pipe(upstream);
  });
  for (const end of [upstream, socket]) end.on("error", () => {});
}
const target = await listen((_, response) => response.end("direct"));
const at = `http://user:pa55@127.0.0.1:${proxy.port}`;

async function ask(url: string, environment: Record<string, string>): Promise<{ answer: string; seen: string[] }> {
  seen.length = 0;
  const { body } = await httpClient({ environment }).request({ url });
  return { answer: new TextDecoder().decode(body), seen: [...seen] };
}

async function secureTarget(): Promise<{ readonly secure: Awaited<ReturnType<typeof listenWithTls>>; readonly cert: string }> {
  const key = newKey("P-256");
  const { pem: cert } = makeCertificate({
    key,
    names: [ipAddress(127, 0, 0, 1)],
    extendedKeyUsage: ["1.3.6.1.5.5.7.3.1"],
    notBefore: new Date(0),
    notAfter: new Date("2049-01-01"),
  });
  const privateKey = String(key.export({ type: "pkcs8", format: "pem" }));
  return { secure: await listenWithTls({ key: privateKey, cert }, (_, response) => response.end("safe")), cert };
}

suite("a proxy that the environment names", () => {
  test("is asked for http, in either case of the variable, the lower first", async () => {
    const expected = { answer: "by proxy", seen: [`GET ${target.url}/x`] };
    assert.deepEqual(await ask(`${target.url}/x`, { HTTP_PROXY: at }), expected);
    assert.deepEqual(await ask(`${target.url}/x`, { http_proxy: at, HTTP_PROXY: "http://127.0.0.1:1" }), expected);
    assert.deepEqual(await ask(`${target.url}/x`, { HTTPS_PROXY: "http://127.0.0.1:1" }), { answer: "direct", seen: [] });
  });

  test("may be written without a scheme", async () => {
    assert.equal((await ask(`${target.url}/x`, { HTTP_PROXY: `127.0.0.1:${proxy.port}` })).answer, "by proxy");
  });

  test("is not asked for what NO_PROXY lists", async () => {
    for (const exceptions of ["127.0.0.1", `other.example.com, 127.0.0.1:${target.port}`, "*", "127.0.0.1-127.0.0.9"]) {
      assert.deepEqual(await ask(`${target.url}/x`, { HTTP_PROXY: at, NO_PROXY: exceptions }), { answer: "direct", seen: [] }, exceptions);
    }
    for (const exceptions of ["other.example.com", "127.0.0.1:1"]) {
      assert.equal((await ask(`${target.url}/x`, { HTTP_PROXY: at, no_proxy: exceptions })).answer, "by proxy", exceptions);
    }
  });

  test("leads a tunnel to https, which it cannot look into", async () => {
    const { secure, cert } = await secureTarget();
    seen.length = 0;
    const http = httpClient({ environment: { HTTPS_PROXY: at }, certificateAuthorities: [cert] });
    for (let count = 0; count < 2; count++) assert.equal(Buffer.from((await http.request({ url: secure.url })).body).toString(), "safe");
    assert.deepEqual(seen, [`CONNECT 127.0.0.1:${secure.port}`], "one tunnel for both requests");
  });

  test("that refuses or is down says so without its password", async () => {
    refusesTunnels = true;
    const environments = [{ HTTPS_PROXY: at }, { HTTPS_PROXY: "http://user:pa55@127.0.0.1:1" }];
    for (const environment of environments) {
      const error = await rejectsWith("SERVER_UNREACHABLE", () =>
        httpClient({ environment }).request({ url: `https://127.0.0.1:${target.port}/x` }),
      );
      assert.doesNotMatch(
        [error.message, error.hint, error.stack, String(error.cause), JSON.stringify(error.cause)].join(" "),
        /pa55|user:/,
      );
    }
    refusesTunnels = false;
  });

  test("of a kind that cannot be used is refused, not passed over", async () => {
    for (const value of ["socks5://user:pa55@127.0.0.1:1080", "http://:::", "ftp://127.0.0.1"]) {
      const error = await rejectsWith("USAGE", () => httpClient({ environment: { HTTP_PROXY: value } }).request({ url: target.url }));
      assert.match(error.message, /^HTTP_PROXY/);
      assert.doesNotMatch(`${error.message}${error.hint}`, /pa55/);
    }
    assert.deepEqual(proxySettings({ HTTP_PROXY: " " }, "http:"), {});
  });

  test("may take longer for the connection than an idle connection is kept", async () => {
    const { secure, cert } = await secureTarget();
    delayMs = 4300;
    try {
      const client = httpClient({ environment: { HTTPS_PROXY: at }, certificateAuthorities: [cert] });
      assert.equal((await client.request({ url: secure.url })).status, 200);
    } finally {
      delayMs = 0;
    }
  });

  test("that gives no connection to a host is not waited for again, and the message says that it is the proxy", async () => {
    isSilent = true;
    try {
      const client = httpClient({ environment: { HTTPS_PROXY: at }, connectTimeoutMs: 100 });
      const first = await rejectsWith("SERVER_UNREACHABLE", () => client.request({ url: "https://127.0.0.1:9/" }));
      assert.match(first.message, /no connection to .* through the proxy that the environment names within 100 ms/);
      const before = seen.length;
      const again = httpClient({ environment: { HTTPS_PROXY: at } });
      const second = await rejectsWith("SERVER_UNREACHABLE", () => again.request({ url: "https://127.0.0.1:9/x" }));
      assert.match(second.message, /was not asked: the proxy that the environment names gave no connection to it/);
      assert.equal(seen.length, before, "the proxy was not asked");
      assert.doesNotMatch(first.message + second.message, /pa55/);
    } finally {
      isSilent = false;
      for (const socket of silent) socket.destroy();
    }
  });

  test("is known to be asked or not, as Node reads NO_PROXY", () => {
    const proxied = (url: string, exceptions: string): boolean =>
      isProxied(new URL(url), { HTTPS_PROXY: at, ...(exceptions === "" ? {} : { NO_PROXY: exceptions }) });
    assert.ok(proxied("https://a.example.com", ""));
    assert.ok(!isProxied(new URL("https://a.example.com"), {}));
    for (const exceptions of ["*", "a.example.com", "A.example.com:443", ".example.com", "*.example.com", "x, a.example.com"]) {
      assert.ok(!proxied("https://a.example.com", exceptions), exceptions);
    }
    for (const exceptions of ["example.com", "a.example.com:8443", "b.example.com"])
      assert.ok(proxied("https://a.example.com", exceptions));
    assert.ok(!proxied("https://127.0.0.5", "127.0.0.1-127.0.0.9"));
    assert.ok(proxied("https://127.0.0.10", "127.0.0.1-127.0.0.9"));
  });
});
