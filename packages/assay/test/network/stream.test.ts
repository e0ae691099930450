import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { streamClient } from "../../src/network/stream.ts";
import { listen } from "../support/listening.ts";

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
});
