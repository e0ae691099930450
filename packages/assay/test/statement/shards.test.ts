import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { AssayError } from "../../src/core/error.ts";
import type { ErrorCode } from "../../src/core/error-codes.ts";
import type { ManifestContent } from "../../src/statement/manifest.ts";
import { readStatement } from "../../src/statement/read.ts";
import { manifestDigest, payloadOf, resource, sha256, shardsOf, statementJson } from "../support/statements.ts";

const read = (
  names: readonly string[],
  size: unknown = 10,
  patch: Record<string, unknown> = {},
  algorithm = "sha256",
): Promise<ManifestContent> =>
  readStatement(
    payloadOf(
      statementJson(
        names.map((name) => resource(name, { algorithm })),
        shardsOf(size, patch),
      ),
    ),
  );

async function refused(names: readonly string[], code: ErrorCode = "SHARDS_INVALID", message = /./, size: unknown = 10): Promise<void> {
  await assert.rejects(read(names, size), (error) => {
    assert.ok(error instanceof AssayError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, message);
    return true;
  });
}

const codes = (content: ManifestContent): string[] => content.warnings.map(({ code }) => code);

suite("shards", () => {
  test("are put together to files, with their sizes", async () => {
    const names = ["a.bin:0:10", "a.bin:10:20", "a.bin:20:25", "b:0:10"];
    const content = await read(names);
    assert.deepEqual(content.serialization, { method: "shards", hash: "sha256", shardSize: 10 });
    assert.deepEqual(
      [...content.files.values()],
      [
        { name: "a.bin", digests: names.slice(0, 3).map((name) => sha256(name)), size: 25 },
        { name: "b", digests: [sha256("b:0:10")], size: 10 },
      ],
    );
    assert.equal(content.resourceCount, 4);
    assert.equal(content.manifestDigest, manifestDigest(names.map((name) => [name, sha256(name)])));
    assert.deepEqual(content.warnings, []);
  });

  test("are in the order of their offsets in a file, whatever their order in the list", async () => {
    // Code-point order: 10:20 comes before 100:110 and that before 20:30.
    const sorted = Array.from({ length: 12 }, (_, index) => `f:${index * 10}:${index * 10 + 10}`);
    const content = await read([...sorted].sort());
    assert.deepEqual(
      content.files.get("f")?.digests,
      sorted.map((name) => sha256(name)),
    );
    assert.deepEqual(content.warnings, []);
    assert.deepEqual(codes(await read(sorted)), ["RESOURCES_UNSORTED"]);
  });

  test("are split at the last two colons: names may hold more", async () => {
    const content = await read(["a:0:5:0:10", "a:0:5:10:12", "c::0:1"]);
    assert.deepEqual([...content.files.keys()], ["a:0:5", "c:"]);
  });

  test("may be of one file called .", async () => {
    assert.equal((await read([".:0:10", ".:10:11"])).files.get(".")?.size, 11);
    await refused([".:0:10", "a:0:1"], "NAME_NOT_CANONICAL");
  });

  test("may be as large as exact integers go", async () => {
    const most = Number.MAX_SAFE_INTEGER;
    assert.equal((await read([`f:0:${most}`], most)).files.get("f")?.size, most);
    await refused([`f:0:${most + 1}`], "SHARDS_INVALID", /2\^53-1/, most);
    await refused(["f:0:99999999999999999"], "SHARDS_INVALID", /./, most);
  });

  test("are refused without a range, or with one that is not two canonical decimals", async () => {
    for (const name of [
      "f",
      "f:0",
      "f:0:",
      "f::10",
      "f:0:x",
      "f:00:10",
      "f:0:010",
      "f:+0:10",
      "f:-0:10",
      "f:0:1e1",
      "f:0: 10",
      "f:0:10 ",
      "f:0:0x10",
      "f:0:١٠",
    ]) {
      await refused([name], "SHARDS_INVALID");
    }
  });

  test("are refused with a gap, an overlap or a start that is not the file's", async () => {
    await refused(["f:0:10", "f:20:30"], "SHARDS_INVALID", /from 10 to 20 are missing/);
    await refused(["f:10:20"], "SHARDS_INVALID", /from 0 to 10 are missing/);
    await refused(["f:0:10", "f:5:15"], "SHARDS_INVALID", /overlaps/);
    await refused(["f:0:10", "f:0:10"], "SHARDS_INVALID", /overlaps/);
  });

  test("are refused where one but the last is not of the shard size, or the last is larger", async () => {
    await refused(["f:0:5", "f:5:15"], "SHARDS_INVALID", /5 bytes/);
    await refused(["f:0:10", "f:10:21"], "SHARDS_INVALID", /11 bytes/);
    await refused(["f:0:11"], "SHARDS_INVALID", /11 bytes/);
    await refused(["f:0:20", "f:20:30"], "SHARDS_INVALID", /20 bytes/);
  });

  test("are refused where one covers no byte", async () => {
    await refused(["f:0:0"], "SHARDS_INVALID", /no byte/);
    await refused(["f:0:10", "f:10:10"], "SHARDS_INVALID", /no byte/);
    await refused(["f:0:10", "f:10:5"], "SHARDS_INVALID");
  });

  test("are refused for names that are not canonical", async () => {
    for (const name of ["", "../x", "/x", "a//b", "./x", "x/"]) await refused(["a0:0:1", `${name}:0:10`], "NAME_NOT_CANONICAL");
  });
});

suite("a shard size", () => {
  test("may be written as a float, if it is a whole number", async () => {
    const json = JSON.stringify(statementJson([resource("f:0:10")], shardsOf(10)));
    for (const size of ["10.0", "1e1", "1.0E+1", "10.000"]) {
      const content = await readStatement(new TextEncoder().encode(json.replace('"shard_size":10', `"shard_size":${size}`)));
      assert.deepEqual(content.serialization, { method: "shards", hash: "sha256", shardSize: 10 });
    }
  });

  test("is refused below 1, with a fraction, past 2^53-1, or of another type", async () => {
    for (const size of [0, -10, 100.5, 0.1, 2 ** 53, 1e300, "10", null, true, [10]])
      await refused(["f:0:10"], "STATEMENT_SHAPE", /shard_size/, size);
    const json = JSON.stringify(statementJson([resource("f:0:10")], shardsOf(10)));
    const huge = new TextEncoder().encode(json.replace('"shard_size":10', '"shard_size":1e999'));
    await assert.rejects(readStatement(huge), { code: "STATEMENT_SHAPE" });
  });

  test("is refused where it is missing", async () => {
    await assert.rejects(read(["f:0:10"], 10, { shard_size: undefined }), { code: "STATEMENT_SHAPE", message: /shard_size/ });
  });
});

const code = (name: ErrorCode): { code: ErrorCode } => ({ code: name });

suite("the Python reference's dialect for shards", () => {
  const names = ["f:0:10", "f:10:20", "f:100:104"];

  test("is read and named: its algorithm, with the hash as hash_type", async () => {
    const numeric = Array.from({ length: 11 }, (_, index) => `f:${index * 10}:${index * 10 + 10}`);
    const content = await read(numeric, 10, {}, "sha256-sharded-10");
    assert.deepEqual(codes(content), ["SHARD_DIALECT", "RESOURCES_UNSORTED"]);
    assert.deepEqual(content.serialization, { method: "shards", hash: "sha256", shardSize: 10 });
    const standard = await read(numeric);
    assert.equal(content.manifestDigest, standard.manifestDigest);
  });

  test("is read as 0.3.x wrote it: the same text as hash_type", async () => {
    const content = await read([".:0:10"], 10, { hash_type: "sha256-sharded-10" }, "sha256-sharded-10");
    assert.deepEqual(codes(content), ["SHARD_DIALECT"]);
    assert.equal(content.files.get(".")?.size, 10);
  });

  test("is read with BLAKE2b", async () => {
    const resources = [resource("f:0:10", { algorithm: "blake2b-sharded-10", digest: "ab".repeat(64) })];
    const content = await readStatement(payloadOf(statementJson(resources, shardsOf(10, { hash_type: "blake2b" }))));
    assert.deepEqual(content.serialization, { method: "shards", hash: "blake2b", shardSize: 10 });
  });

  test("is refused where the sizes or hashes differ, or it is mixed with the standard", async () => {
    await assert.rejects(read(["f:0:10"], 10, {}, "sha256-sharded-20"), code("RESOURCE_ALGORITHM"));
    await assert.rejects(read(["f:0:10"], 10, {}, "blake2b-sharded-10"), code("RESOURCE_ALGORITHM"));
    await assert.rejects(read(["f:0:10"], 10, {}, "sha256-sharded-010"), code("RESOURCE_ALGORITHM"));
    await assert.rejects(read(["f:0:10"], 10, { hash_type: "sha256-sharded-20" }, "sha256-sharded-20"), code("STATEMENT_SHAPE"));
    await assert.rejects(read(["f:0:10"], 10, { hash_type: "sha256-sharded-10" }, "sha256"), code("RESOURCE_ALGORITHM"));
    await assert.rejects(read(["f:0:10"], 10, { hash_type: "md5-sharded-10" }, "md5-sharded-10"), code("ALGORITHM_FORBIDDEN"));
    const mixed = names.slice(0, 2).map((name, index) => resource(name, { algorithm: index === 0 ? "sha256-sharded-10" : "sha256" }));
    await assert.rejects(readStatement(payloadOf(statementJson(mixed, shardsOf(10)))), code("RESOURCE_ALGORITHM"));
    await assert.rejects(readStatement(payloadOf(statementJson(mixed.toReversed(), shardsOf(10)))), code("RESOURCE_ALGORITHM"));
  });
});

suite("any lists of shards", () => {
  test("give files whose sizes are the sum of their shards, or an AssayError", async () => {
    const offset = fc.constantFrom("0", "1", "9", "10", "11", "20", "25", "30", "x", "", "9007199254740992");
    const name = fc.tuple(fc.constantFrom("a", "b", "a:1", ".", ".."), offset, offset).map((parts) => parts.join(":"));
    await fc.assert(
      fc.asyncProperty(fc.array(name, { minLength: 1, maxLength: 5 }), async (names) => {
        try {
          const content = await read(names);
          const digests = [...content.files.values()].flatMap((file) => file.digests);
          assert.equal(digests.length, names.length);
          for (const { size, digests: ofFile } of content.files.values()) assert.equal(Math.ceil((size ?? 0) / 10), ofFile.length);
        } catch (error) {
          assert.ok(error instanceof AssayError && error.code !== "INTERNAL", String(error));
        }
      }),
      { numRuns: 500 },
    );
  });
});
