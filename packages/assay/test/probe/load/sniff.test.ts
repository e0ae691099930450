import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Examiner } from "../../../src/probe/load/examiner.ts";
import { sniffLoad } from "../../../src/probe/load/sniff.ts";

/** A format whose files end with `.NAME`; those of a distinctive one begin with its name. */
function format(name: string, more: Partial<Examiner> = {}): Examiner {
  return {
    format: name,
    isNamed: (file) => file.endsWith(`.${name}`),
    begins: (head) => Buffer.from(head).toString().startsWith(name),
    isDistinctive: true,
    examine: async () => undefined,
    ...more,
  };
}

const ARCHIVE = format("zip", { ends: (tail) => Buffer.from(tail).toString().endsWith("END") });
const ALL = [format("one"), format("two"), ARCHIVE, format("loose", { isDistinctive: false, begins: (head) => head[0] === 0x7b })];

function sniff(name: string, content: string): string {
  const bytes = Buffer.from(content);
  const { examiners, disguise, isPolyglot } = sniffLoad(name, { head: bytes, tail: bytes, size: bytes.length }, ALL);
  const names = examiners.map((examiner) => examiner.format).join("+");
  return `${names}${disguise === undefined ? "" : `, not ${disguise}`}${isPolyglot ? ", two formats" : ""}`;
}

suite("what a file is", () => {
  test("is said by content that only one format has, under any name", () => {
    assert.equal(sniff("a.one", "one..."), "one");
    assert.equal(sniff("a", "two..."), "two");
    assert.equal(sniff("A.ONE", "one..."), "one");
  });

  test("is reported where the name says another format", () => {
    assert.equal(sniff("a.one", "two..."), "two, not one");
    assert.equal(sniff("a.loose", "two..."), "two, not loose");
  });

  test("is not called disguised under an ending of many formats", () => {
    assert.equal(sniff("a.bin", "two..."), "two");
  });

  test("is said by the name where the content says nothing", () => {
    assert.equal(sniff("a.one", "..."), "one");
    assert.equal(sniff("a.loose", "{..."), "loose");
    assert.equal(sniff("a.unknown", "{..."), "loose");
    assert.equal(sniff("a.unknown", "..."), "");
  });

  test("is two things where it ends as an archive and begins as something else", () => {
    assert.equal(sniff("a.one", "one...END"), "one+zip, two formats");
    assert.equal(sniff("a.zip", "zip...END"), "zip");
    assert.equal(sniff("a", "...END"), "zip");
  });
});
