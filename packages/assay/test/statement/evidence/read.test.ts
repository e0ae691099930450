import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { isEvidenceStatement, readEvidenceStatement, type EvidenceContent } from "../../../src/statement/evidence/read.ts";
import { rejectsWith } from "../../support/rejects.ts";

const HEX = "a".repeat(64);
const SUMMARY = {
  verifier: { id: "urn:example:intake" },
  timeVerified: "2026-12-01T08:30:15Z",
  resourceUri: "pkg:huggingface/acme/granite",
  policy: { uri: "urn:assay:policy:test", digest: { sha256: "b".repeat(64) } },
  verificationResult: "PASSED",
  verifiedLevels: ["ASSAY_POLICY"],
  "urn:assay:evidence:decision": "allow",
  "urn:assay:evidence:policy-files": ["c".repeat(64)],
};
const RESULT = {
  verifier: { id: "urn:example:intake", policies: [SUMMARY.policy] },
  timeCreated: "2026-12-01T08:30:15Z",
  properties: ["ASSAY_POLICY", "ASSAY_LOAD"],
  "urn:assay:evidence:resource-uri": "pkg:huggingface/acme/granite",
  "urn:assay:evidence:decision": "allow",
  "urn:assay:evidence:policy-files": [],
};
const OWN = {
  verifier: { id: "urn:example:intake" },
  timeVerified: "2026-12-01T08:30:15Z",
  resourceUri: "pkg:huggingface/acme/granite",
  policy: SUMMARY.policy,
  policyFiles: [],
  verificationResult: "FAILED",
  decision: "incomplete",
  decidedBy: { rule: "load", scope: "entry", code: "LOAD_UNKNOWN" },
  at: "2027-01-01T00:00:00.000Z",
};

function payload(predicate: object, predicateType = "https://slsa.dev/verification_summary/v1", patch: object = {}): Uint8Array {
  const statement = {
    _type: "https://in-toto.io/Statement/v1",
    subject: [{ name: "granite", digest: { sha256: HEX } }],
    predicateType,
    predicate,
  };
  return Buffer.from(JSON.stringify({ ...statement, ...patch }));
}

function read(predicate: object, predicateType?: string): EvidenceContent {
  return readEvidenceStatement(payload(predicate, predicateType));
}

suite("reading a statement of evidence", () => {
  test("a verification summary", () => {
    assert.deepEqual(read(SUMMARY), {
      kind: "verification-summary",
      predicateType: "https://slsa.dev/verification_summary/v1",
      modelName: "granite",
      manifestDigest: `sha256:${HEX}`,
      verifierId: "urn:example:intake",
      time: new Date("2026-12-01T08:30:15Z"),
      resourceUri: "pkg:huggingface/acme/granite",
      policy: { uri: "urn:assay:policy:test", digest: `sha256:${"b".repeat(64)}`, files: [`sha256:${"c".repeat(64)}`] },
      result: "PASSED",
      decision: "allow",
      decidedBy: undefined,
      at: undefined,
    });
  });

  test("a simple verification result: without the property it is FAILED", () => {
    assert.equal(read(RESULT, "https://in-toto.io/attestation/svr/v0.1").result, "PASSED");
    const failed = { ...RESULT, properties: ["ASSAY_LOAD"], "urn:assay:evidence:decision": "deny" };
    assert.equal(read(failed, "https://in-toto.io/attestation/svr/v0.1").result, "FAILED");
  });

  test("the predicates of Assay's own", () => {
    const { kind, result, decision, decidedBy, at } = read(OWN, "urn:assay:predicate:load-risk:v1");
    assert.deepEqual([kind, result, decision, decidedBy], ["load-risk", "FAILED", "incomplete", "LOAD_UNKNOWN"]);
    assert.equal(at?.toISOString(), "2027-01-01T00:00:00.000Z");
    assert.equal(read({ ...OWN, at: null, decidedBy: null }, "urn:assay:predicate:openness:v1").at, undefined);
  });

  test("fields that are not known are ignored, as the framework asks", () => {
    assert.equal(read({ ...SUMMARY, slsaVersion: "1.1", "https://example.com/x": {} }).result, "PASSED");
  });

  test("is strict about everything that it knows", async () => {
    const without = (name: string): object => Object.fromEntries(Object.entries(SUMMARY).filter(([key]) => key !== name));
    const predicates: readonly object[] = [
      ...Object.keys(SUMMARY).map(without),
      { ...SUMMARY, verificationResult: "passed" },
      { ...SUMMARY, verificationResult: true },
      { ...SUMMARY, verifiedLevels: [] },
      { ...SUMMARY, verifiedLevels: ["FAILED"] },
      { ...SUMMARY, verifiedLevels: ["ASSAY_POLICY", "SLSA_BUILD_LEVEL_3"] },
      { ...SUMMARY, verificationResult: "FAILED" },
      { ...SUMMARY, "urn:assay:evidence:decision": "deny" },
      { ...SUMMARY, "urn:assay:evidence:decision": "ALLOW" },
      { ...SUMMARY, verificationResult: "FAILED", verifiedLevels: ["FAILED"] },
      { ...SUMMARY, verifier: {} },
      { ...SUMMARY, verifier: { id: "intake" } },
      { ...SUMMARY, resourceUri: "/models/granite" },
      { ...SUMMARY, resourceUri: "" },
      { ...SUMMARY, policy: { uri: SUMMARY.policy.uri } },
      { ...SUMMARY, policy: { ...SUMMARY.policy, digest: { sha256: "B".repeat(64) } } },
      { ...SUMMARY, policy: { ...SUMMARY.policy, digest: { sha512: "b".repeat(128) } } },
      { ...SUMMARY, "urn:assay:evidence:policy-files": ["x"] },
      ...["2026-12-01", "2026-02-30T00:00:00Z", "2026-12-01T08:30:15+01:00", "2026-12-01T24:00:00Z", "now", 5].map((timeVerified) => ({
        ...SUMMARY,
        timeVerified,
      })),
      { ...SUMMARY, "urn:assay:evidence:at": "soon" },
    ];
    for (const predicate of predicates) await rejectsWith("STATEMENT_SHAPE", async () => read(predicate));
    for (const policies of [[], [SUMMARY.policy, SUMMARY.policy]]) {
      const result = { ...RESULT, verifier: { ...RESULT.verifier, policies } };
      await rejectsWith("STATEMENT_SHAPE", async () => read(result, "https://in-toto.io/attestation/svr/v0.1"));
    }
    const contradicting = { ...RESULT, properties: [] };
    await rejectsWith("STATEMENT_SHAPE", async () => read(contradicting, "https://in-toto.io/attestation/svr/v0.1"));
  });

  test("has one subject, with a SHA-256 digest", async () => {
    const subject = { name: "granite", digest: { sha256: HEX } };
    const reading = (patch: object) => async () => readEvidenceStatement(payload(SUMMARY, undefined, patch));
    await rejectsWith("SUBJECT_COUNT", reading({ subject: [] }));
    await rejectsWith("SUBJECT_COUNT", reading({ subject: [subject, subject] }));
    for (const digest of [{}, { sha256: HEX.slice(1) }, { sha256: HEX.toUpperCase() }, { sha512: HEX + HEX }]) {
      await rejectsWith("STATEMENT_SHAPE", reading({ subject: [{ name: "granite", digest }] }));
    }
    assert.equal(readEvidenceStatement(payload(SUMMARY, undefined, { subject: [{ digest: { sha256: HEX } }] })).modelName, "");
  });

  test("a statement about anything else is rejected", async () => {
    for (const predicateType of [
      "https://model_signing/signature/v1.0",
      "https://slsa.dev/provenance/v1",
      "https://slsa.dev/verification_summary/v2",
    ]) {
      await rejectsWith("PREDICATE_TYPE", async () => read(SUMMARY, predicateType));
      assert.ok(!isEvidenceStatement(payload(SUMMARY, predicateType)));
    }
    await rejectsWith("STATEMENT_TYPE", async () =>
      readEvidenceStatement(payload(SUMMARY, undefined, { _type: "https://in-toto.io/Statement/v0.1" })),
    );
    assert.ok(isEvidenceStatement(payload({})));
    for (const text of ["", "{", "[]", "{}", '{"_type":1}']) assert.ok(!isEvidenceStatement(Buffer.from(text)));
  });

  test("a key that is there twice is rejected: two readers may take different ones", async () => {
    const text = Buffer.from(payload(SUMMARY))
      .toString()
      .replace('"verificationResult":', '"verificationResult":"FAILED","verificationResult":');
    await rejectsWith("JSON_DUPLICATE_KEY", async () => readEvidenceStatement(Buffer.from(text)));
  });
});
