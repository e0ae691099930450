import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { check, type Check, type CheckOptions } from "../../src/api/check.ts";
import { digest } from "../../src/api/digest.ts";
import { checkFolder, POISON, WEIGHTS, type CheckFolder } from "../support/check/checked.ts";
import { LLAMA } from "../support/models/described.ts";
import { rejectsWith } from "../support/rejects.ts";

const SIGNED = "signers: [{ key: { file: ours.pub } }]\n";

async function decisionOf({ root, policy }: CheckFolder, rules: string, options: CheckOptions = {}, more = ""): Promise<Check> {
  return check("granite", policy(rules, more), { cwd: root, at: new Date("2026-12-01T00:00:00Z"), ...options });
}

async function codeOf(folder: CheckFolder, rules: string, options: CheckOptions = {}): Promise<string | undefined> {
  const { decision } = await decisionOf(folder, rules, options);
  return decision.decidedBy?.code;
}

suite("check", () => {
  test("allows a signed model whose files, load, license and size are as the policy asks", async () => {
    const folder = await checkFolder();
    const rules = `${SIGNED}load: data-only\nformats: [safetensors]\nlicense: [Apache-2.0]\nsize: { max-bytes: 1MB, max-memory: 1MB }\ndigests: computed\n`;
    const { decision, digested, signers } = await decisionOf(folder, rules);
    assert.deepEqual(
      [decision.decision, decision.counts],
      ["allow", { pass: 7, deny: 0, warn: 0, unknown: 0, waived: 0 }],
      JSON.stringify(decision.rules),
    );
    assert.equal(signers?.proof?.manifest.files.size, 4);
    assert.equal(digested?.manifestDigest, (await digest(folder.model)).manifestDigest);
  });

  test("denies an unsigned model, another signer, changed bytes, a missing file and a file beside the signed ones", async () => {
    const unsigned = await checkFolder();
    rmSync(join(unsigned.model, "model.sig"));
    assert.equal(await codeOf(unsigned, SIGNED), "SIGNER_UNSIGNED");
    const folder = await checkFolder();
    assert.equal(await codeOf(folder, "signers: [{ key: { file: other.pub } }]\n"), "SIGNER_NONE_FITS");
    writeFileSync(join(folder.model, "extra.txt"), "x");
    assert.equal(await codeOf(folder, SIGNED), "COVERAGE_GAP");
    assert.equal(await codeOf(folder, `${SIGNED}coverage: weights\n`), undefined);
    writeFileSync(join(folder.model, "extra.py"), "x = 1");
    assert.equal(await codeOf(folder, `${SIGNED}coverage: weights\n`), "COVERAGE_GAP");
    rmSync(join(folder.model, "config.json"));
    assert.equal(await codeOf(folder, SIGNED), "BYTES_DIFFER");
    writeFileSync(join(folder.model, "config.json"), "{}");
    assert.equal(await codeOf(folder, SIGNED), "BYTES_DIFFER");
  });

  test("a file that the signer left out is part of the model, and not under the signature", async () => {
    const folder = await checkFolder();
    const { sign } = await import("../../src/api/sign.ts");
    const { keySigner } = await import("../../src/signing/key-signer.ts");
    const { makeKeyPair } = await import("../support/keys.ts");
    const { privateKey, publicKey } = makeKeyPair("P-256");
    writeFileSync(join(folder.root, "ours.pub"), publicKey);
    writeFileSync(join(folder.model, "notes.txt"), "x");
    await sign(folder.model, {
      signer: await keySigner({ privateKey }),
      signature: join(folder.model, "model.sig"),
      ignorePaths: [join(folder.model, "notes.txt")],
    });
    const { decision } = await decisionOf(folder, SIGNED);
    assert.equal(decision.decidedBy?.code, "COVERAGE_GAP");
    assert.match(decision.rules.find(({ rule }) => rule === "coverage")?.message ?? "", /notes\.txt/);
  });

  test("git's own files are not of the manifest, and are scanned all the same", async () => {
    const folder = await checkFolder();
    const before = await decisionOf(folder, SIGNED);
    mkdirSync(join(folder.model, ".github"));
    writeFileSync(join(folder.model, ".gitattributes"), "*.bin filter=lfs\n");
    const after = await decisionOf(folder, SIGNED);
    assert.equal(after.decision.decision, "allow");
    assert.equal(after.digested?.manifestDigest, before.digested?.manifestDigest);
    writeFileSync(join(folder.model, ".github/pytorch_model.bin"), POISON);
    assert.equal(await codeOf(folder, `${SIGNED}load: data-only\n`), "LOAD_CODE");
  });

  test("denies code, and waives it for exactly these bytes", async () => {
    const folder = await checkFolder({ "pytorch_model.bin": POISON });
    assert.equal(await codeOf(folder, "load: data-only\n"), "LOAD_CODE");
    const manifest = (await digest(folder.model)).manifestDigest;
    const waiver = `waivers:\n  - { rule: load, manifest: "${manifest}", reason: reviewed by hand, expires: 2027-01-31, approved-by: [a@example.com] }\n`;
    const waived = await decisionOf(folder, "load: data-only\n", {}, waiver);
    assert.deepEqual([waived.decision.decision, waived.decision.counts.waived], ["allow", 1]);
    writeFileSync(join(folder.model, "README.md"), "other");
    const other = await decisionOf(folder, "load: data-only\n", {}, waiver);
    assert.deepEqual([other.decision.decision, other.decision.waivers[0]?.state], ["deny", "other-model"]);
  });

  test("decides by the license of the weights: its text before what a card says", async () => {
    const apache = await checkFolder();
    assert.equal(await codeOf(apache, "license: [Apache-2.0]\n"), undefined);
    assert.equal(await codeOf(apache, "license: [MIT]\n"), "LICENSE_OTHER");
    const claimed = await checkFolder();
    rmSync(join(claimed.model, "LICENSE"));
    assert.equal(await codeOf(claimed, "license: [Apache-2.0]\n"), "LICENSE_UNKNOWN");
    assert.equal(await codeOf(claimed, "license: { allow: [Apache-2.0], basis: claimed }\n"), undefined);
    const restricted = await checkFolder({ LICENSE: LLAMA });
    assert.equal(await codeOf(restricted, "license: { deny: ['@user-cap'] }\n"), "LICENSE_DENIED");
    const strange = await checkFolder({ LICENSE: "You may use this if we like you, and only on Sundays.\n".repeat(9) });
    assert.equal(await codeOf(strange, "license: { allow: [Apache-2.0], basis: claimed }\n"), "LICENSE_UNKNOWN");
    const none = await checkFolder({ "README.md": "# A model\n" });
    rmSync(join(none.model, "LICENSE"));
    assert.equal(await codeOf(none, "license: { allow: [Apache-2.0], basis: claimed }\n"), "LICENSE_NONE");
  });

  test("asks openness, formats and size", async () => {
    const folder = await checkFolder();
    assert.equal(await codeOf(folder, "openness: 1\n"), "OPENNESS_CLASS");
    assert.equal(await codeOf(folder, "formats: [GGUF]\n"), "FORMAT_OTHER");
    assert.equal(await codeOf(folder, "size: { max-memory: 8191 }\n"), "SIZE_MEMORY");
    assert.equal(await codeOf(folder, "size: { max-memory: 8192 }\n"), undefined);
    assert.equal(await codeOf(folder, "size: { max-bytes: 1kB }\n"), "SIZE_BYTES");
    const unknown = await checkFolder({ "weights.xyz": Buffer.from([1, 2, 0, 3]) });
    assert.equal(await codeOf(unknown, "formats: [safetensors]\n"), "FORMAT_OTHER");
    const none = await checkFolder();
    rmSync(join(none.model, "model.safetensors"));
    assert.equal(await codeOf(none, "formats: [safetensors]\n"), "FORMAT_NONE");
  });

  test("is INCOMPLETE, with the reason, where the model cannot be read", async () => {
    const folder = await checkFolder();
    symlinkSync("/etc/hostname", join(folder.model, "linked.bin"));
    const { decision, error, digested } = await decisionOf(folder, SIGNED);
    assert.deepEqual([decision.decision, decision.rules, digested], ["incomplete", [], undefined]);
    assert.equal(error?.code, "LINK_NOT_ALLOWED");
  });

  test("a signed file that was not downloaded is not known, and not denied", async () => {
    const folder = await checkFolder();
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${"a".repeat(64)}\nsize ${WEIGHTS.length}\n`;
    writeFileSync(join(folder.model, "model.safetensors"), pointer);
    assert.equal(await codeOf(folder, SIGNED), "SIGNER_UNKNOWN");
    assert.equal(await codeOf(folder, "formats: [safetensors]\n"), "FORMAT_NONE");
    assert.equal(await codeOf(folder, "size: { max-memory: 1GB }\n"), "SIZE_UNKNOWN");
  });

  test("a broken signature fits no signer; one of a later format is not known", async () => {
    const folder = await checkFolder();
    writeFileSync(join(folder.model, "model.sig"), "{}");
    assert.equal(await codeOf(folder, SIGNED), "SIGNER_NONE_FITS");
    const later = await checkFolder();
    const file = join(later.model, "model.sig");
    writeFileSync(
      file,
      readFileSync(file, "utf8").replace(/bundle\.v0\.3|version=0\.3/, (found) => found.replace("0.3", "0.9")),
    );
    assert.equal(await codeOf(later, SIGNED), "SIGNER_UNKNOWN");
  });

  test("--as names the model for the policy, and must be a reference", async () => {
    const folder = await checkFolder();
    const path = join(folder.root, "hub.yml");
    writeFileSync(path, 'version: 1\nname: hub\nmodels: [{ match: { reference: "hf:ibm-granite/*" }, rules: { load: data-only } }]\n');
    const options = { cwd: folder.root };
    assert.equal((await check("granite", "hub.yml", options)).decision.decidedBy?.code, "POLICY_NO_MATCH");
    const as = await check("granite", "hub.yml", { ...options, as: `hf:ibm-granite/granite@${"A".repeat(40)}` });
    assert.equal(as.decision.decision, "allow");
    assert.equal(as.reference.purl, `pkg:huggingface/ibm-granite/granite@${"a".repeat(40)}`);
    await rejectsWith("USAGE", async () => check("granite", "hub.yml", { ...options, as: "granite" }));
  });

  test("pins: the lock beside the policy, or the one that is named", async () => {
    const folder = await checkFolder();
    assert.equal(await codeOf(folder, `${SIGNED}pin: required\n`), "PIN_MISSING");
    const { manifestDigest } = await digest(folder.model);
    const lock = `version: 1\nmodels:\n  granite: { manifest: "${manifestDigest}", signer: null, decision: allow, policy: "${manifestDigest}", pinned: "2026-11-01T00:00:00Z" }\n`;
    writeFileSync(join(folder.root, "assay.lock"), lock);
    assert.equal(await codeOf(folder, `${SIGNED}pin: required\n`), undefined);
    writeFileSync(join(folder.root, "other.lock"), lock.replace(manifestDigest, `sha256:${"0".repeat(64)}`));
    assert.equal(await codeOf(folder, `${SIGNED}pin: required\n`, { lock: "other.lock" }), "PIN_BYTES");
    await rejectsWith("FILE_NOT_FOUND", async () => codeOf(folder, `${SIGNED}pin: required\n`, { lock: "none.lock" }));
    writeFileSync(join(folder.root, "assay.lock"), "version: 2\n");
    await rejectsWith("LOCK_SYNTAX", async () => codeOf(folder, `${SIGNED}pin: required\n`));
  });

  test("advisories: by digest, of the policy's sources and of given ones", async () => {
    const folder = await checkFolder();
    assert.equal(await codeOf(folder, "advisories: deny\n"), "ADVISORY_NONE_GIVEN");
    assert.equal(await codeOf(folder, "advisories: { from: [advisories] }\n"), "ADVISORY_UNREAD");
    const { manifestDigest } = await digest(folder.model);
    const advisory = (digests: object): string =>
      JSON.stringify({
        schema_version: "1.7.0",
        id: "x_TEST-2026-1",
        modified: "2026-11-01T00:00:00Z",
        summary: "poisoned",
        affected: [{ package: { ecosystem: "GIT", name: "https://example.com/m" }, database_specific: { digests } }],
      });
    mkdirSync(join(folder.root, "advisories"));
    writeFileSync(join(folder.root, "advisories/a.json"), advisory({ manifest: [`sha256:${"0".repeat(64)}`] }));
    assert.equal(await codeOf(folder, "advisories: { from: [advisories] }\n"), undefined);
    writeFileSync(join(folder.root, "given.json"), advisory({ manifest: [manifestDigest] }));
    assert.equal(await codeOf(folder, "advisories: { from: [advisories] }\n", { advisories: ["given.json"] }), "ADVISORY_HIT");
    await rejectsWith("ADVISORY_SOURCE", async () => codeOf(folder, "advisories: deny\n", { advisories: ["none"] }));
  });

  test("what is given for a rule that the policy does not ask is named", async () => {
    const folder = await checkFolder();
    writeFileSync(join(folder.root, "a.json"), '{ "schema_version": "1.7.0", "id": "x_T-1", "modified": "2026-11-01T00:00:00Z" }');
    writeFileSync(join(folder.root, "other.lock"), "version: 1\nmodels: {}\n");
    const given = { advisories: ["a.json"], lock: "other.lock" };
    const unused = async (rules: string, more = "") =>
      (await decisionOf(folder, rules, given, more)).warnings.filter(({ code }) => code === "GIVEN_UNUSED").map(({ message }) => message);
    const [advisories, lock] = await unused("digests: computed\n");
    assert.match(advisories ?? "", /the advisories that were given are not used: .* the rule advisories/);
    assert.match(lock ?? "", /the lock file that was named is not used: .* the rule pin/);
    assert.deepEqual(await unused("advisories: deny\npin: if-present\n"), []);
    assert.equal((await unused("advisories: deny\n", "always: { pin: if-present }\n")).length, 0);
  });

  test("what is neither a file nor a folder is a model that cannot be read, as one with a link is", async () => {
    const folder = await checkFolder();
    const { decision, error, reference } = await check("/dev/null", folder.policy("load: any\n"), { cwd: folder.root });
    assert.deepEqual([decision.decision, error?.code, reference.name], ["incomplete", "FILE_NOT_REGULAR", "null"]);
    await rejectsWith("FILE_NOT_FOUND", async () => check("none", folder.policy("load: any\n"), { cwd: folder.root }));
  });

  test("a policy that names a missing, broken or wrong file is refused at the value", async () => {
    const folder = await checkFolder();
    for (const [what, signer] of [
      ["missing", "{ key: { file: none.pub } }"],
      ["a folder", "{ key: { file: granite } }"],
      ["not a key", "{ key: { file: granite/config.json } }"],
      ["not a certificate", "{ certificate: { roots: [ours.pub] } }"],
    ] as const) {
      const error = await rejectsWith("POLICY_FILE", async () =>
        check("granite", folder.policy(`signers: [${signer}]\n`), { cwd: folder.root }),
      );
      assert.deepEqual([error.outcome, (error.details as { line?: number }).line], ["usage", 7], what);
    }
  });

  test("a file that changes while the model is checked makes it INCOMPLETE", async () => {
    const folder = await checkFolder();
    const { decision, error } = await decisionOf(folder, `${SIGNED}load: data-only\n`, {
      onProgress: () => appendFileSync(join(folder.model, "README.md"), "x"),
    });
    assert.deepEqual([decision.decision, error?.code], ["incomplete", "FILE_CHANGED"]);
  });
});
