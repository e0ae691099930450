import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { MalformedAnswer, readAnswerHead } from "../../../src/network/direct/answer-head.ts";

const read = (lines: readonly string[], method = "GET"): ReturnType<typeof readAnswerHead> => readAnswerHead(lines.join("\r\n"), method);
const refuses = (lines: readonly string[], reason: RegExp): void => {
  assert.throws(
    () => read(lines),
    (error) => error instanceof MalformedAnswer && reason.test(error.message),
    JSON.stringify(lines),
  );
};

suite("the head of an answer", () => {
  test("has a status, headers by lowercase name, and a body of a known length", () => {
    const head = read(["HTTP/1.1 206 Partial Content", "Content-Length:12 \t", 'ETag:  "a"', "Link: <a>", "link: <b>"]);
    assert.equal(head.status, 206);
    assert.deepEqual(
      [...head.headers],
      [
        ["content-length", "12"],
        ["etag", '"a"'],
        ["link", "<a>, <b>"],
      ],
    );
    assert.deepEqual(head.body, { by: "length", length: 12 });
    assert.equal(head.isKept, true);
  });

  test("may have no reason, and a body in chunks or up to the end of the connection", () => {
    assert.deepEqual(read(["HTTP/1.1 200", "Transfer-Encoding: Chunked"]).body, { by: "chunks" });
    assert.deepEqual(read(["HTTP/1.1 200 OK"]), { status: 200, headers: new Map(), body: { by: "close" }, isKept: false });
  });

  test("without a body: the answer to HEAD, 204 and 304, whatever lengths they name", () => {
    const none = { by: "length", length: 0 };
    assert.deepEqual(read(["HTTP/1.1 200 OK", "content-length: 5"], "HEAD").body, none);
    assert.deepEqual(read(["HTTP/1.1 204 No Content", "transfer-encoding: chunked"]).body, none);
    assert.deepEqual(read(["HTTP/1.1 304 Not Modified", "content-length: 5"]).body, none);
  });

  test("says whether the connection is kept", () => {
    assert.equal(read(["HTTP/1.1 204 x", "connection: keep-alive, Close"]).isKept, false);
    assert.equal(read(["HTTP/1.1 204 x", "connection: closed"]).isKept, true);
    assert.equal(read(["HTTP/1.0 204 x", "connection: keep-alive"]).isKept, false);
  });

  test("is refused where it is not HTTP/1", () => {
    for (const line of [
      "HTTP/2 200",
      "HTTP/1.2 200 OK",
      "http/1.1 200 OK",
      "HTTP/1.1 2000 OK",
      "HTTP/1.1 600 x",
      "HTTP/1.1  200 OK",
      "HTTP/1.1 200 a\0",
      "",
    ]) {
      refuses([line], /is not HTTP/);
    }
  });

  test("is refused with a header that two readers could understand in two ways", () => {
    for (const line of [" folded: x", "\tx", "a b: c", "a : c", ": c", "a", "a: b\rc: d", "a: b\nc: d", "a: \0", "a: \x7f", "é: x"]) {
      refuses(["HTTP/1.1 200 OK", line], /malformed header/);
    }
    refuses(["HTTP/1.1 200 OK", ...Array.from({ length: 257 }, () => "a: b")], /over 256 headers/);
  });

  test("is refused with two lengths, even where they agree, and with one that is not a number", () => {
    for (const length of ["5, 5", "+5", "-1", "0x5", "5 5", "", "1e3", "9".repeat(16)]) {
      refuses(["HTTP/1.1 200 OK", `content-length: ${length}`], /malformed length/);
    }
    refuses(["HTTP/1.1 200 OK", "content-length: 5", "Content-Length: 5"], /malformed length, or several/);
  });

  test("is refused with a length and chunks, and with another transfer encoding", () => {
    refuses(["HTTP/1.1 200 OK", "content-length: 5", "transfer-encoding: chunked"], /a length and a transfer encoding/);
    for (const coding of ["gzip, chunked", "identity", "chunked, chunked", "xchunked"]) {
      refuses(["HTTP/1.1 200 OK", `transfer-encoding: ${coding}`], /unknown transfer encoding/);
    }
    refuses(["HTTP/1.0 200 OK", "transfer-encoding: chunked"], /unknown transfer encoding/);
  });
});
