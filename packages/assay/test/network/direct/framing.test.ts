import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { MalformedAnswer, type BodyEnd } from "../../../src/network/direct/answer-head.ts";
import { framingOf } from "../../../src/network/direct/framing.ts";

interface Framed {
  readonly body: string;
  readonly isDone: boolean;
  readonly hasSurplus: boolean;
}

/** Takes `text` in parts of these lengths, the last one as often as it takes. */
function take(end: BodyEnd, text: string, lengths: readonly number[] = [text.length]): Framed {
  const framing = framingOf(end);
  const bytes = Buffer.from(text, "latin1");
  let body = "";
  let at = 0;
  for (let part = 0; at < bytes.length; part++) {
    const next = Buffer.from(bytes.subarray(at, at + Math.max(1, lengths[part] ?? lengths.at(-1) ?? 1)));
    at += next.length;
    body += next.toString("latin1", 0, framing.take(next));
  }
  return { body, isDone: framing.isDone, hasSurplus: framing.hasSurplus };
}
const chunks: BodyEnd = { by: "chunks" };

suite("the bytes of a body", () => {
  test("of a known length end there; what comes after is not of it", () => {
    assert.deepEqual(take({ by: "length", length: 5 }, "hello"), { body: "hello", isDone: true, hasSurplus: false });
    assert.deepEqual(take({ by: "length", length: 5 }, "hell"), { body: "hell", isDone: false, hasSurplus: false });
    assert.deepEqual(take({ by: "length", length: 5 }, "helloHTTP/1.1", [3]), { body: "hello", isDone: true, hasSurplus: true });
    assert.equal(take({ by: "length", length: 0 }, "").isDone, true);
  });

  test("up to the end of the connection are all that come, and never whole before", () => {
    assert.deepEqual(take({ by: "close" }, "hello"), { body: "hello", isDone: false, hasSurplus: false });
  });

  test("in chunks are put together, whatever their extensions and trailers are", () => {
    const text = '4\r\nWiki\r\n6;a=b;c="d"\r\npedia \r\nC \t; x\r\nin \r\n\r\nchunk\r\n000\r\nExpires: never\r\n\r\n';
    assert.deepEqual(take(chunks, text), { body: "Wikipedia in \r\n\r\nchunk", isDone: true, hasSurplus: false });
    assert.deepEqual(take(chunks, `${text}HTTP/1.1 200 OK`), { body: "Wikipedia in \r\n\r\nchunk", isDone: true, hasSurplus: true });
    assert.equal(take(chunks, text.slice(0, -1)).isDone, false);
  });

  test("in chunks are the same, however they arrive", () => {
    const bodies = fc.array(fc.string({ unit: "binary-ascii", minLength: 1, maxLength: 40 }), { maxLength: 6 });
    fc.assert(
      fc.property(bodies, fc.array(fc.nat(9), { minLength: 1 }), (parts, lengths) => {
        const text = `${parts.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join("")}0\r\n\r\n`;
        assert.deepEqual(take(chunks, text, lengths), { body: parts.join(""), isDone: true, hasSurplus: false });
      }),
    );
  });

  test("in chunks are refused where a size, an end or a trailer is malformed", () => {
    const malformed = [
      "\r\n",
      "g\r\n",
      "0x4\r\nWiki\r\n",
      "-4\r\n",
      " 4\r\nWiki\r\n",
      "4 \r\nWiki\r\n",
      "4\nWiki\r\n",
      "4\r\nWikipedia",
      "4\r\nWiki\n",
      "4\r\nWikiX\r\n",
      "4;\0\r\nWiki\r\n",
      "1234567890123\r\n",
      `4;${"x".repeat(300)}\r\n`,
      "0\r\nx\n\r\n",
      `0\r\n${"a: b\r\n".repeat(2000)}\r\n`,
      `0\r\n${"x".repeat(9000)}`,
    ];
    for (const text of malformed) assert.throws(() => take(chunks, text), MalformedAnswer, JSON.stringify(text.slice(0, 40)));
  });
});
