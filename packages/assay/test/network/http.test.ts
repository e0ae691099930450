import assert from "node:assert/strict";
import { createServer } from "node:net";
import { suite, test } from "node:test";
import { httpClient } from "../../src/network/http.ts";
import { rejectsWith } from "../support/rejects.ts";
import { dnsName, ipAddress, makeCertificate, newKey } from "../support/x509/make.ts";
import { listen, listenWithTls, started } from "../support/listening.ts";

const client = (options: Parameters<typeof httpClient>[0] = {}): ReturnType<typeof httpClient> =>
  httpClient({ environment: {}, ...options });
const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
const text = ({ body }: { readonly body: Uint8Array }): string => new TextDecoder().decode(body);

suite("an HTTP request", () => {
  test("sends method, headers and body, and gives status, headers and body of any answer", async () => {
    const server = await listen((request, response) => {
      const pieces: Buffer[] = [];
      request.on("data", (piece: Buffer) => pieces.push(piece));
      request.on("end", () => {
        response.writeHead(418, {
          "x-seen": `${request.method} ${request.url} ${String(request.headers["x-mine"])}`,
          "set-cookie": ["a=1", "b=2"],
        });
        response.end(Buffer.concat(pieces));
      });
    });
    const answer = await client({ userAgent: "assay/test" }).request({
      url: `${server.url}/a/b?c=d`,
      method: "POST",
      headers: { "x-mine": "yes" },
      body: "hello",
    });
    assert.equal(answer.status, 418);
    assert.equal(answer.headers.get("x-seen"), "POST /a/b?c=d yes");
    assert.equal(answer.headers.get("set-cookie"), "a=1, b=2");
    assert.equal(text(answer), "hello");
  });

  test("keeps the connection for the next one", async () => {
    let connections = 0;
    const server = await listen((_, response) => response.end("x"));
    server.server.on("connection", () => connections++);
    const http = client();
    for (let count = 0; count < 3; count++) await http.request({ url: server.url });
    assert.equal(connections, 1);
  });

  test("says that nothing answers", async () => {
    const gone = await listen(() => {});
    await new Promise((resolve) => gone.server.close(resolve));
    const error = await rejectsWith("SERVER_UNREACHABLE", () => client().request({ url: `${gone.url}/x`, service: "the log" }));
    assert.match(error.message, /^the log \(http:\/\/127\.0\.0\.1:\d+\/x\) could not be reached: .*ECONNREFUSED/);
  });

  test("ends when the server never answers", async () => {
    const server = await listen(() => {});
    const error = await rejectsWith("SERVER_UNREACHABLE", () => client({ timeoutMs: 30 }).request({ url: server.url }));
    assert.match(error.message, /did not answer within 30 ms/);
  });

  test("ends when the answer drips, however often a byte comes", async () => {
    const server = await listen((_, response) => {
      const dripping = setInterval(() => response.write("."), 2);
      response.on("close", () => clearInterval(dripping));
    });
    await rejectsWith("SERVER_UNREACHABLE", () => client({ timeoutMs: 40 }).request({ url: server.url }));
  });

  test("ends when no connection is made: a listener that accepts and says nothing in TLS", async () => {
    const server = await started(
      createServer((socket) => socket.on("error", () => {})),
      "https",
    );
    const error = await rejectsWith("SERVER_UNREACHABLE", () => client({ connectTimeoutMs: 30 }).request({ url: server.url }));
    assert.match(error.message, /no connection to .* within 30 ms/);
  });

  test("takes no more than the limit, whether the length is announced or not", async () => {
    const announced = await listen((_, response) => response.end("x".repeat(1001)));
    const flowing = await listen((_, response) => {
      for (let count = 0; count < 11; count++) response.write("x".repeat(100));
      response.end();
    });
    for (const { url } of [announced, flowing]) {
      const error = await rejectsWith("SERVER_ANSWER", () => client({ maxBytes: 1000 }).request({ url }));
      assert.match(error.message, /over 1000 bytes/);
    }
    const promising = await listen((_, response) => response.writeHead(200, { "content-length": "1001" }).flushHeaders());
    await rejectsWith("SERVER_ANSWER", () => client({ maxBytes: 1000, timeoutMs: 200 }).request({ url: promising.url }));
    assert.equal((await client().request({ url: flowing.url, maxBytes: 1100 })).body.length, 1100);
  });

  test("follows no redirect, and says in its own words where it would lead", async () => {
    let requests = 0;
    const server = await listen((_, response) => {
      requests++;
      response.writeHead(302, { location: "https://user:pass@elsewhere.example.com/login?token=secret#x" }).end();
    });
    const error = await rejectsWith("SERVER_ANSWER", () => client().request({ url: server.url }));
    assert.match(error.message, /a redirect to another host \(status 302\)/);
    assert.equal(requests, 1);
    const inside = await listen((_, response) => response.writeHead(307, { location: "/secret" }).end());
    const other = await rejectsWith("SERVER_ANSWER", () => client().request({ url: inside.url }));
    assert.match(other.message, /a redirect to another path of the same host/);
  });

  test("takes no compressed answer, which could be larger than the limit", async () => {
    const server = await listen((_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end("x"));
    await rejectsWith("SERVER_ANSWER", () => client().request({ url: server.url }));
  });

  test("tells an answer that is not HTTP from a broken connection", async () => {
    const noise = await started(
      createServer((socket) => socket.on("error", () => {}).end("SSH-2.0-OpenSSH_9.9\r\n")),
      "http",
    );
    await rejectsWith("SERVER_ANSWER", () => client().request({ url: noise.url }));
    const reset = await listen((_, response) => response.socket?.resetAndDestroy());
    await rejectsWith("SERVER_UNREACHABLE", () => client().request({ url: reset.url }));
    const halfway = await listen((_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half", () => response.socket?.destroy());
    });
    await rejectsWith("SERVER_UNREACHABLE", () => client().request({ url: halfway.url }));
  });

  test("ends when the caller stops it, before and while it waits", async () => {
    const server = await listen(() => controller.abort());
    const controller = new AbortController();
    const http = client({ signal: controller.signal });
    await rejectsWith("ABORTED", () => http.request({ url: server.url }));
    await rejectsWith("ABORTED", () => http.request({ url: server.url }));
  });

  test("takes http and https only, and shows nothing of a URL that could be secret", async () => {
    for (const url of ["ftp://user:pass@host.example.com/x?secret=1", "file:///etc/passwd", "nonsense"]) {
      const error = await rejectsWith("USAGE", () => client().request({ url }));
      assert.doesNotMatch(error.message, /pass@|secret/);
    }
    const error = await rejectsWith("SERVER_UNREACHABLE", () =>
      client().request({ url: "http://us%40er:p@ss@127.0.0.1:1/x?code=secret#f" }),
    );
    assert.match(error.message, /^http:\/\/127\.0\.0\.1:1\/x could/);
    assert.doesNotMatch(JSON.stringify(error) + String(error.stack) + String(error.cause), /p@ss|us%40er|secret/);
  });

  test("that cannot be made says nothing of its headers", async () => {
    const server = await listen((_, response) => response.end());
    const error = await rejectsWith("INTERNAL", () => client().request({ url: server.url, headers: { authorization: "Bearer se\ncret" } }));
    assert.doesNotMatch(`${error.message} ${String(error.cause)}`, /cret/);
  });
});

suite("a TLS connection", async () => {
  const at = new Date();
  const year = 365 * 86_400_000;
  const leaf = (recipe: Parameters<typeof makeCertificate>[0]): { key: string; cert: string } => {
    const key = newKey("P-256");
    const made = makeCertificate({
      key,
      notBefore: new Date(at.getTime() - year),
      notAfter: new Date(at.getTime() + year),
      names: [ipAddress(127, 0, 0, 1)],
      extendedKeyUsage: [SERVER_AUTH],
      ...recipe,
    });
    return { key: key.export({ type: "pkcs8", format: "pem" }) as string, cert: made.pem };
  };
  const good = leaf({});

  test("is made to a host whose authority the caller named", async () => {
    const server = await listenWithTls(good, (_, response) => response.end("safe"));
    const answer = await client({ certificateAuthorities: [good.cert] }).request({ url: server.url });
    assert.equal(text(answer), "safe");
  });

  test("is not made to one that nothing vouches for: the message says which host, what is wrong and what helps", async () => {
    const server = await listenWithTls(good, (_, response) => response.end());
    const error = await rejectsWith("SERVER_UNREACHABLE", () => client().request({ url: server.url }));
    assert.match(error.message, /https:\/\/127\.0\.0\.1:\d+ cannot be trusted: its TLS certificate is self-signed/);
    assert.match(error.hint ?? "", /NODE_EXTRA_CA_CERTS/);
  });

  test("is not made to one whose certificate has expired, is for another host or for something else", async () => {
    const expired = leaf({ notAfter: new Date(at.getTime() - 86_400_000) });
    const foreign = leaf({ names: [dnsName("other.example.com")] });
    for (const [tls, reason] of [
      [expired, /has expired/],
      [foreign, /is for other hosts/],
      [leaf({ extendedKeyUsage: ["1.3.6.1.5.5.7.3.3"] }), /is not for a server/],
    ] as const) {
      const server = await listenWithTls(tls, (_, response) => response.end());
      const http = client({ certificateAuthorities: [tls.cert] });
      const error = await rejectsWith("SERVER_UNREACHABLE", () => http.request({ url: server.url }));
      assert.match(error.message, reason);
    }
  });

  test("is not made to what does not speak TLS", async () => {
    const server = await listen((_, response) => response.end());
    const error = await rejectsWith("SERVER_UNREACHABLE", () => client().request({ url: `https://127.0.0.1:${server.port}` }));
    assert.match(error.message, /does not speak TLS/);
  });
});
