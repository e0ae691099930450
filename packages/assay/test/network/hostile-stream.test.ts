import assert from "node:assert/strict";
import { createServer, type Server, type Socket } from "node:net";
import { suite, test } from "node:test";
import { streamClient, type StreamClient } from "../../src/network/stream.ts";
import { rejectsWith } from "../support/rejects.ts";
import { started, type Listening } from "../support/listening.ts";

const client = (options: Parameters<typeof streamClient>[0] = {}): StreamClient => streamClient({ environment: {}, ...options });

/** A server that does this when a whole request of ours is there; counts connections. */
async function answering(respond: (socket: Socket, request: string) => void): Promise<Listening<Server> & { connections: number }> {
  const found = {
    connections: 0,
    ...(await started(
      createServer((socket) => {
        found.connections += 1;
        let request = "";
        socket.on("error", () => {});
        socket.setEncoding("latin1");
        socket.on("data", (text) => {
          request += String(text);
          if (!request.includes("\r\n\r\n")) return;
          respond(socket, request);
          request = "";
        });
      }),
      "http",
    )),
  };
  return found;
}

async function textOf(from: StreamClient, url: string): Promise<string> {
  const answer = await from.open({ url });
  let text = "";
  await answer.read((piece) => void (text += Buffer.from(piece).toString("latin1")));
  return text;
}

suite("a server whose answer is malformed", () => {
  const refused = async (answer: string, reason: RegExp): Promise<void> => {
    const server = await answering((socket) => socket.write(answer, "latin1"));
    const error = await rejectsWith("SERVER_ANSWER", () => textOf(client(), server.url));
    assert.match(error.message, reason);
    assert.match(error.message, /^the answer of http:\/\/127\.0\.0\.1:\d+ /);
  };

  test("is refused at once where it does not speak HTTP/1", async () => {
    await refused("SSH-2.0-OpenSSH_9.9\r\n", /is not HTTP/);
    await refused("HTTP/2 200\r\n\r\n", /is not HTTP/);
  });

  test("is refused where lines end without a carriage return, or are continued", async () => {
    await refused("HTTP/1.1 200 OK\ncontent-length: 0\n\n", /malformed header/);
    await refused("HTTP/1.1 200 OK\r\na: b\r\n c\r\ncontent-length: 0\r\n\r\n", /malformed header/);
  });

  test("is refused with two lengths, and with a length beside chunks", async () => {
    await refused("HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx", /or several/);
    await refused("HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n", /a length and a transfer encoding/);
  });

  test("is refused with a head that does not end", async () => {
    await refused(`HTTP/1.1 200 OK\r\n${`x: ${"y".repeat(1000)}\r\n`.repeat(40)}`, /head of over 32768 bytes/);
    await refused(`HTTP/1.1 200 OK\r\nx: ${"y".repeat(40_000)}`, /head of over 32768 bytes/);
  });

  test("is refused with chunks whose sizes are wrong", async () => {
    await refused("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", /malformed size of a chunk/);
    await refused("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nabcd\r\n", /malformed chunk/);
  });

  test("is refused where it is put off without end, or changes to another protocol", async () => {
    await refused("HTTP/1.1 100 Continue\r\n\r\n".repeat(20), /put off too often/);
    await refused("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n", /another protocol/);
  });

  test("is refused with an encoding", async () => {
    const server = await answering((socket) => socket.write("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 1\r\n\r\nx"));
    await rejectsWith("SERVER_ANSWER", () => client().open({ url: server.url }));
  });
});

suite("a server whose answer is odd and can be read", () => {
  test("may say first that an answer follows", async () => {
    const server = await answering((socket) => {
      socket.write(
        "HTTP/1.1 103 Early Hints\r\nlink: <a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok",
      );
    });
    assert.equal(await textOf(client(), server.url), "ok");
  });

  test("may send the answer byte by byte", async () => {
    const answer = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2;x\r\nde\r\n0\r\n\r\n";
    const server = await answering((socket) => {
      let at = 0;
      const next = (): void => {
        if (at === answer.length) return;
        socket.write(answer[at++] ?? "");
        setImmediate(next);
      };
      next();
    });
    assert.equal(await textOf(client(), server.url), "abcde");
  });

  test("may give no length and end the connection", async () => {
    const server = await answering((socket) => socket.end("HTTP/1.1 200 OK\r\n\r\nall of it"));
    assert.equal(await textOf(client(), server.url), "all of it");
  });

  test("gets no second request on a connection with bytes that were not asked for", async () => {
    const whole = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\ngood";
    const split = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil";
    for (const extra of [split, "x"]) {
      const server = await answering((socket) => socket.write(whole + extra));
      const one = client();
      assert.equal(await textOf(one, server.url), "good");
      assert.equal(await textOf(one, server.url), "good");
      assert.equal(server.connections, 2);
    }
    const late = await answering((socket) => {
      socket.write(whole);
      setTimeout(() => socket.write(split), 20);
    });
    const one = client();
    assert.equal(await textOf(one, late.url), "good");
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(await textOf(one, late.url), "good");
    assert.equal(late.connections, 2);
  });

  test("is asked again over the same connection, and anew where it closed that meanwhile", async () => {
    const answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
    const kept = await answering((socket) => socket.write(answer));
    const one = client();
    for (let count = 0; count < 3; count++) assert.equal(await textOf(one, kept.url), "ok");
    assert.equal(kept.connections, 1);
    let requests = 0;
    const closing = await answering((socket) => {
      requests += 1;
      if (requests === 2) socket.destroy();
      else socket.write(answer);
    });
    for (let count = 0; count < 2; count++) assert.equal(await textOf(one, closing.url), "ok");
    assert.equal(closing.connections, 2);
    assert.equal(requests, 3);
  });

  test("keeps the connection where an answer is given up after its last byte, and loses it before", async () => {
    const answers = ["HTTP/1.1 302 Found\r\ncontent-length: 2\r\n\r\nok", "HTTP/1.1 302 Found\r\ncontent-length: 3\r\n\r\nok"];
    for (const [index, answer] of answers.entries()) {
      const server = await answering((socket) => socket.write(answer));
      const one = client();
      (await one.open({ url: server.url })).discard();
      (await one.open({ url: server.url })).discard();
      assert.equal(server.connections, index + 1);
    }
  });
});

suite("a connection that breaks", () => {
  const answer = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n0123456789";

  test("is an error at each place before the last byte", async () => {
    for (let length = 0; length < answer.length; length++) {
      const server = await answering((socket) => socket.end(answer.slice(0, length)));
      const error = await rejectsWith("SERVER_UNREACHABLE", () => textOf(client(), server.url));
      assert.match(error.message, /the connection broke off/, `after ${length} bytes`);
    }
  });

  test("is an error at each place of a body in chunks", async () => {
    const head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    const body = "3\r\nabc\r\n0\r\n\r\n";
    for (let length = 0; length < body.length; length++) {
      const server = await answering((socket) => socket.end(head + body.slice(0, length)));
      await rejectsWith("SERVER_UNREACHABLE", () => textOf(client(), server.url));
    }
  });

  test("leaves what arrived before", async () => {
    const server = await answering((socket) => socket.end(answer.slice(0, -3)));
    const opened = await client().open({ url: server.url });
    let text = "";
    await rejectsWith("SERVER_UNREACHABLE", () => opened.read((piece) => void (text += Buffer.from(piece).toString())));
    assert.equal(text, "0123456");
  });

  test("that was reset does not end a body without a length", async () => {
    const server = await answering((socket) => {
      socket.write("HTTP/1.1 200 OK\r\n\r\npart", () => setTimeout(() => socket.resetAndDestroy(), 20));
    });
    await rejectsWith("SERVER_UNREACHABLE", () => textOf(client(), server.url));
  });
});

suite("a server that is slow", () => {
  const idleMs = 60;

  test("is given up where it says nothing", async () => {
    const server = await answering(() => {});
    const error = await rejectsWith("SERVER_UNREACHABLE", () => client({ idleMs, connectTimeoutMs: 10 }).open({ url: server.url }));
    assert.match(error.message, /sent no answer for 0\.07 s/);
  });

  test("is given up where it drips its head", async () => {
    const server = await answering((socket) => {
      socket.write("HTTP/1.1 200 OK\r\nx: ");
      const drip = setInterval(() => socket.write("y"), 5);
      socket.on("close", () => clearInterval(drip));
    });
    await rejectsWith("SERVER_UNREACHABLE", () => client({ idleMs, connectTimeoutMs: 10 }).open({ url: server.url }));
  });

  test("is given up where it stops in the body, or drips it", { timeout: 15_000 }, async () => {
    const stops = await answering((socket) => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n0"));
    const error = await rejectsWith("SERVER_UNREACHABLE", () => textOf(client({ idleMs }), stops.url));
    assert.match(error.message, /sent nothing for 0\.06 s/);
    const drips = await answering((socket) => {
      socket.write("HTTP/1.1 200 OK\r\ncontent-length: 10000000\r\n\r\n0");
      const drip = setInterval(() => socket.write("y"), 250);
      socket.on("close", () => clearInterval(drip));
    });
    const slow = await rejectsWith("SERVER_UNREACHABLE", () => textOf(client({ idleMs: 1000 }), drips.url));
    assert.match(slow.message, /sent less than 64 bytes for 1 s/);
  });

  test("is not given up while the reader is slow", async () => {
    const server = await answering((socket) => socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 9000000\r\n\r\n${"x".repeat(9_000_000)}`));
    const answer = await client({ idleMs }).open({ url: server.url });
    let bytes = 0;
    let isFirst = true;
    await answer.read((piece) => {
      bytes += piece.length;
      const wait = isFirst ? 5 * idleMs : 0;
      isFirst = false;
      return new Promise((resolve) => setTimeout(resolve, wait));
    });
    assert.equal(bytes, 9_000_000);
  });
});
