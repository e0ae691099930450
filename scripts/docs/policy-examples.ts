// The examples of docs/policy.md. test/policy/documented-policy.test.ts reads each, and decides each case.
import type { AnyDecisionCode } from "../../packages/assay/src/policy/decision-codes.ts";
import type { Facts } from "../../packages/assay/src/policy/facts.ts";
import type { RuleName } from "../../packages/assay/src/policy/policy.ts";

/** A model that differs from one that is signed, safe and open, and what a rule says of it. */
export interface ExampleCase {
  readonly what: string;
  readonly facts: Partial<Facts>;
  readonly decision: "allow" | "deny" | "incomplete";
  readonly code?: AnyDecisionCode;
}

/** One rule, as it is written below `rules:`. */
export interface RuleExample {
  readonly yaml: string;
  readonly cases: readonly ExampleCase[];
}

const FIRST = `sha256:${"0".repeat(63)}1`;
const SECOND = `sha256:${"0".repeat(63)}2`;

/** The policy that docs/policy.md begins with. */
export const WHOLE_POLICY = `version: 1
name: production
uri: https://example.com/policies/production
description: What the platform team may deploy.
always:
  load: { level: data-only, on-unknown: incomplete }
  advisories: { from: [advisories], max-age: 30d }
models:
  - id: banned
    match: { manifest: "${FIRST}" }
    deny: withdrawn by its publisher on 2026-10-02
  - id: granite
    match: { reference: "hf:ibm-granite/**" }
    rules:
      signers:
        - name: IBM Granite releases
          sigstore: { identity: Granite-sign@ibm.com, issuer: https://sigstore.verify.ibm.com/oauth2 }
        - name: our intake
          key: { file: keys/intake.pub }
          valid-until: 2027-06-30
      coverage: weights
      formats: [safetensors, gguf]
      license: { allow: [Apache-2.0, MIT], deny: ["@non-commercial"], basis: claimed }
      openness: { class: 3, components: { Technical report: required }, basis: claimed, on-fail: warn }
      size: { max-bytes: 100GB, max-memory: 80GiB }
      pin: required
waivers:
  - rule: load
    manifest: "${SECOND}"
    reason: scikit-learn model of the risk team, to be converted in the first quarter
    issued: 2026-12-01
    expires: 2027-01-31
    approved-by: [head of risk, platform security]
    ticket: RISK-112
`;

/** What a case expects. */
export const EXPECTED_EXAMPLE = `{
  "decision": "deny",
  "rules": { "entry.load": "LOAD_CODE", "entry.license": "pass", "always.advisories": "warn" }
}`;

/** How a case is recorded. */
export const RECORD_EXAMPLE = `import { writeFile } from "node:fs/promises";
import { check } from "assay";
import { factsDocument } from "assay/report";

const { facts, decision, policy } = await check("./granite", "policy.yml", { isComplete: true });
if (facts !== undefined) {
  const document = factsDocument(facts, new Date(decision.at), policy.policy);
  await writeFile("cases/granite/facts.json", JSON.stringify(document, undefined, 2));
}`;

const unsigned: Partial<Facts> = {
  signature: { isSigned: false, changed: [], always: [], entry: [] },
  uncovered: [{ name: "model.safetensors", isLoaded: true }],
};
const other: Partial<Facts> = {
  signature: {
    isSigned: true,
    changed: [],
    always: [],
    entry: [{ outcome: "does-not-fit", why: "another key", signer: undefined, provenTime: undefined }],
  },
};
const beside = (name: string, isLoaded: boolean): Partial<Facts> => ({ uncovered: [{ name, isLoaded }] });
const code = (name: string): Partial<Facts> => ({
  load: {
    outcome: "code",
    findings: [{ reason: "pickle/global", outcome: "code", file: "model.pkl", what: `names ${name}`, offset: 2, name }],
  },
});
const license = (found: string | undefined, claimed?: string): Partial<Facts> => ({ license: { found, claimed, hasUnknownText: false } });
const weights = (format: string | undefined, memoryBytes: number | undefined = 1000): Partial<Facts> => ({
  weights: [{ name: "model.bin", format, memoryBytes }],
});
const sources = [{ path: "advisories", generated: "2026-11-20T00:00:00Z", problem: undefined }];

const SIGNERS = `signers:
  - name: the team's release key
    key: { file: keys/release.pub }`;

/** Of each rule, in the order of results. */
export const RULE_EXAMPLES: Readonly<Record<RuleName, RuleExample>> = {
  signers: {
    yaml: `${SIGNERS}
    valid-from: 2026-01-01
    valid-until: 2027-12-31`,
    cases: [
      { what: "signed by that key", facts: {}, decision: "allow" },
      { what: "unsigned", facts: unsigned, decision: "deny", code: "SIGNER_UNSIGNED" },
      { what: "signed by another key", facts: other, decision: "deny", code: "SIGNER_NONE_FITS" },
      {
        what: "a signature that cannot be read",
        facts: { signature: { unavailable: "bundle version 0.9" } },
        decision: "incomplete",
        code: "SIGNER_UNKNOWN",
      },
    ],
  },
  coverage: {
    yaml: `${SIGNERS}
coverage: weights`,
    cases: [
      { what: "a text file beside the signed ones", facts: beside("NOTES.txt", false), decision: "allow" },
      { what: "a Python file beside the signed ones", facts: beside("modeling.py", true), decision: "deny", code: "COVERAGE_GAP" },
    ],
  },
  pin: {
    yaml: `${SIGNERS}
pin: required`,
    cases: [
      { what: "the pinned bytes and signer", facts: {}, decision: "allow" },
      {
        what: "a lock file that does not name the model",
        facts: { lock: { lock: { models: new Map() } } },
        decision: "deny",
        code: "PIN_MISSING",
      },
    ],
  },
  load: {
    yaml: `load:
  level: data-only
  allow: [sklearn.tree._classes.DecisionTreeClassifier]
  on-unknown: deny`,
    cases: [
      { what: "only data", facts: {}, decision: "allow" },
      {
        what: "a pickle that names the class that is allowed",
        facts: code("sklearn.tree._classes.DecisionTreeClassifier"),
        decision: "allow",
      },
      { what: "a pickle that names `os.system`", facts: code("os.system"), decision: "deny", code: "LOAD_CODE" },
      {
        what: "a model that could not be scanned",
        facts: { load: { unavailable: "not scanned" } },
        decision: "deny",
        code: "LOAD_UNKNOWN",
      },
    ],
  },
  formats: {
    yaml: "formats: [safetensors, GGUF]",
    cases: [
      { what: "weights in safetensors", facts: {}, decision: "allow" },
      { what: "weights in a pickle", facts: weights("pickle"), decision: "deny", code: "FORMAT_OTHER" },
      { what: "no weights", facts: { weights: [] }, decision: "incomplete", code: "FORMAT_NONE" },
    ],
  },
  size: {
    yaml: "size: { max-bytes: 20GB, max-memory: 16GiB }",
    cases: [
      { what: "20,000,000,000 bytes", facts: { totalBytes: 20_000_000_000 }, decision: "allow" },
      { what: "one byte more", facts: { totalBytes: 20_000_000_001 }, decision: "deny", code: "SIZE_BYTES" },
      {
        what: "weights whose header does not tell",
        facts: { weights: [{ name: "model.bin", format: "pickle", memoryBytes: undefined }] },
        decision: "incomplete",
        code: "SIZE_UNKNOWN",
      },
    ],
  },
  license: {
    yaml: `license:
  allow: ["@open", Gemma]
  deny: ["@non-commercial", AGPL-3.0-only]
  basis: claimed`,
    cases: [
      { what: "the text of Apache-2.0", facts: license("Apache-2.0"), decision: "allow" },
      { what: "MIT, which only the card says", facts: license(undefined, "MIT"), decision: "allow" },
      { what: "a choice: AGPL-3.0-only or MIT", facts: license("AGPL-3.0-only OR MIT"), decision: "allow" },
      { what: "AGPL-3.0-only", facts: license("AGPL-3.0-only"), decision: "deny", code: "LICENSE_DENIED" },
      { what: "CC-BY-NC-4.0", facts: license("CC-BY-NC-4.0"), decision: "deny", code: "LICENSE_DENIED" },
      { what: "no license", facts: license(undefined), decision: "deny", code: "LICENSE_NONE" },
    ],
  },
  openness: {
    yaml: `openness:
  class: 3
  components: { Technical report: required, Datasets: required }
  on-fail: warn`,
    cases: [
      { what: "Class III without the datasets", facts: {}, decision: "allow" },
      {
        what: "a folder that cannot be read",
        facts: { openness: { unavailable: "permission denied" } },
        decision: "incomplete",
        code: "OPENNESS_UNKNOWN",
      },
    ],
  },
  digests: {
    yaml: "digests: computed",
    cases: [
      { what: "digests of bytes that were read", facts: {}, decision: "allow" },
      { what: "digests as a hub tells them", facts: { digests: "attested" }, decision: "deny", code: "DIGEST_LEVEL" },
    ],
  },
  advisories: {
    yaml: "advisories: { from: [advisories], max-age: 30d }",
    cases: [
      { what: "sources of 2026-11-20, none about the model", facts: {}, decision: "allow" },
      {
        what: "an advisory about the model",
        facts: { advisories: { sources, hits: [{ id: "x_acme-1", summary: "backdoor in the tokenizer" }], undecided: [] } },
        decision: "deny",
        code: "ADVISORY_HIT",
      },
      {
        what: "no source",
        facts: { advisories: { sources: [], hits: [], undecided: [] } },
        decision: "incomplete",
        code: "ADVISORY_NONE_GIVEN",
      },
    ],
  },
};
