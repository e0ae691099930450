import assert from "node:assert/strict";
import { appendFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { detailsOf, digest, keySigner, sign, verify, type Verification } from "../src/index.ts";
import { KEY_KINDS, makeKeyPair } from "./keys.ts";
import { writeFiles } from "./model-on-disk.ts";
import { rejectsWith } from "./rejects.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const keys = makeKeyPair("P-256");
const trust = { method: "key", publicKey: keys.publicKey } as const;
const FILES = { "config.json": "{}", "weights/a.bin": "aaaa", "weights/b.bin": "bbbb" };

/** A signed model in a folder of its own: the model, and its signature beside it. */
async function signedModel(
  files: Record<string, string> = FILES,
  privateKey = keys.privateKey,
): Promise<{ model: string; signature: string; cwd: string }> {
  const cwd = temporaryFolder();
  const model = writeFiles(join(cwd, "granite"), files);
  const signature = join(cwd, "model.sig");
  await sign(model, { signer: await keySigner({ privateKey }), signature });
  return { model, signature, cwd };
}

function expectFailed(answer: Verification): Extract<Verification, { outcome: "failed" }> {
  assert.equal(answer.outcome, "failed");
  return answer;
}

for (const kind of KEY_KINDS) {
  test(`a model signed with a ${kind} key verifies with its public half, and with no other`, async () => {
    const { privateKey, publicKey } = makeKeyPair(kind);
    const { model, signature } = await signedModel(FILES, privateKey);
    const answer = await verify(model, { trust: { method: "key", publicKey }, signature });
    assert.equal(answer.outcome, "verified");
    const other = await verify(model, { trust: { method: "key", publicKey: makeKeyPair(kind).publicKey }, signature });
    assert.equal(expectFailed(other).error.code, "SIGNATURE_INVALID");
  });
}

test("a verified answer carries its evidence", async () => {
  const { model, signature } = await signedModel();
  const answer = await verify(model, { trust, signature, now: () => new Date("2030-01-01") });
  assert.ok(answer.outcome === "verified");
  assert.equal(answer.signature.path, signature);
  assert.equal(answer.signer.method, "key");
  assert.match(answer.signer.fingerprint, /^[0-9a-f]{64}$/);
  assert.equal(answer.manifest.files.size, 3);
  assert.equal(answer.verifiedModel.matchedFiles, 3);
  assert.equal(answer.verifiedModel.matchedBytes, 10);
  assert.deepEqual(answer.verifiedAt?.time, new Date("2030-01-01"));
});

test("every difference is told at once: changed, missing, extra, renamed", async () => {
  const { model, signature } = await signedModel({ ...FILES, "gone.txt": "gone", "old-name.txt": "same bytes" });
  appendFileSync(join(model, "config.json"), " ");
  rmSync(join(model, "gone.txt"));
  renameSync(join(model, "old-name.txt"), join(model, "new-name.txt"));
  writeFileSync(join(model, "extra.bin"), "extra");
  const answer = expectFailed(await verify(model, { trust, signature }));
  assert.equal(answer.error.code, "MODEL_MISMATCH");
  assert.equal(answer.signer?.method, "key", "the signature itself is valid, and the answer says whose it is");
  const told = answer.differences.map((difference) => `${difference.kind} ${difference.name}`).sort();
  assert.deepEqual(told, ["changed config.json", "extra extra.bin", "missing gone.txt", "renamed old-name.txt"]);
  assert.equal(answer.matchedFiles, 2);
});

test("a signature in the model is found, and is neither signed nor compared", async () => {
  const cwd = temporaryFolder();
  const model = writeFiles(join(cwd, "granite"), FILES);
  const before = await digest(model);
  const { manifest } = await sign(model, { signer: await keySigner(keys), signature: join(model, "model.sig") });
  assert.deepEqual([...manifest.files.keys()], Object.keys(FILES));
  const answer = await verify(model, { trust, cwd });
  assert.equal(answer.outcome, "verified");
  assert.equal(answer.signature?.found, true);
  const after = await digest(model);
  assert.deepEqual([after.rootDigest, after.manifestDigest], [before.rootDigest, before.manifestDigest]);
  assert.equal(before.rootDigest, manifest.rootDigest);
});

test("--expect-digest accepts this model's root or manifest digest and no other's", async () => {
  const { model, signature } = await signedModel();
  const { rootDigest, manifestDigest } = await digest(model);
  for (const expectDigest of [rootDigest, `sha256:${manifestDigest}`, manifestDigest.toUpperCase()]) {
    assert.equal((await verify(model, { trust, signature, expectDigest })).outcome, "verified");
  }
  const other = await verify(model, { trust, signature, expectDigest: "0".repeat(64) });
  assert.equal(expectFailed(other).error.code, "DIGEST_PIN_MISMATCH");
  await rejectsWith("USAGE", () => verify(model, { trust, signature, expectDigest: "sha256:12" }));
});

test("a model under another name verifies, with a warning", async () => {
  const { model, signature, cwd } = await signedModel();
  renameSync(model, join(cwd, "renamed"));
  const answer = await verify(join(cwd, "renamed"), { trust, signature });
  assert.equal(answer.outcome, "verified");
  assert.deepEqual(
    answer.warnings.map(({ code }) => code),
    ["SUBJECT_NAME_DIFFERS"],
  );
});

test("the bundle may be passed as bytes", async () => {
  const { model } = await signedModel();
  const { bundle, path } = await sign(model, { signer: await keySigner(keys) });
  assert.equal(path, undefined);
  assert.equal((await verify(model, { trust, signature: bundle })).outcome, "verified");
});

test("a broken bundle is a failed answer, a missing one a usage error", async () => {
  const { model, cwd } = await signedModel();
  writeFileSync(join(cwd, "broken.sig"), "{");
  assert.equal(expectFailed(await verify(model, { trust, signature: join(cwd, "broken.sig") })).error.code, "JSON_SYNTAX");
  await rejectsWith("FILE_NOT_FOUND", () => verify(model, { trust, signature: join(cwd, "none.sig") }));
});

test("what was signed by another method names both methods", async () => {
  const { model, signature } = await signedModel();
  const answer = expectFailed(await verify(model, { trust: { method: "certificate", certificates: [] }, signature }));
  assert.equal(answer.error.code, "METHOD_MISMATCH");
  assert.deepEqual(detailsOf(answer.error, "METHOD_MISMATCH"), { asked: "certificate", signedBy: "key" });
});

test("a stopped verification throws ABORTED and answers nothing", async () => {
  const { model, signature } = await signedModel();
  await rejectsWith("ABORTED", () => verify(model, { trust, signature, signal: AbortSignal.abort() }));
});

test("a stopped or failed signing leaves the older signature as it was", async () => {
  const { model, signature } = await signedModel();
  const signer = await keySigner(keys);
  await rejectsWith("ABORTED", () => sign(model, { signer, signature, signal: AbortSignal.abort() }));
  const liar = { ...signer, sign: () => Promise.resolve(new Uint8Array(70)) };
  await rejectsWith("SIGNATURE_ENCODING", () => sign(model, { signer: liar, signature }));
  assert.equal((await verify(model, { trust, signature })).outcome, "verified");
});
