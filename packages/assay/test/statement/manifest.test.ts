import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { readManifest, readStatement, readUnverifiedManifest } from "../../src/statement/read.ts";
import type { VerifiedEnvelope } from "../../src/trust/envelope.ts";
import { historicalJson, manifestDigest, payloadOf, rootDigest, resource, sha256, statementJson } from "../support/statements.ts";

/** In place of an envelope that the real verification made, as far as it matters here. */
function envelope(statement: unknown, historical: boolean, method = "key"): VerifiedEnvelope {
  const made: unknown = { payload: payloadOf(statement), historical, signer: { method }, warnings: [] };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the verification makes one in earnest
  return made as VerifiedEnvelope;
}

suite("a manifest", () => {
  test("comes from a verified envelope and a statement of the same format", async () => {
    assert.equal((await readManifest(envelope(statementJson(), false))).format, "oms-1.0");
    assert.equal((await readManifest(envelope(historicalJson(["a"]), true))).format, "historical-0.1");
  });

  test("is refused where today's statement is under the reference 0.2.0's encoding, or the other way round", async () => {
    await assert.rejects(readManifest(envelope(statementJson(), true)), { code: "HISTORICAL_MISMATCH" });
    await assert.rejects(readManifest(envelope(historicalJson(["a"]), false)), { code: "HISTORICAL_MISMATCH" });
  });

  test("of the reference 0.2.0 that was signed keyless is under today's encoding", async () => {
    assert.equal((await readManifest(envelope(historicalJson(["a"]), false, "sigstore"))).format, "historical-0.1");
    await assert.rejects(readManifest(envelope(statementJson(), true, "sigstore")), { code: "HISTORICAL_MISMATCH" });
  });

  test("is read under Windows' rules where they are asked for", async () => {
    const statement = statementJson([resource("a:b")]);
    await assert.rejects(readManifest(envelope(statement, false), { platform: "windows" }), { code: "NAME_FORBIDDEN" });
  });
});

const bundle = (payloadType: string): Parameters<typeof readUnverifiedManifest>[0] => ({
  version: "0.3",
  material: { kind: "publicKey", hint: undefined, rawBytes: undefined },
  tlogEntries: [],
  timestamps: [],
  envelope: { payloadType, payload: payloadOf(statementJson()), signature: Uint8Array.of(1) },
});

suite("an unverified manifest", () => {
  test("is read from any bundle with a statement", async () => {
    const content = await readUnverifiedManifest(bundle("application/vnd.in-toto+json"));
    assert.deepEqual(content, await readStatement(payloadOf(statementJson())));
  });

  test("is refused where the payload is something else", async () => {
    await assert.rejects(readUnverifiedManifest(bundle("application/json")), { code: "PAYLOAD_TYPE" });
  });
});

const read = (statement: unknown): ReturnType<typeof readStatement> => readStatement(payloadOf(statement));
const subject = (patch: Record<string, unknown>): unknown =>
  historicalJson([], { subject: [{ name: "a", digest: { sha256: sha256("a") }, ...patch }] });

suite("a statement of the reference 0.2.0", () => {
  test("lists its files as subjects", async () => {
    const content = await read(historicalJson(["b", "a/c"]));
    assert.deepEqual(content, {
      format: "historical-0.1",
      modelName: "",
      serialization: { method: "files", hash: "sha256" },
      allowSymlinks: false,
      ignorePaths: [],
      files: new Map([
        ["b", { name: "b", digests: [sha256("b")], size: undefined }],
        ["a/c", { name: "a/c", digests: [sha256("a/c")], size: undefined }],
      ]),
      resourceCount: 2,
      rootDigest: `sha256:${rootDigest([resource("b"), resource("a/c")])}`,
      manifestDigest: manifestDigest([
        ["a/c", sha256("a/c")],
        ["b", sha256("b")],
      ]),
      warnings: content.warnings,
    });
    assert.deepEqual(
      content.warnings.map(({ code }) => code),
      ["HISTORICAL_FORMAT"],
    );
  });

  test("may be of a single file called ., and without annotations and predicate", async () => {
    const subject = [{ name: ".", digest: { sha256: sha256("x") } }];
    const content = await read(historicalJson([], { subject, predicate: undefined }));
    assert.deepEqual([...content.files.keys()], ["."]);
  });

  test("says nothing in its predicate that counts", async () => {
    const predicate = { serialization: { method: "shards" }, resources: "x" };
    assert.equal((await read(historicalJson(["a"], { predicate }))).files.size, 1);
  });

  test("is refused without subjects, and for subjects of another shape", async () => {
    await assert.rejects(read(historicalJson([])), { code: "RESOURCES_EMPTY" });
    await assert.rejects(read(historicalJson([], { subject: {} })), { code: "STATEMENT_SHAPE" });
    await assert.rejects(read(subject({ name: undefined })), { code: "STATEMENT_SHAPE" });
    await assert.rejects(read(subject({ digest: {} })), { code: "STATEMENT_SHAPE" });
    await assert.rejects(read(subject({ digest: { sha256: 7 } })), { code: "STATEMENT_SHAPE" });
    await assert.rejects(read(subject({ digest: { sha256: "AB".repeat(32) } })), { code: "RESOURCE_DIGEST" });
    await assert.rejects(read(subject({ annotations: { actual_hash_algorithm: 7 } })), { code: "STATEMENT_SHAPE" });
    await assert.rejects(read(subject({ annotations: { actual_hash_algorithm: "file-blake2b" } })), { code: "ALGORITHM_UNKNOWN" });
    await assert.rejects(read(historicalJson(["a"], { _type: "x" })), { code: "STATEMENT_TYPE" });
  });

  test("is rejected for names that are not canonical or appear twice", async () => {
    for (const name of ["../x", "/x", "a//b", "", "a/."])
      await assert.rejects(read(historicalJson(["a", name])), { code: "NAME_NOT_CANONICAL" });
    await assert.rejects(read(historicalJson(["a", "a"])), { code: "NAME_DUPLICATE" });
  });
});
