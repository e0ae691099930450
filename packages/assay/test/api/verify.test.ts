import assert from "node:assert/strict";
import { appendFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { detailsOf, digest, keySigner, sign, verify, type Verification, type Warning } from "../../src/index.ts";
import { KEY_KINDS, makeKeyPair } from "../support/keys.ts";
import { writeFiles } from "../support/models/on-disk.ts";
import { rejectsWith } from "../support/rejects.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

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

function codes({ warnings }: { readonly warnings: readonly Warning[] }): string[] {
  return warnings.map(({ code }) => code);
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

test("a pin is the manifest digest; the root digest passes with a warning, and no other digest", async () => {
  const { model, signature } = await signedModel();
  const { rootDigest, manifestDigest } = await digest(model);
  for (const expectDigest of [
    manifestDigest,
    manifestDigest.slice("sha256:".length),
    manifestDigest.slice("sha256:".length).toUpperCase(),
  ]) {
    const answer = await verify(model, { trust, signature, expectDigest });
    assert.deepEqual([answer.outcome, answer.warnings], ["verified", []]);
  }
  const byRoot = await verify(model, { trust, signature, expectDigest: rootDigest });
  assert.equal(byRoot.outcome, "verified");
  assert.deepEqual(codes(byRoot), ["PIN_WITHOUT_NAMES"]);
  assert.match(byRoot.warnings[0]?.message ?? "", new RegExp(manifestDigest));
  const other = await verify(model, { trust, signature, expectDigest: "0".repeat(64) });
  assert.equal(expectFailed(other).error.code, "DIGEST_PIN_MISMATCH");
  assert.match(expectFailed(other).error.message, new RegExp(manifestDigest));
  await rejectsWith("USAGE", () => verify(model, { trust, signature, expectDigest: "sha256:12" }));
});

test("a pin by manifest digest refuses the same bytes under other names", async () => {
  const { model, cwd } = await signedModel();
  const { rootDigest, manifestDigest } = await digest(model);
  renameSync(join(model, "weights/b.bin"), join(model, "weights/c.bin"));
  const signature = join(cwd, "renamed.sig");
  await sign(model, { signer: await keySigner(keys), signature });
  assert.equal((await digest(model)).rootDigest, rootDigest);
  assert.equal((await verify(model, { trust, signature, expectDigest: manifestDigest })).outcome, "failed");
});

test("a pin that was recorded of another way of hashing is told apart", async () => {
  const { model, cwd } = await signedModel();
  const signature = join(cwd, "blake.sig");
  await sign(model, { signer: await keySigner(keys), signature, hash: "blake2b" });
  const answer = expectFailed(await verify(model, { trust, signature, expectDigest: (await digest(model)).manifestDigest }));
  assert.match(answer.error.hint ?? "", /blake2b of whole files/);
});

test("what is not covered fails where all must be covered, by whatever rule it was left out", async () => {
  const cwd = temporaryFolder();
  const model = writeFiles(join(cwd, "granite"), { ...FILES, "logs/1": "1" });
  const signature = join(cwd, "model.sig");
  await sign(model, { signer: await keySigner(keys), signature, ignorePaths: [join(model, "logs")] });
  const signers = expectFailed(await verify(model, { trust, signature, requireAll: true }));
  assert.deepEqual([signers.error.code, signers.differences, signers.matchedFiles], ["MODEL_NOT_COVERED", [], 3]);
  assert.match(signers.error.message, /1 path .* logs/);
  rmSync(join(model, "logs"), { recursive: true });
  assert.equal((await verify(model, { trust, signature, requireAll: true })).outcome, "verified");

  for (const name of [".github", ".git", "extra"]) {
    symlinkSync("/nowhere", join(model, name));
    const answer = expectFailed(await verify(model, { trust, signature, requireAll: true, ignoreUnsignedFiles: true }));
    assert.equal(answer.error.code, "MODEL_NOT_COVERED", name);
    rmSync(join(model, name));
  }
  writeFileSync(join(model, "mine"), "");
  const callers = { trust, signature, ignorePaths: [join(model, "mine")] };
  assert.equal((await verify(model, callers)).outcome, "verified");
  assert.equal((await verify(model, { ...callers, requireAll: true })).outcome, "failed");
});

test("git's own files count where the caller says so, though the signer left them out", async () => {
  const { model, signature } = await signedModel();
  writeFiles(model, { ".github/weights.bin": "evil" });
  assert.equal((await verify(model, { trust, signature })).outcome, "verified");
  const answer = expectFailed(await verify(model, { trust, signature, ignoreGitPaths: false }));
  assert.deepEqual(answer.differences, [{ kind: "extra", name: ".github/weights.bin", foundSize: 4 }]);
});

test("the signature in the model is taken before model.sig in the current directory, and that is said", async () => {
  const { model, cwd } = await signedModel();
  await sign(model, { signer: await keySigner(keys), signature: join(model, "model.sig") });
  const answer = await verify(model, { trust, cwd });
  assert.equal(answer.signature?.path, join(model, "model.sig"));
  assert.deepEqual([answer.outcome, codes(answer)], ["verified", ["SIGNATURE_PASSED_OVER"]]);
});

test("a signature in the model that is a link is refused, found or named, and its target is not hidden", async () => {
  const { model, signature } = await signedModel();
  renameSync(signature, join(model, "chat.jinja"));
  symlinkSync("chat.jinja", join(model, "model.sig"));
  for (const options of [{}, { signature: join(model, "model.sig") }, { allowSymlinks: true, ignoreUnsignedFiles: true }]) {
    const answer = expectFailed(await verify(model, { trust, ...options, cwd: model }));
    assert.equal(answer.error.code, "LINK_NOT_ALLOWED");
  }
  writeFileSync(join(model, "chat.jinja"), "{{ evil }}");
  const unread = expectFailed(await verify(model, { trust, signature: join(model, "model.sig") }));
  assert.equal(unread.error.code, "LINK_NOT_ALLOWED", "what the link leads to is not read as a signature");
});

test("another signature in the model is told, and whether it is covered", async () => {
  const { model, cwd } = await signedModel();
  const older = join(model, "model.sig");
  await sign(model, { signer: await keySigner(keys), signature: older });
  const signature = join(model, "new.oms.sig");
  const signed = await sign(model, { signer: await keySigner(keys), signature });
  assert.deepEqual(codes(signed), ["SIGNATURE_IN_MODEL"]);
  const answer = await verify(model, { trust, signature, cwd });
  assert.equal(answer.outcome, "verified");
  assert.match(answer.warnings.map(({ message }) => message).join(), /another signature, model\.sig, .* one of the signed files/);
  await rejectsWith("SIGNATURE_AMBIGUOUS", () => verify(model, { trust, cwd }));
  await sign(model, { signer: await keySigner(keys), signature, ignorePaths: [older] });
  const ignored = await verify(model, { trust, signature, cwd });
  assert.match(ignored.warnings.map(({ message }) => message).join(), /another signature, model\.sig, .* not covered/);
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
