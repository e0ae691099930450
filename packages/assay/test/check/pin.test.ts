import assert from "node:assert/strict";
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { pin, type PinOptions } from "../../src/api/pin.ts";
import { readLock } from "../../src/policy/read-lock.ts";
import { checkFolder, POISON } from "../support/check/checked.ts";
import { writeFiles } from "../support/models/on-disk.ts";
import { rejectsWith } from "../support/rejects.ts";

const SIGNED = "signers: [{ key: { file: ours.pub } }]\npin: required\n";
const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const AT = new Date("2026-12-01T00:00:00Z");

async function workshop(files: Readonly<Record<string, string | Uint8Array>> = {}) {
  const { root, policy } = await checkFolder(files);
  const lock = join(root, "assay.lock");
  policy(SIGNED);
  return {
    root,
    policy,
    lock,
    pinned: async (options: PinOptions = {}, models: readonly string[] = ["granite"]) =>
      pin(models, "policy.yml", { cwd: root, at: AT, threads: 1, ...options }),
    read: () => readLock(readFileSync(lock), "assay.lock").models,
  };
}

suite("a model is pinned", () => {
  test("with its bytes, signer, decision and policy, beside what was pinned before", async () => {
    const { lock, pinned, read } = await workshop();
    writeFileSync(
      lock,
      `version: 1\nmodels:\n  zeta:\n    manifest: sha256:${"a".repeat(64)}\n    signer: null\n    decision: deny\n    policy: sha256:${"b".repeat(64)}\n    pinned: 2026-01-01T00:00:00Z\n`,
    );
    const { isWritten, models, warnings } = await pinned();
    assert.deepEqual([isWritten, models[0]?.refused, models[0]?.decision.decision, warnings], [true, undefined, "allow", []]);
    assert.deepEqual([...read().keys()], ["granite", "zeta"]);
    const entry = read().get("granite") ?? assert.fail();
    assert.deepEqual([entry.signer?.method, entry.decision, entry.pinned], ["key", "allow", AT.toISOString()]);
    assert.equal(entry.manifest, models[0]?.check.digested?.manifestDigest);
    assert.equal(entry.policy, models[0]?.check.policy.digest);
  });

  test("under its reference, with the commit", async () => {
    const { pinned, read } = await workshop();
    await pinned({ as: `hf:acme/granite@${COMMIT}` });
    assert.equal(read().get("acme/granite")?.revision, COMMIT);
  });

  test("once: a second time, nothing is written and the date stays", async () => {
    const { lock, pinned } = await workshop();
    await pinned();
    const before = readFileSync(lock, "utf8");
    const { isWritten, models } = await pinned({ at: new Date("2026-12-09T00:00:00Z") });
    assert.deepEqual([isWritten, models[0]?.changes], [false, []]);
    assert.equal(readFileSync(lock, "utf8"), before);
  });

  test("in another file, which need not be there; the usual one is not read", async () => {
    const { root, lock, pinned } = await workshop();
    writeFileSync(lock, "broken");
    assert.equal((await pinned({ lock: "mine.lock" })).lock, join(root, "mine.lock"));
    assert.ok(existsSync(join(root, "mine.lock")));
    await rejectsWith("LOCK_SYNTAX", async () => pinned());
  });

  test("anew where it is another version, and comments that are lost are said", async () => {
    const { root, lock, pinned, read } = await workshop();
    const policy = "load: data-only\npin: required\n";
    writeFileSync(
      join(root, "policy.yml"),
      readFileSync(join(root, "policy.yml"), "utf8").replace(/ {6}signers[^]*/, policy.replaceAll(/^(?=.)/gm, "      ")),
    );
    await pinned();
    appendFileSync(lock, "# reviewed\n");
    writeFileSync(join(root, "granite", "more.txt"), "more");
    const { models, isWritten, warnings } = await pinned();
    assert.deepEqual([isWritten, models[0]?.changes.map(({ kind }) => kind)], [true, ["bytes"]]);
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ["LOCK_COMMENTS_LOST"],
    );
    assert.equal(read().get("granite")?.manifest, models[0]?.check.digested?.manifestDigest);
  });
});

suite("a model is not pinned without force", () => {
  test("where the policy denies it; by force the denial is recorded", async () => {
    const { lock, pinned, read, policy } = await workshop({ "extra.pkl": POISON });
    policy("load: data-only\n");
    const { isWritten, models } = await pinned();
    assert.deepEqual([isWritten, models[0]?.refused, existsSync(lock)], [false, "decision", false]);
    assert.equal((await pinned({ force: true })).isWritten, true);
    assert.equal(read().get("granite")?.decision, "deny");
  });

  test("where it lost its signature under a policy without signers, or has other bytes under its commit", async () => {
    const { root, lock, pinned, policy } = await workshop();
    const as = `hf:acme/granite@${COMMIT}`;
    await pinned({ as });
    const before = readFileSync(lock, "utf8");
    policy("load: data-only\n");
    writeFileSync(join(root, "granite", "more.txt"), "more");
    const { isWritten, models } = await pinned({ as });
    assert.deepEqual([isWritten, models[0]?.refused], [false, "change"]);
    assert.deepEqual(
      models[0]?.changes.filter(({ isSuspicious }) => isSuspicious).map(({ kind }) => kind),
      ["replaced", "unsigned"],
    );
    assert.equal(readFileSync(lock, "utf8"), before);
    assert.equal((await pinned({ as, force: true })).isWritten, true);
    assert.notEqual(readFileSync(lock, "utf8"), before);
  });

  test("together with one that is refused: all or none", async () => {
    const { root, lock, pinned, policy } = await workshop();
    policy("load: data-only\n");
    mkdirSync(join(root, "poisoned"));
    writeFiles(join(root, "poisoned"), { "a.pkl": POISON });
    const { isWritten, models } = await pinned({}, ["granite", "poisoned"]);
    assert.deepEqual([isWritten, models.map(({ refused }) => refused), existsSync(lock)], [false, [undefined, "decision"], false]);
  });
});

suite("a model cannot be pinned", () => {
  test("where it cannot be read, by force neither", async () => {
    const { root, lock, pinned } = await workshop();
    renameSync(join(root, "granite", "config.json"), join(root, "elsewhere.json"));
    const { symlinkSync } = await import("node:fs");
    symlinkSync("../elsewhere.json", join(root, "granite", "config.json"));
    const { isWritten, models } = await pinned({ force: true });
    assert.deepEqual([isWritten, models[0]?.refused, models[0]?.entry, existsSync(lock)], [false, "unreadable", undefined, false]);
  });

  test("under the name of another, or one that a lock file cannot hold", async () => {
    const { root, pinned, policy } = await workshop();
    policy("load: any\n");
    for (const name of ["a/one", "b/one", "<<"]) {
      mkdirSync(join(root, name), { recursive: true });
      writeFiles(join(root, name), { "config.json": "{}" });
    }
    await rejectsWith("USAGE", async () => pinned({ force: true }, ["a/one", "b/one"]));
    const error = await rejectsWith("USAGE", async () => pinned({ force: true }, ["<<"]));
    assert.match(error.message, /cannot be recorded/);
  });

  test("where another process wrote the lock file meanwhile", async () => {
    const { lock, pinned } = await workshop();
    const onProgress = () => writeFileSync(lock, "version: 1\nmodels: {}\n");
    await rejectsWith("FILE_CHANGED", async () => pinned({ onProgress }));
    assert.equal(readFileSync(lock, "utf8"), "version: 1\nmodels: {}\n");
  });
});

suite("a lock file is compared", () => {
  test("with the models, and nothing is written", async () => {
    const { root, lock, pinned } = await workshop();
    await rejectsWith("FILE_NOT_FOUND", async () => pinned({ isCompared: true }));
    await pinned();
    await pinned({ as: "hf:acme/gone" });
    const before = readFileSync(lock, "utf8");
    const same = await pinned({ isCompared: true });
    assert.deepEqual([same.isWritten, same.models[0]?.changes, same.vanished], [false, [], ["acme/gone"]]);
    writeFileSync(join(root, "granite", "more.txt"), "more");
    const { models } = await pinned({ isCompared: true });
    assert.ok(models[0]?.changes.some(({ kind }) => kind === "bytes"));
    assert.equal(readFileSync(lock, "utf8"), before);
  });
});
