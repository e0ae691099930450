import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { requireAge, requireExpected, requireModel } from "../../../src/statement/evidence/expected.ts";
import type { EvidenceContent } from "../../../src/statement/evidence/read.ts";
import { rejectsWith } from "../../support/rejects.ts";

const digestOf = (letter: string): string => `sha256:${letter.repeat(64)}`;
const NOW = new Date("2026-12-01T00:00:00Z");
const DAY = 86_400_000;

const EVIDENCE: EvidenceContent = {
  kind: "verification-summary",
  predicateType: "https://slsa.dev/verification_summary/v1",
  modelName: "granite",
  manifestDigest: digestOf("a"),
  verifierId: "urn:assay:verifier:unnamed",
  time: new Date("2026-11-01T00:00:00Z"),
  resourceUri: "pkg:huggingface/acme/granite",
  policy: { uri: "urn:assay:policy:test", digest: digestOf("b"), files: [digestOf("c"), digestOf("d")] },
  result: "PASSED",
  decision: "allow",
  decidedBy: undefined,
  at: undefined,
};

suite("what evidence must say", () => {
  test("a verifier that is not named must not have a name", async () => {
    requireExpected(EVIDENCE, {});
    const named = { ...EVIDENCE, verifierId: "urn:example:intake" };
    await rejectsWith("EVIDENCE_VERIFIER", async () => requireExpected(named, {}));
    requireExpected(named, { verifierId: "urn:example:intake" });
    await rejectsWith("EVIDENCE_VERIFIER", async () => requireExpected(named, { verifierId: "urn:example:INTAKE" }));
    await rejectsWith("EVIDENCE_VERIFIER", async () => requireExpected(EVIDENCE, { verifierId: "urn:example:intake" }));
  });

  test("the resource is compared letter by letter", async () => {
    requireExpected(EVIDENCE, { resourceUri: "pkg:huggingface/acme/granite" });
    for (const resourceUri of ["pkg:huggingface/acme/granite@1", "pkg:huggingface/acme/Granite", "pkg:huggingface/acme"]) {
      await rejectsWith("EVIDENCE_RESOURCE", async () => requireExpected(EVIDENCE, { resourceUri }));
    }
  });

  test("the policy is its bytes, and those of every file that it names, in any order", async () => {
    requireExpected(EVIDENCE, { policy: { digest: digestOf("b"), files: undefined } });
    requireExpected(EVIDENCE, { policy: { digest: digestOf("b"), files: [digestOf("d"), digestOf("c")] } });
    await rejectsWith("EVIDENCE_POLICY", async () => requireExpected(EVIDENCE, { policy: { digest: digestOf("c"), files: undefined } }));
    for (const files of [[], [digestOf("c")], [digestOf("c"), digestOf("e")], [digestOf("c"), digestOf("d"), digestOf("e")]]) {
      await rejectsWith("EVIDENCE_POLICY", async () => requireExpected(EVIDENCE, { policy: { digest: digestOf("b"), files } }));
    }
  });

  test("FAILED is a no, whether the model was denied or could not be decided about", async () => {
    const denied = await rejectsWith("EVIDENCE_FAILED", async () =>
      requireExpected({ ...EVIDENCE, result: "FAILED", decision: "deny", decidedBy: "LOAD_CODE" }, {}),
    );
    assert.deepEqual([denied.outcome, denied.message], ["failed", "the model did not pass its check: it was denied, by LOAD_CODE"]);
    const open = await rejectsWith("EVIDENCE_FAILED", async () =>
      requireExpected({ ...EVIDENCE, result: "FAILED", decision: "incomplete" }, {}),
    );
    assert.match(open.message, /it could not be decided about$/);
  });

  test("the model is its manifest digest", async () => {
    requireModel(EVIDENCE, digestOf("a"));
    await rejectsWith("EVIDENCE_MODEL", async () => requireModel(EVIDENCE, digestOf("b")));
  });

  test("what is too old, or of a time to come, could not be told", async () => {
    requireAge(EVIDENCE, undefined, NOW);
    requireAge(EVIDENCE, 30 * DAY, NOW);
    const old = await rejectsWith("EVIDENCE_OLD", async () => requireAge(EVIDENCE, 30 * DAY - 1, NOW));
    assert.equal(old.outcome, "incomplete");
    const soon = new Date(EVIDENCE.time.getTime() - 5 * 60_000);
    requireAge(EVIDENCE, undefined, soon);
    const later = await rejectsWith("EVIDENCE_TIME", async () => requireAge(EVIDENCE, undefined, new Date(soon.getTime() - 1)));
    assert.equal(later.outcome, "incomplete");
  });
});
