import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { AssayError } from "../../src/core/error.ts";
import { readCount, readDuration, splitList, splitPathLists } from "../../src/cli/command-line/values.ts";
import { nearest } from "../../src/core/nearest.ts";

const isUsage = (error: unknown): boolean => error instanceof AssayError && error.code === "USAGE";

suite("durations", () => {
  test("are read as Go reads them", () => {
    const expected: Readonly<Record<string, number>> = { "90s": 90_000, "1h30m": 5_400_000, "1.5h": 5_400_000, "250ms": 250, ".5s": 500 };
    for (const [text, milliseconds] of Object.entries(expected)) assert.equal(readDuration("timeout", text), milliseconds);
  });

  test("zero means without a limit", () => {
    assert.equal(readDuration("timeout", "0"), undefined);
    assert.equal(readDuration("timeout", "0s"), undefined);
  });

  test("a number without a unit, a negative one or other text is refused", () => {
    for (const text of ["90", "-5s", "5 s", "s", "1h30", "soon", ""]) assert.throws(() => readDuration("timeout", text), isUsage, text);
  });
});

suite("counts", () => {
  test("are plain decimal digits within bounds", () => {
    assert.equal(readCount("threads", "8", 1024), 8);
    for (const text of ["0", "-1", "1.5", "1e3", "0x10", " 8", "1025", "99999999999999999999"]) {
      assert.throws(() => readCount("threads", text, 1024), isUsage, text);
    }
  });
});

suite("comma-separated lists", () => {
  test("are taken apart at commas outside of quotes", () => {
    assert.deepEqual(splitList("a,b"), ["a", "b"]);
    assert.deepEqual(splitList('"a,1",b'), ["a,1", "b"]);
    assert.deepEqual(splitList('"say ""hi""",b'), ['say "hi"', "b"]);
    assert.deepEqual(splitList("a,,b,"), ["a", "b"]);
  });

  test("broken quotes are ordinary characters", () => {
    assert.deepEqual(splitList('"a,b'), ['"a', "b"]);
    assert.deepEqual(splitList('a"b,c'), ['a"b', "c"]);
  });

  test("a value with a comma that exists as a path is that path", () => {
    assert.deepEqual(
      splitPathLists(["a,b", "c,d", "e"], (path) => path === "a,b"),
      ["a,b", "c", "d", "e"],
    );
  });
});

suite("the nearest match", () => {
  test("forgives a typing mistake", () => {
    assert.equal(nearest("verfiy", ["sign", "verify"]), "verify");
    assert.equal(nearest("privat-key", ["public-key", "private-key"]), "private-key");
    assert.equal(nearest("SIGN", ["sign", "verify"]), "sign");
  });

  test("does not invent one", () => {
    assert.equal(nearest("launch", ["sign", "verify"]), undefined);
    assert.equal(nearest("x".repeat(100_000), ["sign"]), undefined);
  });
});
