import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { digestsOf } from "../../src/statement/digests.ts";
import type { FileDigests, HashAlgorithm, Serialization } from "../../src/statement/manifest.ts";
import { compareNames } from "../../src/statement/name-order.ts";
import { readStatement } from "../../src/statement/read.ts";
import { type StatementParts, writeStatement } from "../../src/statement/write.ts";
import { manifestDigest, rootDigest, sha256 } from "../support/statements.ts";
import { anyText } from "../support/any-text.ts";

const files = (...entries: FileDigests[]): Map<string, FileDigests> => new Map(entries.map((file) => [file.name, file]));
const whole = (name: string, size = 1): FileDigests => ({ name, digests: [sha256(name)], size });
const WHOLE: Serialization = { method: "files", hash: "sha256" };
const SHARDS: Serialization = { method: "shards", hash: "sha256", shardSize: 10 };

const parts = (patch: Partial<StatementParts>): StatementParts => ({
  modelName: "my-model",
  serialization: WHOLE,
  allowSymlinks: false,
  ignorePaths: [],
  files: files(whole("a")),
  ...patch,
});
interface WrittenStatement {
  readonly subject: readonly { readonly name: string }[];
  readonly predicate: { readonly resources: readonly { readonly name: string }[] };
}

async function written(patch: Partial<StatementParts>): Promise<WrittenStatement> {
  return JSON.parse(new TextDecoder().decode(await writeStatement(parts(patch))));
}

suite("writing a statement", () => {
  test("gives the shape that the specification shows, and nothing else", async () => {
    const resources = ["a", "b/c"].map((name) => ({ name, algorithm: "sha256", digest: sha256(name) }));
    const statement = await written({ files: files(whole("b/c"), whole("a")), ignorePaths: [".git", ".github"], allowSymlinks: true });
    assert.deepEqual(statement, {
      _type: "https://in-toto.io/Statement/v1",
      subject: [{ name: "my-model", digest: { sha256: rootDigest(resources) } }],
      predicateType: "https://model_signing/signature/v1.0",
      predicate: {
        serialization: { method: "files", hash_type: "sha256", allow_symlinks: true, ignore_paths: [".git", ".github"] },
        resources,
      },
    });
  });

  test("lists shards with their ranges, sorted by the whole name, and files without bytes not at all", async () => {
    const digests = Array.from({ length: 11 }, (_, index) => sha256(String(index)));
    const sharded = { name: "big", digests, size: 105 };
    const statement = await written({ serialization: SHARDS, files: files(sharded, { name: "empty", digests: [], size: 0 }) });
    const names = [
      "big:0:10",
      "big:100:105",
      "big:10:20",
      "big:20:30",
      "big:30:40",
      "big:40:50",
      "big:50:60",
      "big:60:70",
      "big:70:80",
      "big:80:90",
      "big:90:100",
    ];
    const sorted = [...names].sort(compareNames);
    const resources = sorted.map((name) => ({ name, algorithm: "sha256", digest: digests[Number(name.split(":")[1]) / 10] }));
    assert.deepEqual(statement.predicate, {
      serialization: { method: "shards", hash_type: "sha256", shard_size: 10, allow_symlinks: false },
      resources,
    });
  });

  test("sorts by code points, not by UTF-16 code units", async () => {
    const statement = await written({ files: files(whole("🦜"), whole("\uFFFD"), whole("\uE000"), whole("z")) });
    const { resources } = statement.predicate;
    assert.deepEqual(
      resources.map(({ name }) => name),
      ["z", "\uE000", "\uFFFD", "🦜"],
    );
  });

  test("refuses what could not be read again", async () => {
    await assert.rejects(writeStatement(parts({ files: new Map() })), { code: "MODEL_EMPTY" });
    const empty = files({ name: "empty", digests: [], size: 0 });
    await assert.rejects(writeStatement(parts({ serialization: SHARDS, files: empty })), { code: "MODEL_EMPTY" });
    for (const name of ["../x", ".", "a//b", "/x"]) {
      await assert.rejects(writeStatement(parts({ files: files(whole(name)) })), { code: "NAME_NOT_CANONICAL" });
    }
    await assert.rejects(writeStatement(parts({ files: files(whole("a\ud800")) })), { code: "NAME_NOT_UTF8" });
    await assert.rejects(writeStatement(parts({ files: files({ name: "a", digests: ["AB"], size: 1 }) })), { code: "RESOURCE_DIGEST" });
    await assert.rejects(writeStatement(parts({ files: files({ name: "a", digests: [], size: 1 }) })), { code: "USAGE" });
    await assert.rejects(writeStatement(parts({ serialization: SHARDS, files: files(whole("a", 11)) })), { code: "USAGE" });
    const unknownSize = files({ name: "a", digests: [sha256("a")], size: undefined });
    await assert.rejects(writeStatement(parts({ serialization: SHARDS, files: unknownSize })), { code: "USAGE", message: /size/ });
  });

  test("always names the model", async () => {
    const { subject } = await written({ modelName: "" });
    assert.equal(subject[0]?.name, "model");
  });
});

suite("writing and reading a statement", () => {
  const HEX: Record<HashAlgorithm, number> = { sha256: 64, blake2b: 128, blake3: 64 };
  const component = anyText({ minLength: 1, maxLength: 6 }).filter(
    (text) => text.isWellFormed() && !/[/\0]/.test(text) && text !== "." && text !== "..",
  );
  const name = fc.array(component, { minLength: 1, maxLength: 3 }).map((components) => components.join("/"));
  const hash = fc.constantFrom<HashAlgorithm>("sha256", "blake2b", "blake3");
  const digits = fc.stringMatching(/^[0-9a-f]{8}$/);

  test("are each other's inverse, and both digests are the same before and after", async () => {
    const model = fc.record({
      hash,
      shardSize: fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined }),
      list: fc.uniqueArray(fc.tuple(name, fc.integer({ min: 0, max: 200 }), digits), {
        minLength: 1,
        maxLength: 8,
        selector: ([key]) => key,
      }),
      modelName: fc.string({ unit: "grapheme", minLength: 1 }),
      ignorePaths: fc.array(fc.string({ unit: "grapheme" }), { maxLength: 3 }),
      allowSymlinks: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(model, async ({ hash, shardSize, list, ...rest }) => {
        const serialization: Serialization = shardSize === undefined ? { method: "files", hash } : { method: "shards", hash, shardSize };
        const count = (size: number): number => (shardSize === undefined ? 1 : Math.ceil(size / shardSize));
        const entries = list.map(([key, size, seed]): FileDigests => {
          const digests = Array.from({ length: count(size) }, (_, index) =>
            (seed + index.toString(16).padStart(8, "0")).padStart(HEX[hash], "0"),
          );
          return { name: key, digests, size };
        });
        const made = files(...entries);
        const covered = entries.filter(({ digests }) => digests.length > 0);
        const statement = { ...rest, serialization, files: made };
        if (covered.length === 0) {
          await assert.rejects(writeStatement(statement), { code: "MODEL_EMPTY" });
          return;
        }
        const content = await readStatement(await writeStatement(statement));
        const { rootDigest, manifestDigest } = await digestsOf(made, serialization);
        assert.deepEqual({ rootDigest: content.rootDigest, manifestDigest: content.manifestDigest }, { rootDigest, manifestDigest });
        assert.deepEqual(content.serialization, serialization);
        assert.deepEqual(
          [content.modelName, content.allowSymlinks, content.ignorePaths],
          [rest.modelName, rest.allowSymlinks, rest.ignorePaths],
        );
        assert.equal(
          content.warnings.some(({ code }) => code === "RESOURCES_UNSORTED"),
          false,
        );
        assert.deepEqual(
          [...content.files.values()].sort((a, b) => compareNames(a.name, b.name)),
          covered
            .map((file) => (shardSize === undefined ? { ...file, size: undefined } : file))
            .sort((a, b) => compareNames(a.name, b.name)),
        );
      }),
      { numRuns: 200 },
    );
  });
});

suite("the manifest digest", () => {
  test("is what the documentation says, in bytes", async () => {
    const { rootDigest: root, manifestDigest: manifest } = await digestsOf(files(whole("🦜"), whole("\uE000"), whole("a\nb")), WHOLE);
    const order = ["a\nb", "\uE000", "🦜"];
    assert.equal(manifest, manifestDigest(order.map((name) => [name, sha256(name)])));
    assert.equal(root, `sha256:${rootDigest(order.map((name) => ({ name, algorithm: "sha256", digest: sha256(name) })))}`);
  });

  test("covers names, which the root digest does not", async () => {
    const before = await digestsOf(files(whole("a")), WHOLE);
    const renamed = await digestsOf(files({ ...whole("a"), name: "b" }), WHOLE);
    assert.equal(before.rootDigest, renamed.rootDigest);
    assert.notEqual(before.manifestDigest, renamed.manifestDigest);
  });

  test("is right for names far longer in UTF-8 than in UTF-16", async () => {
    const names = Array.from({ length: 300 }, (_, index) => `${String(index).padStart(3, "0")}${"型".repeat(300)}`);
    const { manifestDigest: manifest } = await digestsOf(files(...names.map((name) => whole(name))), WHOLE);
    assert.equal(manifest, manifestDigest(names.map((name) => [name, sha256(name)])));
  });
});
