import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { endsOfDigest, shortDigest } from "../../src/cli/text/digests.ts";
import { formatBytes, formatClock, formatSize, plural } from "../../src/cli/text/sizes.ts";

test("sizes are written for people", () => {
  const expected: readonly (readonly [number, string])[] = [
    [0, "0 bytes"],
    [1, "1 byte"],
    [999, "999 bytes"],
    [1000, "1.0 kB"],
    [1049, "1.0 kB"],
    [9949, "9.9 kB"],
    [9950, "10 kB"],
    [99_499, "99 kB"],
    [999_499, "999 kB"],
    [999_500, "1.0 MB"],
    [4_976_698_672, "5.0 GB"],
    [500_000_000_000, "500 GB"],
    [2 ** 53 - 1, "9.0 PB"],
  ];
  for (const [bytes, text] of expected) assert.equal(formatSize(bytes), text);
});

test("a size never has more than three digits before its unit, below a thousand petabytes", () => {
  fc.assert(fc.property(fc.nat(2 ** 31 - 1), fc.integer({ min: 1, max: 4_000_000 }), (a, b) => /^\d{1,3}(\.\d)? /.test(formatSize(a * b))));
});

test("exact bytes are grouped", () => {
  assert.equal(formatBytes(4_976_698_672), "4,976,698,672 bytes");
  assert.equal(formatBytes(1), "1 byte");
  assert.equal(plural(1204, "file"), "1,204 files");
});

test("times are written as on a clock", () => {
  assert.deepEqual([0, 7, 750, 3723].map(formatClock), ["0:00", "0:07", "12:30", "1:02:03"]);
});

test("digests are shortened so that they can still be compared", () => {
  const digest = `sha256:${"92745110".padEnd(58, "0")}c6dec4`;
  assert.equal(shortDigest(digest), "sha256:92745110…");
  assert.equal(endsOfDigest(digest), "sha256:92745110…c6dec4");
  assert.equal(shortDigest("none"), "none");
});
