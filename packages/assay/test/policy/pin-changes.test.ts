import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Facts } from "../../src/policy/facts.ts";
import type { LockedModel } from "../../src/policy/lock.ts";
import { pinChanges } from "../../src/policy/pin-changes.ts";
import { pinModel } from "../../src/policy/pin-model.ts";
import { CLEAN, decideBy, EVERY_RULE, KNOWLEDGE, MANIFEST, NOW, OTHER_MANIFEST, policyOf } from "../support/policy/facts.ts";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const KEY = { method: "key", fingerprint: "f".repeat(64) } as const;
const BEFORE: LockedModel = {
  manifest: MANIFEST,
  signer: KEY,
  revision: COMMIT,
  signedAt: "2026-06-01T12:00:00.000Z",
  decision: "allow",
  policy: OTHER_MANIFEST,
  pinned: "2026-07-01T00:00:00.000Z",
};
const OTHER = { ...BEFORE, manifest: OTHER_MANIFEST, revision: "f".repeat(40) };

const kinds = (now: Partial<LockedModel>, before: LockedModel | undefined = BEFORE) =>
  pinChanges(before, { ...BEFORE, ...now }).map(({ kind, isSuspicious }) => (isSuspicious ? `${kind}!` : kind));

suite("what changed since a model was pinned:", () => {
  test("nothing, whatever the date of the pin", () => {
    assert.deepEqual(kinds({ pinned: "2026-12-01T00:00:00.000Z" }), []);
    assert.deepEqual(
      pinChanges(undefined, BEFORE).map(({ kind }) => kind),
      ["new"],
    );
  });

  test("a newer version is honest, and an older one is not", () => {
    assert.deepEqual(kinds({ ...OTHER, signedAt: "2026-06-02T12:00:00.000Z" }), ["bytes"]);
    assert.deepEqual(kinds({ ...OTHER, signedAt: "2026-05-31T12:00:00.000Z" }), ["bytes", "older!"]);
    assert.deepEqual(kinds({ ...OTHER, signedAt: undefined }), ["bytes", "time-unknown!"]);
    assert.deepEqual(kinds({ ...OTHER, signedAt: undefined }, { ...BEFORE, signedAt: undefined }), ["bytes"]);
    assert.deepEqual(kinds({ signedAt: "2026-05-31T12:00:00.000Z" }), []);
  });

  test("other bytes under the same commit or digest, but not under a branch", () => {
    assert.deepEqual(kinds({ ...OTHER, revision: COMMIT }), ["replaced!"]);
    const digest = `sha256:${"1".repeat(64)}`;
    assert.deepEqual(kinds({ ...OTHER, revision: digest }, { ...BEFORE, revision: digest }), ["replaced!"]);
    assert.deepEqual(kinds({ ...OTHER, revision: "main" }, { ...BEFORE, revision: "main" }), ["bytes"]);
    assert.deepEqual(kinds({ ...OTHER, revision: undefined }, { ...BEFORE, revision: undefined }), ["bytes"]);
  });

  test("another signer, or none", () => {
    assert.deepEqual(kinds({ signer: { ...KEY, fingerprint: "0".repeat(64) } }), ["signer!"]);
    assert.deepEqual(kinds({ signer: null }), ["unsigned!"]);
    assert.deepEqual(kinds({}, { ...BEFORE, signer: null }), ["signer-added"]);
    assert.deepEqual(kinds({ signer: null }, { ...BEFORE, signer: null }), []);
  });

  test("another decision or policy", () => {
    assert.deepEqual(kinds({ decision: "deny", policy: MANIFEST }), ["decision", "policy"]);
  });
});

const pinned = async (facts: Facts, rules = EVERY_RULE) =>
  pinModel(facts, await policyOf(rules), { policyDigest: OTHER_MANIFEST, revision: COMMIT, at: NOW }, KNOWLEDGE);

suite("the pin of a model", () => {
  test("has the signer whom the policy trusts, the proven time and the decision", async () => {
    const { entry, decision } = await pinned(CLEAN);
    assert.deepEqual(entry, { ...BEFORE, pinned: NOW.toISOString() });
    assert.equal(decision.decision, "allow");
  });

  test("satisfies the rule that requires it, whatever was pinned before", async () => {
    for (const lock of [{ lock: undefined }, { unavailable: "?" }]) {
      assert.notEqual((await decideBy(EVERY_RULE, { ...CLEAN, lock })).decision, "allow");
      assert.equal((await pinned({ ...CLEAN, lock })).decision.decision, "allow");
    }
  });

  test("is of the bytes alone where the policy asks for no signer, or none fits", async () => {
    assert.equal((await pinned(CLEAN, "pin: required")).entry.signer, null);
    const unsigned = { ...CLEAN, signature: { isSigned: false, changed: [], always: [], entry: [] } };
    const { entry, decision } = await pinned(unsigned);
    assert.deepEqual([entry.signer, entry.signedAt, entry.decision, decision.decision], [null, undefined, "deny", "deny"]);
    const open = await pinned({ ...CLEAN, signature: { unavailable: "?" } });
    assert.deepEqual([open.entry.signer, open.entry.decision], [null, "incomplete"]);
  });

  test("has no signer out of the time for which it is trusted", async () => {
    const rules = "signers: [{ key: { file: k.pub }, valid-from: 2026-07-01 }]";
    assert.equal((await pinned(CLEAN, rules)).entry.signer, null);
  });
});

test("the rule pin says that bytes were replaced under the same revision", async () => {
  const [entry] = CLEAN.lock !== undefined && "lock" in CLEAN.lock ? [...(CLEAN.lock.lock?.models.values() ?? [])] : [];
  const lock = { lock: { models: new Map([["granite", { ...(entry ?? assert.fail()), manifest: OTHER_MANIFEST, revision: COMMIT }]]) } };
  const message = async (revision: string | undefined) =>
    (await decideBy("pin: required", { ...CLEAN, lock, model: { ...CLEAN.model, revision } })).rules[0]?.message ?? "";
  assert.match(await message(COMMIT), /under the same revision 0123456789/);
  assert.doesNotMatch(await message("f".repeat(40)), /revision/);
});
