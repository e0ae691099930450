import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { VERSION } from "../../../src/core/version.ts";
import { evidenceFiles } from "../../../src/report/evidence/files.ts";
import { readEvidenceStatement } from "../../../src/statement/evidence/read.ts";
import { checkFolder, POISON } from "../../support/check/checked.ts";
import { closedSchema } from "../../support/cli/closed-schema.ts";
import { completeCheck, evidenceOf, statementOf, VERIFIED_AT, type AnyStatement } from "../../support/evidence/evidence.ts";
import { LICENSES } from "../../support/openness/licenses.ts";

const RULES = "signers: [{ key: { file: ours.pub } }]\nload: data-only\nlicense: [Apache-2.0]\n";
const STATEMENTS = ["verification-summary", "simple-verification-result", "openness", "load-risk"];
const HEX = /^[0-9a-f]{64}$/;

function readBack(statement: AnyStatement): ReturnType<typeof readEvidenceStatement> {
  return readEvidenceStatement(Buffer.from(JSON.stringify(statement)));
}

suite("statements about a checked model", () => {
  test("all have one subject: the model's name, and the manifest digest, which is that of the manifest", async () => {
    const checked = await completeCheck(await checkFolder(), RULES);
    const evidence = evidenceOf(checked);
    const digest = { sha256: checked.digested?.manifestDigest.slice("sha256:".length) };
    for (const name of STATEMENTS) {
      const { _type, subject } = statementOf(evidence, name);
      assert.deepEqual([_type, subject], ["https://in-toto.io/Statement/v1", [{ name: "granite", digest }]], name);
    }
    assert.equal(
      createHash("sha256")
        .update(evidence.get("manifest.txt") as string)
        .digest("hex"),
      digest.sha256,
    );
  });

  test("a model that is allowed is PASSED, with a level of Assay's own", async () => {
    const checked = await completeCheck(await checkFolder(), RULES);
    const { predicateType, predicate } = statementOf(evidenceOf(checked), "verification-summary");
    assert.equal(predicateType, "https://slsa.dev/verification_summary/v1");
    const { policy, ...rest } = predicate;
    assert.deepEqual(rest, {
      verifier: { id: "urn:assay:verifier:unnamed", version: { assay: VERSION } },
      timeVerified: VERIFIED_AT.toISOString(),
      resourceUri: `urn:assay:manifest:${checked.digested?.manifestDigest ?? ""}`,
      verificationResult: "PASSED",
      verifiedLevels: ["ASSAY_POLICY"],
      "urn:assay:evidence:decision": "allow",
      "urn:assay:evidence:policy-files": checked.policy.files.map(({ digest }) => digest.slice("sha256:".length)),
    });
    const { uri, digest } = policy as { uri: string; digest: { sha256: string } };
    assert.deepEqual([uri, `sha256:${digest.sha256}`], ["urn:assay:policy:test", checked.policy.digest]);
    assert.match(digest.sha256, HEX);
  });

  test("deny and incomplete are both FAILED, told apart by an extension", async () => {
    const poisoned = await completeCheck(await checkFolder({ "pytorch_model.bin": POISON }), RULES);
    const odd = await completeCheck(await checkFolder({ "extra.xyz": Buffer.from([1, 2, 0, 3]) }), RULES);
    for (const [checked, decision, code] of [
      [poisoned, "deny", "LOAD_CODE"],
      [odd, "incomplete", "LOAD_UNKNOWN"],
    ] as const) {
      const { predicate } = statementOf(evidenceOf(checked), "verification-summary");
      assert.deepEqual(
        [predicate["verificationResult"], predicate["verifiedLevels"], predicate["urn:assay:evidence:decision"]],
        ["FAILED", ["FAILED"], decision],
      );
      assert.equal((predicate["urn:assay:evidence:decided-by"] as { code: string }).code, code);
    }
  });

  test("a simple result lists what holds, and the policy only where it allows the model", async () => {
    const allowed = statementOf(evidenceOf(await completeCheck(await checkFolder(), RULES)), "simple-verification-result");
    assert.equal(allowed.predicateType, "https://in-toto.io/attestation/svr/v0.1");
    const expected = ["ASSAY_POLICY", "ASSAY_COVERAGE", "ASSAY_LICENSE", "ASSAY_LOAD", "ASSAY_SIGNERS"];
    assert.deepEqual(allowed.predicate["properties"], expected);
    assert.equal(allowed.predicate["timeCreated"], VERIFIED_AT.toISOString());
    const denied = await completeCheck(await checkFolder({ "pytorch_model.bin": POISON }), RULES);
    assert.deepEqual(statementOf(evidenceOf(denied), "simple-verification-result").predicate["properties"], [
      "ASSAY_COVERAGE",
      "ASSAY_LICENSE",
      "ASSAY_SIGNERS",
    ]);
  });

  test("the time is the clock's; one that was chosen is an extension", async () => {
    const checked = await completeCheck(await checkFolder(), RULES);
    const clock = evidenceOf(checked);
    const chosen = evidenceOf(checked, { isTimeChosen: true });
    for (const name of STATEMENTS) {
      assert.equal(readBack(statementOf(clock, name)).at, undefined, name);
      const { at, time } = readBack(statementOf(chosen, name));
      assert.deepEqual([at?.toISOString(), time], ["2026-12-01T00:00:00.000Z", VERIFIED_AT], name);
    }
  });

  test("the resource is the package URL, else the reference, else the digest: never a path", async () => {
    const folder = await checkFolder();
    const resources = new Map<string, string>([
      ["hf:ibm-granite/granite", "pkg:huggingface/ibm-granite/granite"],
      ["oci:registry.example.com/granite", "oci:registry.example.com/granite"],
    ]);
    for (const [as, resource] of resources) {
      const evidence = evidenceOf(await completeCheck(folder, RULES, { as }));
      for (const name of STATEMENTS) assert.equal(readBack(statementOf(evidence, name)).resourceUri, resource);
    }
    const checked = await completeCheck(folder, RULES, { as: "file:granite" });
    const urn = `urn:assay:manifest:${checked.digested?.manifestDigest ?? ""}`;
    assert.equal(readBack(statementOf(evidenceOf(checked), "verification-summary")).resourceUri, urn);
  });

  test("the predicates of Assay's own are as their published schemas say", async () => {
    const checked = await completeCheck(await checkFolder({ "pytorch_model.bin": POISON }), RULES);
    const evidence = evidenceOf(checked, { isTimeChosen: true });
    for (const name of ["openness", "load-risk"]) {
      const validate = closedSchema(`predicate-${name}`);
      assert.ok(validate(statementOf(evidence, name).predicate), JSON.stringify(validate.errors, undefined, 2));
    }
    const risk = statementOf(evidence, "load-risk").predicate;
    assert.equal(risk["outcome"], "code");
    assert.match(JSON.stringify(risk["findings"]), /posix\.system/);
    assert.deepEqual(statementOf(evidence, "openness").predicate["license"], {
      found: "Apache-2.0",
      claimed: "Apache-2.0",
      hasUnknownText: false,
    });
  });

  test("what they say is read back", async () => {
    const checked = await completeCheck(await checkFolder({ "pytorch_model.bin": POISON }), RULES);
    const evidence = evidenceOf(checked, { verifierId: "https://example.com/intake" });
    for (const name of STATEMENTS) {
      const { kind, predicateType: _type, modelName, manifestDigest, policy, ...rest } = readBack(statementOf(evidence, name));
      assert.deepEqual([kind, modelName, manifestDigest], [name, "granite", checked.digested?.manifestDigest]);
      assert.deepEqual(policy, {
        uri: "urn:assay:policy:test",
        digest: checked.policy.digest,
        files: checked.policy.files.map((file) => file.digest),
      });
      assert.deepEqual(rest, {
        verifierId: "https://example.com/intake",
        time: VERIFIED_AT,
        resourceUri: `urn:assay:manifest:${manifestDigest}`,
        result: "FAILED",
        decision: "deny",
        decidedBy: "LOAD_CODE",
        at: undefined,
      });
    }
  });

  test("a model that could not be read has no evidence: nothing says which bytes it would be about", async () => {
    const folder = await checkFolder();
    symlinkSync("/etc/hostname", join(folder.model, "linked.bin"));
    const checked = await completeCheck(folder, RULES);
    assert.equal(evidenceFiles(checked, { verifiedAt: VERIFIED_AT, licenses: LICENSES }), undefined);
  });
});
