import licenses from "../../../data/openness/licenses.json" with { type: "json" };
import ownLicenses from "../../../data/openness/licenses-models.json" with { type: "json" };
import { licenseCatalog } from "../../../src/openness/license-catalog.ts";
import type { LicenseData } from "../../../src/openness/license-data.ts";
import { decide, type DecideOptions } from "../../../src/policy/decide.ts";
import type { Decision } from "../../../src/policy/decision.ts";
import type { Facts } from "../../../src/policy/facts.ts";
import type { Policy } from "../../../src/policy/policy.ts";
import { readPolicy } from "../../../src/policy/read-policy.ts";

export const MANIFEST = `sha256:${"a".repeat(64)}`;
export const OTHER_MANIFEST = `sha256:${"b".repeat(64)}`;
export const NOW = new Date("2026-12-01T00:00:00Z");
export const FORMATS = ["safetensors", "GGUF", "PyTorch"];
export const KNOWLEDGE = { licenses: licenseCatalog(licenses as unknown as LicenseData, ownLicenses as unknown as LicenseData) };

/** A model that every rule of `EVERY_RULE` passes. */
export const CLEAN: Facts = {
  model: { name: "granite", reference: "file:granite", manifestDigest: MANIFEST },
  signature: {
    isSigned: true,
    changed: [],
    always: [],
    entry: [
      { outcome: "fits", why: undefined, signer: { method: "key", fingerprint: "f".repeat(64) }, provenTime: "2026-06-01T12:00:00.000Z" },
    ],
  },
  uncovered: [],
  lock: {
    lock: {
      models: new Map([
        [
          "granite",
          {
            manifest: MANIFEST,
            signer: { method: "key", fingerprint: "f".repeat(64) },
            revision: undefined,
            signedAt: "2026-06-01T12:00:00.000Z",
            decision: "allow",
            policy: OTHER_MANIFEST,
            pinned: "2026-07-01T00:00:00.000Z",
          },
        ],
      ]),
    },
  },
  load: { outcome: "data-only", findings: [] },
  weights: [{ name: "model.safetensors", format: "safetensors", memoryBytes: 1000 }],
  totalBytes: 2000,
  license: { found: "Apache-2.0", claimed: "Apache-2.0", hasUnknownText: false },
  openness: {
    found: { class: 3, open: ["Technical report", "Model card"] },
    claimed: { class: 2, open: ["Technical report", "Model card"] },
  },
  digests: "computed",
  advisories: { sources: [{ path: "advisories", generated: "2026-11-20T00:00:00Z", problem: undefined }], hits: [], undecided: [] },
};

/** All ten rules, each of which can fail. */
export const EVERY_RULE = `
      signers: [{ key: { file: k.pub }, valid-from: 2026-01-01, valid-until: 2026-12-31 }]
      coverage: complete
      pin: required
      load: data-only
      formats: [safetensors]
      size: { max-bytes: 2000, max-memory: 1000 }
      license: { allow: [Apache-2.0, MIT], deny: ["@non-commercial"] }
      openness: { class: 3, components: { Technical report: required } }
      digests: computed
      advisories: { from: [advisories], max-age: 30d }
`;

export function policyText(rules: string, more = ""): string {
  return `version: 1\nname: test\nmodels:\n  - id: all\n    match: { name: "**" }\n    rules:${rules.startsWith("\n") ? rules : `\n      ${rules}\n`}${more}`;
}

export async function policyOf(rules: string, more = ""): Promise<Policy> {
  return readPolicy(policyText(rules, more), "policy.yml", { formats: FORMATS });
}

export async function decideBy(rules: string, facts: Facts, more = "", options: DecideOptions = {}): Promise<Decision> {
  return decide(facts, await policyOf(rules, more), NOW, KNOWLEDGE, options);
}
