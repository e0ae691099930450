import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { isWithinRange, parseParameters, parseRange } from "../../src/catalog/parameters.ts";

suite("the number of parameters", () => {
  for (const [version, parameters] of Object.entries({
    "7B": 7e9,
    "2.18B": 2_180_000_000,
    "450M": 450e6,
    "1.5T": 1.5e12,
    "132B ": 132e9,
    "1_1B": 1_100_000_000,
    "7 b": 7e9,
  })) {
    test(`is ${parameters} for "${version}"`, () => assert.equal(parseParameters(version), parameters));
  }

  for (const version of ["v1.3", "Undisclosed", "", "8x7B", "7", "7B-chat", "B", "1.2.3B", "-7B", undefined]) {
    test(`is not told by ${version === undefined ? "nothing" : `"${version}"`}`, () => assert.equal(parseParameters(version), undefined));
  }
});

suite("a range of parameters", () => {
  test("holds both of its ends, and may be open at one", () => {
    assert.deepEqual(parseRange("1B..10B"), { from: 1e9, to: 1e10 });
    assert.deepEqual(parseRange("..7b"), { from: undefined, to: 7e9 });
    assert.deepEqual(parseRange("70B.."), { from: 70e9, to: undefined });
    assert.deepEqual(parseRange("7B"), { from: 7e9, to: 7e9 });
    assert.deepEqual(parseRange("1.5B..2000000000"), { from: 1.5e9, to: 2e9 });
    for (const [parameters, within] of [
      [1e9, true],
      [1e10, true],
      [999e6, false],
      [10_000_000_001, false],
    ] as const) {
      assert.equal(isWithinRange(parameters, parseRange("1B..10B")), within);
    }
    assert.equal(isWithinRange(5, parseRange("..7B")), true);
  });

  test("never holds a number that was not stated", () => {
    assert.equal(isWithinRange(undefined, { from: undefined, to: 1 }), false);
    assert.equal(isWithinRange(undefined, { from: 1, to: undefined }), false);
  });

  for (const text of ["..", "", "a..b", "1B..2B..3B", "seven", "1B...2B", "1Q"]) {
    test(`is not "${text}"`, () => assert.throws(() => parseRange(text), { code: "USAGE", message: /not a number of parameters/ }));
  }

  test("does not end before it begins, and the hint turns it round", () => {
    assert.throws(() => parseRange("10B..1B"), { code: "USAGE", hint: "did you mean 1B..10B" });
  });
});
