import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { keySigner, sign } from "../../src/index.ts";
import { listedInventory, type ListedPlace } from "../../src/source/listed-inventory.ts";
import type { Difference } from "../../src/comparison/difference.ts";
import { sortByName } from "../../src/statement/name-order.ts";
import { proveBundle } from "../../src/verdict/prove.ts";
import { VerificationRecord } from "../../src/verdict/record.ts";
import type { Verification } from "../../src/verdict/verification.ts";
import { verifyListed, type ListedRules } from "../../src/verdict/verify-listed.ts";
import { makeKeyPair } from "../support/keys.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const FILES = { "config.json": "{}", "weights/a.bin": "aaaa", ".gitattributes": "*" };

/** Signs real files, and verifies what a list says is there now. */
async function verifyList(
  now: Readonly<Record<string, string>>,
  rules: ListedRules = {},
  place: Partial<ListedPlace> = {},
): Promise<Verification> {
  const root = join(temporaryFolder(), "model");
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const { privateKey, publicKey } = makeKeyPair("P-256");
  const signature = join(root, "model.sig");
  await sign(root, { signer: await keySigner({ privateKey }), signature });
  const record = new VerificationRecord("model");
  return record.attempt(async () => {
    const bytes = readFileSync(signature);
    const read = { bytes, source: { path: signature, found: true, bytes: bytes.length }, warnings: [] };
    const trust = { method: "key", publicKey } as const;
    const proven = await proveBundle(read, { trust, now: new Date(), platform: "posix" }, record);
    const list = sortByName(Object.entries(now).map(([name, text]) => ({ name, size: text.length, text })));
    const where = { kind: "directory", given: "model", modelName: "model", ...place } as const;
    const inventory = listedInventory(where, list, { signature: "model.sig", signed: proven.manifest });
    const hash = (files: readonly { name: string; size: number; text: string }[]) =>
      new Map(files.map(({ name, size, text }) => [name, { name, size, digests: [createHash("sha256").update(text).digest("hex")] }]));
    const digests = {
      ofSigned: (files: readonly (typeof list)[number][]) => Promise.resolve({ digests: hash(files), failures: new Map() }),
      ofCandidates: (files: readonly (typeof list)[number][]) => Promise.resolve(hash(files).values()),
    };
    return verifyListed(proven, inventory, digests, rules, record);
  });
}

function differencesOf(verification: Verification): readonly Difference["kind"][] {
  return verification.outcome === "failed" ? verification.differences.map(({ kind }) => kind) : [];
}

test("a listed model is verified as one on disk, its git files and the signature left out", async () => {
  const verification = await verifyList({ ...FILES, "model.sig": "{}" });
  assert.equal(verification.outcome, "verified");
  assert.deepEqual(verification.outcome === "verified" && verification.verifiedModel.notCovered.map(({ name }) => name), [
    ".gitattributes",
  ]);
});

test("a changed, an added and a renamed file are differences", async () => {
  assert.deepEqual(differencesOf(await verifyList({ ...FILES, "config.json": "{ }" })), ["changed"]);
  assert.deepEqual(differencesOf(await verifyList({ ...FILES, "run.py": "" })), ["extra"]);
  assert.deepEqual(differencesOf(await verifyList({ "config.json": "{}", "weights/b.bin": "aaaa" })), ["renamed"]);
});

test("a file that is only missing is a no, unless the list leaves out links: then it could not be told", async () => {
  const now = { "config.json": "{}" };
  assert.deepEqual(differencesOf(await verifyList(now)), ["missing"]);
  const shown = await verifyList(now, { leavesOutLinks: true });
  assert.equal(shown.outcome, "incomplete");
  assert.ok(shown.outcome === "incomplete");
  assert.equal(shown.error.code, "FILE_NOT_SHOWN");
  assert.match(shown.error.message, /1 signed file is not in the list of the model's files: weights\/a\.bin/);
});

test("a list that leaves out links hides no file that differs", async () => {
  const now = { "config.json": "changed" };
  assert.deepEqual(differencesOf(await verifyList(now, { leavesOutLinks: true })), ["changed", "missing"]);
});

test("a folder in the place of a signed file is told from a link", async () => {
  const verification = await verifyList(
    { "config.json": "{}", "weights/a.bin/part": "" },
    { leavesOutLinks: true, ignoreUnsignedFiles: true },
  );
  assert.ok(verification.outcome === "failed");
  assert.deepEqual(verification.differences, [{ kind: "missing", name: "weights/a.bin", signedSize: undefined, why: "a folder" }]);
});

test("no rule hides the file that is the model", async () => {
  const place = { kind: "file", given: ".gitattributes", modelName: ".gitattributes" } as const;
  const verification = await verifyList({ ".gitattributes": "*" }, {}, place);
  assert.equal(verification.outcome, "failed");
  assert.match(verification.outcome === "failed" ? verification.error.message : "", /is a single file/);
});
