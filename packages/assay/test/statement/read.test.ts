import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { AssayError } from "../../src/core/error.ts";
import type { ErrorCode } from "../../src/core/error-codes.ts";
import type { ManifestContent } from "../../src/statement/manifest.ts";
import { readStatement } from "../../src/statement/read.ts";
import { FILES, manifestDigest, payloadOf, resource, rootDigest, sha256, statementJson } from "../support/statements.ts";

const read = (statement: unknown): Promise<ManifestContent> => readStatement(payloadOf(statement));

async function refused(statement: unknown, code: ErrorCode, message = /./): Promise<void> {
  const payload = statement instanceof Uint8Array ? statement : payloadOf(statement);
  await assert.rejects(readStatement(payload), (error) => {
    assert.ok(error instanceof AssayError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, message);
    return true;
  });
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const subjectOf = (digest: string): unknown[] => [{ name: "x", digest: { sha256: digest } }];
const serialized = (patch: Record<string, unknown>): unknown => statementJson(undefined, { ...FILES, ...patch });
const codes = (content: ManifestContent): string[] => content.warnings.map(({ code }) => code);

suite("a statement about whole files", () => {
  test("is read into names, digests and the manifest digest", async () => {
    const resources = [resource("config.json"), resource("weights.bin")];
    const content = await read(statementJson(resources, { ...FILES, allow_symlinks: true, ignore_paths: [".git", "cache/"] }));
    assert.deepEqual(content, {
      format: "oms-1.0",
      modelName: "my-model",
      serialization: { method: "files", hash: "sha256" },
      allowSymlinks: true,
      ignorePaths: [".git", "cache/"],
      files: new Map([
        ["config.json", { name: "config.json", digests: [sha256("config.json")], size: undefined }],
        ["weights.bin", { name: "weights.bin", digests: [sha256("weights.bin")], size: undefined }],
      ]),
      resourceCount: 2,
      rootDigest: `sha256:${rootDigest(resources)}`,
      manifestDigest: manifestDigest([
        ["config.json", sha256("config.json")],
        ["weights.bin", sha256("weights.bin")],
      ]),
      warnings: [],
    });
  });

  test("has the root digest that the specification's example shows", async () => {
    const digests = {
      "config.json": "5e472403951781d18d5f790aa5b3316a5f535fc37a1052f6659c9c6af82e3643",
      "weights.bin": "4555555dc68d872c2270ba89ecc5f6f094812f65372b37e50071fe5168031c49",
    };
    const content = await read(statementJson(Object.entries(digests).map(([name, digest]) => resource(name, { digest }))));
    assert.equal(content.rootDigest, `sha256:${sha256(Buffer.from(Object.values(digests).join(""), "hex"))}`);
  });

  test("may use BLAKE2b or BLAKE3, with digests of their lengths", async () => {
    for (const [hash, bytes] of [
      ["blake2b", 64],
      ["blake3", 32],
    ] as const) {
      const digest = "ab".repeat(bytes);
      const content = await read(statementJson([resource("a", { algorithm: hash, digest })], { ...FILES, hash_type: hash }));
      assert.equal(content.serialization.hash, hash);
      assert.equal(content.manifestDigest, manifestDigest([["a", digest]], hash));
    }
  });

  test("may hold fields that the format does not know, but not in serialization", async () => {
    const statement = statementJson([resource("a", { uri: "x", annotations: { a: [1] } })], FILES, { extra: 1 });
    const json = JSON.stringify(statement)
      .replace('"predicate":{', '"predicate":{"__proto__":{"resources":[]},"notes":"x",')
      .replace('"subject":[{', '"subject":[{"__proto__":{},"uri":"x",');
    const content = await readStatement(new TextEncoder().encode(json));
    assert.deepEqual([...content.files.keys()], ["a"]);
    await refused(serialized({ compression: "none" }), "STATEMENT_UNKNOWN_FIELD", /compression/);
    const proto = JSON.stringify(statementJson()).replace('"serialization":{', '"serialization":{"__proto__":1,');
    await refused(new TextEncoder().encode(proto), "STATEMENT_UNKNOWN_FIELD");
  });

  test("may have a subject without a name, as the references before 1.1 wrote for a model given as .", async () => {
    const subject = [{ digest: { sha256: rootDigest([resource("a")]) } }];
    assert.equal((await read(statementJson([resource("a")], FILES, { subject }))).modelName, "");
  });

  test("of a single file may call it by its basename or .", async () => {
    assert.deepEqual([...(await read(statementJson([resource("weights.bin")]))).files.keys()], ["weights.bin"]);
    assert.deepEqual([...(await read(statementJson([resource(".")]))).files.keys()], ["."]);
    await refused(statementJson([resource("."), resource("a")]), "NAME_NOT_CANONICAL");
  });
});

suite("a statement is refused", () => {
  test("where its JSON is not strict", async () => {
    const json = JSON.stringify(statementJson());
    await refused(bytes(""), "JSON_SYNTAX");
    await refused(bytes(`${json}x`), "JSON_SYNTAX");
    await refused(bytes(json.replace('"allow_symlinks":false', '"allow_symlinks":NaN')), "JSON_SYNTAX");
    await refused(bytes(`\uFEFF${json}`), "JSON_ENCODING");
    await refused(Uint8Array.from(Buffer.from(json, "utf16le")), "JSON_ENCODING");
    await refused(bytes(json.replace("config.json", "\\ud800")), "JSON_ENCODING");
    await refused(bytes(json.replace('"name":"config.json"', '"name":"other","name":"config.json"')), "JSON_DUPLICATE_KEY");
    await refused(bytes(json.replace('"resources":', '"resources":[],"resources":')), "JSON_DUPLICATE_KEY");
    await refused(bytes(json.replace('"predicate":{', `"predicate":{"x":${"[".repeat(256)}${"]".repeat(256)},`)), "JSON_TOO_DEEP");
  });

  test("where it is not a statement, or about something else", async () => {
    await refused(statementJson(undefined, FILES, { _type: "https://in-toto.io/Statement/v0.1" }), "STATEMENT_TYPE", /v0\.1/);
    await refused(statementJson(undefined, FILES, { predicateType: "https://slsa.dev/provenance/v1" }), "PREDICATE_TYPE", /slsa/);
    await refused(statementJson(undefined, FILES, { predicateType: "https://model_signing/signature/v1.1" }), "PREDICATE_TYPE");
    for (const field of ["_type", "predicateType", "subject", "predicate"]) {
      await refused(statementJson(undefined, FILES, { [field]: undefined }), "STATEMENT_SHAPE", new RegExp(field));
      await refused(statementJson(undefined, FILES, { [field]: 7 }), "STATEMENT_SHAPE", new RegExp(field));
    }
    await refused([], "STATEMENT_SHAPE");
    await refused("x", "STATEMENT_SHAPE");
  });

  test("without exactly one subject", async () => {
    const [subject] = subjectOf(rootDigest([resource("a")]));
    await refused(statementJson(undefined, FILES, { subject: [] }), "SUBJECT_COUNT", /none/);
    await refused(statementJson(undefined, FILES, { subject: [subject, subject] }), "SUBJECT_COUNT", /more than one/);
    await refused(statementJson(undefined, FILES, { subject: ["x"] }), "STATEMENT_SHAPE");
    await refused(statementJson(undefined, FILES, { subject: [{ name: "x" }] }), "STATEMENT_SHAPE", /digest/);
    await refused(statementJson(undefined, FILES, { subject: [{ name: "x", digest: { sha512: "ab" } }] }), "STATEMENT_SHAPE", /sha256/);
    await refused(statementJson(undefined, FILES, { subject: [{ name: 7, digest: { sha256: "ab" } }] }), "STATEMENT_SHAPE", /name/);
  });

  test("where the root digest is not that of the list, in the list's order", async () => {
    const [a, b] = [resource("a"), resource("b")];
    await refused(statementJson([a, b], FILES, { subject: subjectOf(rootDigest([b, a])) }), "ROOT_DIGEST");
    await refused(statementJson([a, b], FILES, { subject: subjectOf(rootDigest([a, b]).toUpperCase()) }), "ROOT_DIGEST");
    await refused(statementJson([a, b], FILES, { subject: subjectOf("") }), "ROOT_DIGEST");
    await refused(statementJson([b, a], FILES, { subject: subjectOf(rootDigest([a, b])) }), "ROOT_DIGEST");
  });

  test("without resources", async () => {
    await refused(statementJson([]), "RESOURCES_EMPTY");
    await refused(statementJson(undefined, FILES, { predicate: { serialization: FILES } }), "STATEMENT_SHAPE", /resources/);
    await refused(statementJson(undefined, FILES, { predicate: { serialization: FILES, resources: {} } }), "STATEMENT_SHAPE");
    await refused(statementJson(undefined, FILES, { predicate: { resources: [resource("a")] } }), "STATEMENT_SHAPE", /serialization/);
  });

  test("for resources whose fields are missing or of the wrong type", async () => {
    for (const field of ["name", "algorithm", "digest"]) {
      await refused(statementJson([resource("a", { [field]: undefined })]), "STATEMENT_SHAPE", new RegExp(`resources\\[0\\]\\.${field}`));
      await refused(
        statementJson([resource("a"), resource("b", { [field]: 7 })]),
        "STATEMENT_SHAPE",
        new RegExp(`resources\\[1\\]\\.${field}`),
      );
    }
  });

  test("for fields of serialization that are missing or of the wrong type", async () => {
    for (const field of ["method", "hash_type", "allow_symlinks"]) {
      await refused(serialized({ [field]: undefined }), "STATEMENT_SHAPE", new RegExp(field));
      await refused(serialized({ [field]: 7 }), "STATEMENT_SHAPE", new RegExp(field));
    }
    await refused(serialized({ allow_symlinks: "yes" }), "STATEMENT_SHAPE", /allow_symlinks/);
    await refused(serialized({ allow_symlinks: null }), "STATEMENT_SHAPE");
    await refused(serialized({ ignore_paths: ".git" }), "STATEMENT_SHAPE", /ignore_paths/);
    await refused(serialized({ ignore_paths: null }), "STATEMENT_SHAPE", /ignore_paths/);
    await refused(serialized({ ignore_paths: [".git", 7] }), "STATEMENT_SHAPE", /ignore_paths\[1\]/);
    await refused(statementJson(undefined, "files"), "STATEMENT_SHAPE");
  });

  test("for a hundred thousand ignore paths, which are there to fill the memory", async () => {
    await refused(serialized({ ignore_paths: Array.from({ length: 100_000 }, () => "x") }), "STATEMENT_SHAPE", /more than/);
  });

  test("with a shard size although files are hashed whole", async () => {
    await refused(serialized({ shard_size: 1000 }), "STATEMENT_SHAPE", /shard_size/);
  });

  test("for a broken hash, and left open for one that is only unknown", async () => {
    for (const hash_type of ["md5", "sha1", "SHA-1"]) await refused(serialized({ hash_type }), "ALGORITHM_FORBIDDEN");
    for (const hash_type of ["sha3-256", "sha512", "SHA256", "sha256-sharded-10"])
      await refused(serialized({ hash_type }), "ALGORITHM_UNKNOWN");
    for (const hash_type of ["", "sha 256", "x".repeat(65)]) await refused(serialized({ hash_type }), "STATEMENT_SHAPE");
    await assert.rejects(read(serialized({ hash_type: "sha3-256" })), { outcome: "incomplete" });
  });

  test("left open for an unknown method, whatever its fields", async () => {
    await refused(serialized({ method: "chunks", chunk_size: 7 }), "SERIALIZATION_UNKNOWN", /chunks/);
    await assert.rejects(read(serialized({ method: "chunks" })), { outcome: "incomplete" });
  });

  test("where a resource's algorithm is not the statement's", async () => {
    await refused(statementJson([resource("a"), resource("b", { algorithm: "blake3" })]), "RESOURCE_ALGORITHM", /"b" is "blake3"/);
    await refused(statementJson([resource("a", { algorithm: "SHA256" })]), "RESOURCE_ALGORITHM");
    await refused(statementJson([resource("a", { algorithm: "sha256-sharded-10" })]), "RESOURCE_ALGORITHM");
    await refused(serialized({ hash_type: "blake3" }), "RESOURCE_ALGORITHM");
  });

  test("where a digest is not lowercase hex of its algorithm's length", async () => {
    const good = sha256("a");
    for (const digest of [
      "",
      good.toUpperCase(),
      good.slice(2),
      `${good}ab`,
      `${good.slice(1)}g`,
      `0x${good.slice(2)}`,
      `é${good.slice(1)}`,
      `${good.slice(1)}é`,
      ` ${good.slice(1)}`,
    ]) {
      const resources = [resource("before"), resource("x", { digest }), resource("y")];
      await refused(statementJson(resources), "RESOURCE_DIGEST", /"x"/);
    }
  });

  test("for the same name twice, whatever the digests", async () => {
    await refused(statementJson([resource("a"), resource("a")]), "NAME_DUPLICATE", /"a"/);
    await refused(statementJson([resource("a"), resource("b"), resource("a", { digest: sha256("other") })]), "NAME_DUPLICATE");
  });

  test("for names that are not canonical, which are never repaired", async () => {
    for (const name of ["", "/etc/passwd", "../x", "a/../b", "a/..", "..", "./x", "a/./b", "a/.", "a//b", "a/", "/", "a\0b"]) {
      await refused(statementJson([resource("a0"), resource(name)]), "NAME_NOT_CANONICAL");
    }
  });
});

suite("a statement is read with a warning", () => {
  test("where resources are not in code-point order", async () => {
    const unsorted = [resource("a/b"), resource("a-b")];
    const content = await read(statementJson(unsorted));
    assert.deepEqual(codes(content), ["RESOURCES_UNSORTED"]);
    assert.deepEqual([...content.files.keys()], ["a/b", "a-b"]);
    assert.equal(content.rootDigest, `sha256:${rootDigest(unsorted)}`);
    const sorted = await read(statementJson(unsorted.toReversed()));
    assert.deepEqual(codes(sorted), []);
    assert.equal(content.manifestDigest, sorted.manifestDigest);
  });

  test("not where code-point order differs from JavaScript's", async () => {
    const names = ["a", "\uE000", "\uFFFD", "🦜"];
    assert.deepEqual(codes(await read(statementJson(names.map((name) => resource(name))))), []);
    const content = await read(statementJson(["a", "🦜", "\uE000", "\uFFFD"].map((name) => resource(name))));
    assert.deepEqual(codes(content), ["RESOURCES_UNSORTED"]);
    assert.equal(content.manifestDigest, manifestDigest(names.map((name) => [name, sha256(name)])));
  });

  test("where names fall together on other systems, or look like Windows paths", async () => {
    assert.deepEqual(codes(await read(statementJson([resource("README.md"), resource("readme.md")]))), ["NAMES_FOLD_TOGETHER"]);
    assert.deepEqual(codes(await read(statementJson([resource("a\\b"), resource("c:d")]))), ["NAME_UNUSUAL"]);
  });
});

suite("Windows' rules for names", () => {
  test("hold where they are asked for", async () => {
    const payload = payloadOf(statementJson([resource("a\\b")]));
    await readStatement(payload, { platform: "posix" });
    await assert.rejects(readStatement(payload, { platform: "windows" }), { code: "NAME_FORBIDDEN" });
  });
});

suite("any payload", () => {
  test("gives a manifest or an AssayError, mutations of a good one too", async () => {
    const good = payloadOf(statementJson([resource("a"), resource("b/c"), resource("é")], { ...FILES, ignore_paths: ["x"] }));
    const mutated = fc
      .array(fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0x20, max: 0x7e }), fc.nat(2)), { minLength: 1, maxLength: 3 })
      .map((changes) => {
        const bytes = [...good];
        for (const [at, byte, removed] of changes) bytes.splice(at, removed, byte);
        return Uint8Array.from(bytes);
      });
    await fc.assert(
      fc.asyncProperty(fc.oneof(mutated, fc.uint8Array()), async (payload) => {
        try {
          const content = await readStatement(payload);
          assert.ok(content.files.size > 0);
        } catch (error) {
          assert.ok(error instanceof AssayError && error.code !== "INTERNAL", String(error));
        }
      }),
      { numRuns: 1500 },
    );
  });

  test("with any value in the place of any other gives a manifest or an AssayError", async () => {
    const places = ["_type", "subject", "predicateType", "predicate"];
    const inPredicate = ["serialization", "resources"];
    const value = fc.jsonValue({ maxDepth: 3 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places, ...inPredicate), value, async (place, junk) => {
        const statement = statementJson();
        const patched = inPredicate.includes(place)
          ? { ...statement, predicate: { serialization: FILES, resources: [resource("a")], [place]: junk } }
          : { ...statement, [place]: junk };
        try {
          await read(patched);
        } catch (error) {
          assert.ok(error instanceof AssayError && error.code !== "INTERNAL", String(error));
        }
      }),
      { numRuns: 500 },
    );
  });
});
