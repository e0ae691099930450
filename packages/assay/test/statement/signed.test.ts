import assert from "node:assert/strict";
import { createPrivateKey, sign } from "node:crypto";
import { suite, test } from "node:test";
import { parseBundle } from "../../src/bundle/parse.ts";
import { writeBundle } from "../../src/bundle/write.ts";
import type { ErrorCode } from "../../src/core/error-codes.ts";
import type { Manifest } from "../../src/statement/manifest.ts";
import { readManifest } from "../../src/statement/read.ts";
import { verifyEnvelope } from "../../src/trust/verify-envelope.ts";
import { makeKeyPair } from "../support/keys.ts";
import { rejectsWith } from "../support/rejects.ts";
import { FILES, historicalJson, resource, rootDigest, sha256, shardsOf, statementJson } from "../support/statements.ts";

const TYPE = "application/vnd.in-toto+json";
const keys = makeKeyPair("P-256");

/** A validly signed bundle around any payload, through the gates: what comes out was proven. */
async function manifestOf(statement: unknown, historical = false): Promise<Manifest> {
  const text = typeof statement === "string" ? statement : JSON.stringify(statement);
  const payload = Buffer.from(text);
  const head = `${historical ? "DSSEV1" : "DSSEv1"} ${TYPE.length} ${TYPE} ${payload.length} `;
  // Python's repr of bytes; these payloads hold neither backslashes, single quotes nor anything past ASCII.
  const signed = Buffer.concat([Buffer.from(head), historical ? Buffer.from(`b'${text}'`) : payload]);
  const signature = sign("sha256", signed, createPrivateKey(keys.privateKey));
  const bundle = writeBundle({
    material: { kind: "publicKey", hint: "", rawBytes: undefined },
    envelope: { payloadType: TYPE, payload, signature },
  });
  const envelope = await verifyEnvelope(parseBundle(bundle), { method: "key", publicKey: keys.publicKey }, new Date());
  assert.equal(envelope.historical, historical);
  return readManifest(envelope);
}

const json = JSON.stringify(statementJson());
const subject = (digest: string): unknown[] => [{ name: "x", digest: { sha256: digest } }];
const [a, b] = [resource("a"), resource("b")];

/** What a valid signature does not excuse. */
const REFUSED: readonly (readonly [rule: string, code: ErrorCode, statement: unknown])[] = [
  ["a key twice", "JSON_DUPLICATE_KEY", json.replace('"resources":', '"resources":[],"resources":')],
  ["a byte order mark", "JSON_ENCODING", `\uFEFF${json}`],
  ["half a surrogate pair", "JSON_ENCODING", json.replace("config.json", "\\ud800")],
  ["text after the value", "JSON_SYNTAX", `${json}{}`],
  ["NaN", "JSON_SYNTAX", json.replace('"allow_symlinks":false', '"allow_symlinks":NaN')],
  ["deep nesting", "JSON_TOO_DEEP", json.replace('"predicate":{', `"predicate":{"x":${"[".repeat(256)}${"]".repeat(256)},`)],
  ["another statement type", "STATEMENT_TYPE", statementJson([a], FILES, { _type: "https://in-toto.io/Statement/v0.1" })],
  ["another predicate type", "PREDICATE_TYPE", statementJson([a], FILES, { predicateType: "https://example.com/wrong-predicate/v1.0" })],
  ["no predicate", "STATEMENT_SHAPE", statementJson([a], FILES, { predicate: undefined })],
  ["no subject", "SUBJECT_COUNT", statementJson([a], FILES, { subject: [] })],
  ["two subjects", "SUBJECT_COUNT", statementJson([a], FILES, { subject: [...subject(rootDigest([a])), ...subject(rootDigest([a]))] })],
  ["another root digest", "ROOT_DIGEST", statementJson([a], FILES, { subject: subject(sha256("other")) })],
  ["no resources", "RESOURCES_EMPTY", statementJson([])],
  ["a field that serialization does not have", "STATEMENT_UNKNOWN_FIELD", statementJson([a], { ...FILES, x: 1 })],
  ['allow_symlinks: "yes"', "STATEMENT_SHAPE", statementJson([a], { ...FILES, allow_symlinks: "yes" })],
  ["a number in ignore_paths", "STATEMENT_SHAPE", statementJson([a], { ...FILES, ignore_paths: [1] })],
  ["an unknown hash", "ALGORITHM_UNKNOWN", statementJson([a], { ...FILES, hash_type: "sha3-256" })],
  ["a broken hash", "ALGORITHM_FORBIDDEN", statementJson([a], { ...FILES, hash_type: "sha1" })],
  ["an unknown method", "SERIALIZATION_UNKNOWN", statementJson([a], { ...FILES, method: "chunks" })],
  ["an algorithm that is not the statement's", "RESOURCE_ALGORITHM", statementJson([resource("a", { algorithm: "blake3" })])],
  ["a digest in upper case", "RESOURCE_DIGEST", statementJson([resource("a", { digest: sha256("a").toUpperCase() })])],
  ["a digest that is too short", "RESOURCE_DIGEST", statementJson([resource("a", { digest: "ab" })])],
  ["a name that leads out of the model", "NAME_NOT_CANONICAL", statementJson([a, resource("../b")])],
  ["a name to be cleaned", "NAME_NOT_CANONICAL", statementJson([resource("./a")])],
  ["an absolute name", "NAME_NOT_CANONICAL", statementJson([resource("/etc/passwd")])],
  ["an empty name", "NAME_NOT_CANONICAL", statementJson([resource("")])],
  ["a name twice", "NAME_DUPLICATE", statementJson([a, resource("a", { digest: sha256("other") })])],
  ["a shard size with whole files", "STATEMENT_SHAPE", statementJson([a], { ...FILES, shard_size: 10 })],
  ["a shard size of 100.5", "STATEMENT_SHAPE", statementJson([resource("a:0:10")], shardsOf(100.5))],
  ["a shard size of 0", "STATEMENT_SHAPE", statementJson([resource("a:0:10")], shardsOf(0))],
  ["a shard without bytes", "SHARDS_INVALID", statementJson([resource("a:0:0")], shardsOf(10))],
  ["a gap between shards", "SHARDS_INVALID", statementJson([resource("a:0:10"), resource("a:20:30")], shardsOf(10))],
  ["today's format with a predicate of 0.2.0", "HISTORICAL_MISMATCH", historicalJson(["a"])],
];

async function refused(code: ErrorCode, work: () => unknown): Promise<void> {
  await rejectsWith(code, work);
}

suite("a valid signature does not excuse", () => {
  for (const [rule, code, statement] of REFUSED) {
    test(rule, () => refused(code, () => manifestOf(statement)));
  }
});

suite("a valid signature of the reference 0.2.0", () => {
  test("proves a statement of that version", async () => {
    const manifest = await manifestOf(historicalJson(["a", "b"]), true);
    assert.deepEqual([...manifest.files.keys()], ["a", "b"]);
  });

  test("proves no statement of another version", () => refused("HISTORICAL_MISMATCH", () => manifestOf(statementJson([a, b]), true)));
  test("does not excuse a file twice", () => refused("NAME_DUPLICATE", () => manifestOf(historicalJson(["a", "a"]), true)));
  test("does not excuse a list without files", () => refused("RESOURCES_EMPTY", () => manifestOf(historicalJson([]), true)));
});

suite("a valid signature proves", () => {
  test("whole files and shards", async () => {
    assert.equal((await manifestOf(statementJson([a, b]))).files.size, 2);
    assert.equal((await manifestOf(statementJson([resource("a:0:10"), resource("a:10:11")], shardsOf(10)))).files.get("a")?.size, 11);
  });
});
