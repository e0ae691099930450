import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { connect } from "node:net";
import { streamClient, type StreamedAnswer } from "../../src/network/stream.ts";
import { listen, listenWithTls } from "../support/listening.ts";
import { rejectsWith } from "../support/rejects.ts";
import { dnsName, ipAddress, makeCertificate, newKey } from "../support/x509/make.ts";

const content = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => (index * 7) % 251));

/** Not `deepEqual`, which describes a difference of megabytes for minutes. */
function isContent(bytes: Buffer): void {
  assert.ok(bytes.equals(content), `${bytes.length} other bytes`);
}

async function bytesOf(answer: StreamedAnswer): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  await answer.read((piece) => void pieces.push(piece.slice()));
  return Buffer.concat(pieces);
}

function selfSigned(names: readonly Uint8Array[]): { readonly key: string; readonly cert: string } {
  const key = newKey("P-256");
  const usage = { extendedKeyUsage: ["1.3.6.1.5.5.7.3.1"], notBefore: new Date(0), notAfter: new Date("2049-01-01") };
  const { pem: cert } = makeCertificate({ key, ...(names === undefined ? {} : { names }), ...usage });
  return { key: String(key.export({ type: "pkcs8", format: "pem" })), cert };
}

suite("a request whose answer is streamed", () => {
  test("sends its method, its headers and its body with its length", async () => {
    const server = await listen((request, response) => {
      const pieces: Buffer[] = [];
      request.on("data", (piece: Buffer) => pieces.push(piece));
      request.on("end", () => {
        const { method = "", headers } = request;
        response.end(`${method} ${headers["content-length"]} ${String(headers["x-mine"])} ${Buffer.concat(pieces).toString()}`);
      });
    });
    const client = streamClient({ environment: {} });
    const body = new TextEncoder().encode("hello");
    const answer = await client.open({ url: server.url, method: "PUT", headers: { "x-mine": "yes" }, body });
    assert.equal(answer.status, 200);
    const pieces: Uint8Array[] = [];
    for await (const piece of answer.body) pieces.push(piece);
    assert.equal(Buffer.concat(pieces).toString(), "PUT 5 yes hello");
  });

  test("has no body where only the head is asked for", async () => {
    const server = await listen((_, response) => response.setHeader("content-length", "5").end());
    const client = streamClient({ environment: {} });
    for (let count = 0; count < 2; count++) {
      const answer = await client.open({ url: server.url, method: "HEAD" });
      assert.equal(answer.headers.get("content-length"), "5");
      assert.equal((await bytesOf(answer)).length, 0);
    }
  });

  test("passes the bytes on, with a length or in chunks, by pieces or as a loop", async () => {
    const server = await listen((request, response) => {
      if (request.url === "/length") response.setHeader("content-length", content.length);
      for (let at = 0; at < content.length; at += 70_001) response.write(content.subarray(at, at + 70_001));
      response.end();
    });
    const client = streamClient({ environment: {} });
    for (const path of ["length", "chunks"]) {
      const url = `${server.url}/${path}`;
      isContent(await bytesOf(await client.open({ url })));
      const pieces: Uint8Array[] = [];
      for await (const piece of (await client.open({ url })).body) pieces.push(piece);
      isContent(Buffer.concat(pieces));
    }
  });

  test("leaves a piece as it is while its promise is open, and passes no other on", { timeout: 15_000 }, async (t) => {
    const server = await listen((_, response) => response.setHeader("content-length", content.length).end(content));
    const answer = await streamClient({ environment: {} }).open({ url: server.url });
    const taken: Buffer[] = [];
    const kept: { readonly piece: Uint8Array; readonly let: () => void }[] = [];
    let most = 0;
    const next = (): void => {
      const first = kept.shift();
      if (first === undefined) return;
      taken.push(Buffer.from(first.piece));
      first.let();
    };
    const slow = setInterval(next, 2);
    t.after(() => clearInterval(slow));
    await answer.read((piece) => {
      const open = new Promise<void>((resolve) => kept.push({ piece, let: resolve }));
      most = Math.max(most, kept.length);
      return open;
    });
    isContent(Buffer.concat(taken));
    assert.equal(most, 1);
  });

  test("ends with what the listener throws, at once or later", async () => {
    const server = await listen((_, response) => response.end(content));
    const client = streamClient({ environment: {} });
    const thrown = new Error("enough");
    const listeners = [
      () => {
        throw thrown;
      },
      () => Promise.reject(thrown),
    ];
    for (const listener of listeners) {
      const answer = await client.open({ url: server.url });
      await assert.rejects(answer.read(listener), thrown);
    }
  });

  test("stops before, while it is asked and while it is read", async () => {
    const server = await listen((request, response) => {
      if (request.url === "/body") response.setHeader("content-length", 10).write("x");
    });
    const before = streamClient({ environment: {}, signal: AbortSignal.abort() });
    await rejectsWith("ABORTED", () => before.open({ url: server.url }));
    const asking = new AbortController();
    setTimeout(() => asking.abort(), 30);
    await rejectsWith("ABORTED", () => streamClient({ environment: {}, signal: asking.signal }).open({ url: server.url }));
    const reading = new AbortController();
    const answer = await streamClient({ environment: {}, signal: reading.signal }).open({ url: `${server.url}/body` });
    await rejectsWith("ABORTED", () =>
      answer.read(() => {
        reading.abort();
        return undefined;
      }),
    );
  });

  test("is not sent with a header that breaks it; the value is not shown", async () => {
    const server = await listen((_, response) => response.end());
    const headers = { authorization: "Bearer secret\r\nhost: other" };
    const error = await rejectsWith("USAGE", () => streamClient({ environment: {} }).open({ url: server.url, headers }));
    assert.doesNotMatch(error.message, /secret/);
  });

  test("is sent to no address that is not allowed, by name or as it is written, kept connections included", async () => {
    let requests = 0;
    const server = await listen((_, response) => {
      requests += 1;
      response.end("x");
    });
    const client = streamClient({ environment: {} });
    const mayConnect = (): boolean => false;
    await rejectsWith("ADDRESS_REFUSED", () => client.open({ url: server.url, mayConnect }));
    const byName = `http://localhost:${server.port}`;
    await rejectsWith("ADDRESS_REFUSED", () => client.open({ url: byName, mayConnect }));
    const answer = await client.open({ url: byName, mayConnect: (address) => address === "127.0.0.1" });
    assert.equal(answer.address, "127.0.0.1");
    await bytesOf(answer);
    await rejectsWith("ADDRESS_REFUSED", () => client.open({ url: byName, mayConnect }));
    assert.equal(requests, 1);
  });

  test("uses the proxy of the environment, whose answers are passed on alike", async () => {
    const seen: string[] = [];
    const proxy = await listen((request, response) => {
      seen.push(request.url ?? "");
      response.end(content);
    });
    const client = streamClient({ environment: { HTTP_PROXY: proxy.url } });
    const answer = await client.open({ url: "http://hub.example.com/x" });
    assert.equal(answer.address, undefined);
    isContent(await bytesOf(answer));
    assert.deepEqual(seen, ["http://hub.example.com/x"]);
  });

  test("gives up a server behind a proxy that stops or drips, and not one whose reader is slow", { timeout: 15_000 }, async () => {
    const proxy = await listen((request, response) => {
      response.write("x");
      if (request.url?.endsWith("/whole") === true) response.end(content);
      const drip = setInterval(() => request.url?.endsWith("/drips") === true && response.write("x"), 250);
      response.on("close", () => clearInterval(drip));
    });
    const client = (idleMs: number): ReturnType<typeof streamClient> => streamClient({ environment: { HTTP_PROXY: proxy.url }, idleMs });
    const stops = await client(60).open({ url: "http://hub.example.com/stops" });
    assert.match((await rejectsWith("SERVER_UNREACHABLE", () => bytesOf(stops))).message, /sent (?:nothing|less than 4 bytes) for 0\.06 s/);
    const drips = await client(1000).open({ url: "http://hub.example.com/drips" });
    assert.match((await rejectsWith("SERVER_UNREACHABLE", () => bytesOf(drips))).message, /sent less than 64 bytes for 1 s/);
    const whole = await client(60).open({ url: "http://hub.example.com/whole" });
    let bytes = 0;
    await whole.read((piece) => {
      bytes += piece.length;
      return bytes < 500_000 ? new Promise((resolve) => setTimeout(resolve, 200)) : undefined;
    });
    assert.equal(bytes, content.length + 1);
  });

  test("uses a tunnel of the proxy for TLS", async () => {
    const tls = selfSigned([ipAddress(127, 0, 0, 1)]);
    const server = await listenWithTls(tls, (_, response) => response.end("safe"));
    const proxy = await listen(() => {});
    proxy.server.on("connect", (_, socket) => {
      const upstream = connect(server.port, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        upstream.pipe(socket).pipe(upstream);
      });
      for (const end of [upstream, socket]) end.on("error", () => {});
    });
    const client = streamClient({ environment: { HTTPS_PROXY: proxy.url }, certificateAuthorities: [tls.cert] });
    assert.equal((await bytesOf(await client.open({ url: server.url }))).toString(), "safe");
  });
});

suite("a streamed answer over TLS", () => {
  test("is that of a server whose certificate an authority vouches for, by address or by name", async () => {
    const tls = selfSigned([ipAddress(127, 0, 0, 1), dnsName("localhost")]);
    let connections = 0;
    const server = await listenWithTls(tls, (_, response) => response.setHeader("content-length", content.length).end(content));
    server.server.on("secureConnection", () => (connections += 1));
    const client = streamClient({ environment: {}, certificateAuthorities: [tls.cert] });
    for (let count = 0; count < 2; count++) isContent(await bytesOf(await client.open({ url: server.url })));
    assert.equal(connections, 1);
    isContent(await bytesOf(await client.open({ url: `https://localhost:${server.port}` })));
  });

  test("survives a reader that is slower than the server", { timeout: 15_000 }, async () => {
    const tls = selfSigned([ipAddress(127, 0, 0, 1)]);
    const server = await listenWithTls(tls, (_, response) => response.setHeader("content-length", content.length).end(content));
    const answer = await streamClient({ environment: {}, certificateAuthorities: [tls.cert] }).open({ url: server.url });
    const taken: Buffer[] = [];
    await answer.read(async (piece) => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      taken.push(Buffer.from(piece));
    });
    isContent(Buffer.concat(taken));
  });

  test("is not taken from a server that nothing vouches for, or of another name", async () => {
    const own = selfSigned([ipAddress(127, 0, 0, 1)]);
    const unknown = await listenWithTls(own, (_, response) => response.end());
    const error = await rejectsWith("SERVER_UNREACHABLE", () => streamClient({ environment: {} }).open({ url: unknown.url }));
    assert.match(error.message, /its TLS certificate is self-signed and not trusted/);
    const other = selfSigned([dnsName("other.example.com")]);
    const misnamed = await listenWithTls(other, (_, response) => response.end());
    const client = streamClient({ environment: {}, certificateAuthorities: [other.cert] });
    assert.match((await rejectsWith("SERVER_UNREACHABLE", () => client.open({ url: misnamed.url }))).message, /is for other hosts/);
  });

  test("is not taken from a server that does not speak TLS", async () => {
    const server = await listen((_, response) => response.end());
    const error = await rejectsWith("SERVER_UNREACHABLE", () =>
      streamClient({ environment: {} }).open({ url: `https://127.0.0.1:${server.port}` }),
    );
    assert.match(error.message, /does not speak TLS/);
  });
});
