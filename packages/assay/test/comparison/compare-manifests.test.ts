import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { compareManifests } from "../../src/comparison/compare-manifests.ts";
import type { FileSet } from "../../src/comparison/difference-of-file.ts";
import type { FileDigests, Serialization } from "../../src/statement/manifest.ts";

const whole: Serialization = { method: "files", hash: "sha256" };
const shards = (shardSize: number): Serialization => ({ method: "shards", hash: "sha256", shardSize });

/** Files by name: their digests, and their size where it is known. */
function fileSet(serialization: Serialization, files: Record<string, { digests: string[]; size?: number }>): FileSet {
  const entries = Object.entries(files).map(([name, { digests, size }]): [string, FileDigests] => [name, { name, digests, size }]);
  return { serialization, files: new Map(entries) };
}

suite("comparing two manifests", () => {
  test("finds nothing between equal ones", () => {
    const a = fileSet(whole, { x: { digests: ["aa"] } });
    assert.deepEqual(compareManifests(a, a), { differences: [], notComparable: [], same: true });
  });

  test("finds what changed, went, came and moved, and sizes where they are known", () => {
    const a = fileSet(whole, {
      changed: { digests: ["aa"] },
      gone: { digests: ["bb"] },
      old: { digests: ["cc"] },
      same: { digests: ["dd"] },
    });
    const b = fileSet(whole, {
      changed: { digests: ["a1"], size: 7 },
      new: { digests: ["ee"] },
      renamed: { digests: ["cc"], size: 3 },
      same: { digests: ["dd"] },
    });
    assert.deepEqual(compareManifests(a, b).differences, [
      {
        kind: "changed",
        name: "changed",
        signedDigest: "sha256:aa",
        foundDigest: "sha256:a1",
        signedSize: undefined,
        foundSize: 7,
        shards: undefined,
      },
      { kind: "missing", name: "gone", signedSize: undefined, why: undefined },
      { kind: "extra", name: "new", foundSize: undefined },
      { kind: "renamed", name: "old", newName: "renamed", size: 3 },
    ]);
  });

  test("turned round, extra and missing change places", () => {
    const a = fileSet(whole, { x: { digests: ["aa"] } });
    const b = fileSet(whole, { y: { digests: ["bb"] } });
    assert.deepEqual(
      compareManifests(a, b).differences.map(({ kind, name }) => [kind, name]),
      [
        ["missing", "x"],
        ["extra", "y"],
      ],
    );
    assert.deepEqual(
      compareManifests(b, a).differences.map(({ kind, name }) => [kind, name]),
      [
        ["extra", "x"],
        ["missing", "y"],
      ],
    );
  });

  test("says which files cannot be compared under another hash, and never that they are the same", () => {
    const a = fileSet(whole, { x: { digests: ["aa"] }, y: { digests: ["bb"] } });
    const b = fileSet({ method: "files", hash: "blake3" }, { x: { digests: ["aa"] }, z: { digests: ["bb"] } });
    const { differences, notComparable, same } = compareManifests(a, b);
    assert.deepEqual(notComparable, ["x"]);
    assert.equal(same, false);
    assert.deepEqual(
      differences.map(({ kind }) => kind),
      ["missing", "extra"],
      "equal digests of different hashes are not a renaming",
    );
    assert.equal(compareManifests(fileSet(whole, {}), fileSet({ method: "files", hash: "blake3" }, {})).same, true);
  });

  test("compares across shard sizes the files that one digest covers, and by size where both are known", () => {
    const a = fileSet(shards(10), {
      small: { digests: ["aa"], size: 5 },
      large: { digests: ["b1", "b2"], size: 20 },
      grown: { digests: ["c1", "c2"], size: 20 },
    });
    const b = fileSet(shards(7), {
      small: { digests: ["aa"], size: 5 },
      large: { digests: ["d1", "d2", "d3"], size: 20 },
      grown: { digests: ["e1"], size: 6 },
    });
    const { differences, notComparable, same } = compareManifests(a, b);
    assert.deepEqual(notComparable, ["large"]);
    assert.deepEqual(
      differences.map(({ kind, name }) => [kind, name]),
      [["changed", "grown"]],
    );
    assert.equal(same, false);
    const files = fileSet(whole, { small: { digests: ["aa"] } });
    assert.equal(compareManifests(fileSet(shards(10), { small: { digests: ["aa"], size: 5 } }), files).same, true);
  });

  test("takes names as they are, also those that objects treat specially", () => {
    const a = fileSet(whole, JSON.parse('{"__proto__":{"digests":["aa"]},"constructor":{"digests":["bb"]}}'));
    const { differences } = compareManifests(a, fileSet(whole, {}));
    assert.deepEqual(
      differences.map(({ name }) => name),
      ["__proto__", "constructor"],
    );
  });
});
