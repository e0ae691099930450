import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { compareRules, type Strictness } from "../../src/policy/compare/strictness.ts";
import { decide } from "../../src/policy/decide.ts";
import type { Facts, SignerCheck } from "../../src/policy/facts.ts";
import { factsFor } from "../../src/policy/record/recorded-facts.ts";
import type { Policy, Rules } from "../../src/policy/policy.ts";
import { CLEAN, KNOWLEDGE, NOW, policyOf } from "../support/policy/facts.ts";

/** Each rule in forms that ask for more and for less. */
const FORMS: Readonly<Record<string, readonly string[]>> = {
  signers: [
    "signers: [{ key: { file: fits } }]",
    "signers: [{ key: { file: other } }]",
    "signers: [{ key: { file: fits } }, { key: { file: other } }]",
    "signers: [{ key: { file: unknown } }, { key: { file: other } }]",
    "signers: { any-of: [{ key: { file: fits } }], on-fail: warn }",
    "signers: { any-of: [{ key: { file: unknown } }], on-unknown: warn }",
    "signers: [{ key: { file: fits } }]\n      coverage: weights",
    "signers: [{ key: { file: fits } }]\n      coverage: signed-files",
    "signers: [{ key: { file: fits } }]\n      coverage: { level: complete, on-fail: warn }",
  ],
  pin: ["pin: required", "pin: if-present", "pin: { mode: required, on-fail: warn }", "pin: { mode: required, on-unknown: deny }"],
  load: [
    "load: data-only",
    "load: any",
    "load: { level: data-only, allow: [a.B] }",
    "load: { level: data-only, allow: [a.B, c.D] }",
    "load: { level: data-only, on-fail: warn }",
    "load: { level: data-only, on-unknown: warn }",
    "load: { level: data-only, on-unknown: deny }",
  ],
  formats: ["formats: [safetensors]", "formats: [GGUF]", "formats: [safetensors, GGUF]", "formats: { allow: [GGUF], on-unknown: warn }"],
  size: [
    "size: { max-bytes: 1000 }",
    "size: { max-bytes: 2000 }",
    "size: { max-memory: 1000 }",
    "size: { max-bytes: 2000, max-memory: 500 }",
    "size: { max-bytes: 2000, max-memory: 1000, on-unknown: warn }",
  ],
  license: [
    "license: [MIT]",
    "license: [MIT, Apache-2.0]",
    "license: { deny: [MIT] }",
    'license: { deny: [MIT, "@non-commercial"] }',
    "license: { allow: [MIT, Apache-2.0], deny: [MIT] }",
    "license: { allow: [MIT], basis: claimed }",
    'license: { allow: ["@open"], basis: claimed, on-unknown: warn }',
  ],
  openness: [
    "openness: 1",
    "openness: 2",
    "openness: 3",
    "openness: { class: 3, components: { Technical report: required } }",
    "openness: { components: { Technical report: required, Datasets: required } }",
    "openness: { class: 2, basis: claimed }",
    "openness: { class: 2, on-fail: warn }",
  ],
  digests: ["digests: computed", "digests: attested", "digests: { level: computed, on-fail: warn }"],
  advisories: [
    "advisories: deny",
    "advisories: warn",
    "advisories: { max-age: 5d }",
    "advisories: { max-age: 30d }",
    "advisories: { on-unknown: warn }",
    "advisories: { on-unknown: deny }",
  ],
};

const finding = { reason: "r", file: "f", what: "w", offset: 0 };
const check = (outcome: SignerCheck["outcome"]): SignerCheck => ({ outcome, why: undefined, signer: undefined, provenTime: undefined });
const SIGNERS = ["fits", "other", "unknown"] as const;
const sources = [{ path: "a", generated: "2026-11-20T00:00:00Z", problem: undefined }];

/** Models that differ in one fact from one that passes most. */
const VARIANTS: readonly Partial<Facts>[] = [
  {},
  { signature: { isSigned: false, changed: [], always: [], entry: [] } },
  {
    signature: {
      isSigned: true,
      changed: ["a"],
      always: [],
      entry: SIGNERS.map((name) => check(name === "other" ? "does-not-fit" : name)),
    },
  },
  { signature: { unavailable: "x" } },
  { uncovered: [{ name: "t", isLoaded: false }] },
  { uncovered: [{ name: "t", isLoaded: true }] },
  { uncovered: { unavailable: "x" } },
  { lock: { lock: undefined } },
  { lock: { unavailable: "x" } },
  ...(["code", "unknown", "invalid"] as const).flatMap((outcome): Partial<Facts>[] =>
    ["a.B", "c.D", undefined].map((name) => ({ load: { outcome, findings: [{ ...finding, outcome, name }] } })),
  ),
  { load: { unavailable: "x" } },
  { weights: [{ name: "w", format: "GGUF", memoryBytes: 500 }] },
  { weights: [{ name: "w", format: undefined, memoryBytes: undefined }] },
  { weights: [] },
  { totalBytes: 1000 },
  { totalBytes: { unavailable: "x" } },
  ...["MIT", "CC-BY-NC-4.0", "LicenseRef-x", "MIT OR CC-BY-NC-4.0", undefined].flatMap((license): Partial<Facts>[] => [
    { license: { found: license, claimed: undefined, hasUnknownText: false } },
    { license: { found: undefined, claimed: license, hasUnknownText: false } },
    { license: { found: license, claimed: license, hasUnknownText: true } },
  ]),
  { openness: { found: { class: null, open: [] }, claimed: { class: 1, open: ["Datasets", "Technical report"] } } },
  { openness: { found: { class: 2, open: ["Technical report"] }, claimed: { class: 2, open: [] } } },
  { openness: { unavailable: "x" } },
  { digests: "attested" },
  { digests: { unavailable: "x" } },
  { advisories: { sources, hits: [{ id: "x", summary: "s" }], undecided: [] } },
  { advisories: { sources: [], hits: [], undecided: [] } },
  { advisories: { sources, hits: [], undecided: ["y"] } },
];

const signed = { isSigned: true, changed: [], always: [], entry: SIGNERS.map((name) => check(name === "other" ? "does-not-fit" : name)) };
const RECORDED = VARIANTS.map((variant) => ({
  at: NOW,
  facts: { ...CLEAN, signature: signed, ...variant },
  signers: { always: [], entry: SIGNERS.map((name) => `key file=${JSON.stringify(name)}`) },
}));

const rulesOf = ({ entries: [entry] }: Policy): Rules => entry?.rules ?? assert.fail();
/** The models that a policy allows, by their place. */
const allowedBy = (policy: Policy): ReadonlySet<number> =>
  new Set(RECORDED.flatMap((one, at) => (decide(factsFor(policy, one), policy, NOW, KNOWLEDGE).decision === "allow" ? [at] : [])));

suite("a rule that is called stricter allows no model that the laxer one denies:", () => {
  for (const [name, forms] of Object.entries(FORMS)) {
    test(name, async () => {
      // A rule beside it, which passes, so that one without the rule in question can be compared too.
      const bodies = [...forms, undefined].map(
        (form) =>
          `\n      ${name === "size" ? "digests: attested" : "size: { max-bytes: 9999 }"}\n${form === undefined ? "" : `      ${form}\n`}`,
      );
      const policies = await Promise.all(bodies.map(async (body) => policyOf(body)));
      const allowed = policies.map(allowedBy);
      const seen = new Set<Strictness>();
      for (const [a, one] of policies.entries()) {
        for (const [b, other] of policies.entries()) {
          const strictness = compareRules(rulesOf(one), rulesOf(other), undefined);
          seen.add(strictness);
          const [byOne, byOther] = [[...(allowed[a] ?? [])], [...(allowed[b] ?? [])]];
          const words = `${bodies[a]} is ${strictness} than ${bodies[b]}`;
          if (strictness !== "stricter" && strictness !== "other")
            assert.deepEqual(
              byOther.filter((model) => !byOne.includes(model)),
              [],
              words,
            );
          if (strictness !== "laxer" && strictness !== "other")
            assert.deepEqual(
              byOne.filter((model) => !byOther.includes(model)),
              [],
              words,
            );
        }
      }
      assert.ok(seen.has("laxer") && seen.has("stricter") && seen.has("same"));
    });
  }
});
