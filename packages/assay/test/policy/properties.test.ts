import assert from "node:assert/strict";
import * as fc from "fast-check";
import { suite, test } from "node:test";
import { decide } from "../../src/policy/decide.ts";
import type { Facts, LoadFact } from "../../src/policy/facts.ts";
import type { Policy, Rules } from "../../src/policy/policy.ts";
import { readPolicy } from "../../src/policy/read-policy.ts";
import { effort } from "../support/effort.ts";
import { CLEAN, FORMATS, KNOWLEDGE, MANIFEST, NOW, OTHER_MANIFEST } from "../support/policy/facts.ts";

const finding: fc.Arbitrary<LoadFact> = fc.record({
  reason: fc.constant("pickle/global"),
  outcome: fc.constantFrom("code", "unknown", "invalid"),
  file: fc.constantFrom("a.bin", "b.bin", "c.bin"),
  what: fc.constantFrom("calls os.system", "is truncated"),
  offset: fc.constant(undefined),
  name: fc.constantFrom("os.system", "a.B", undefined),
});
const orUnavailable = <T>(fact: fc.Arbitrary<T>) => fc.oneof({ weight: 5, arbitrary: fact }, fc.constant({ unavailable: "not there" }));
const check = fc.record({
  outcome: fc.constantFrom("fits" as const, "fits" as const, "does-not-fit" as const, "unknown" as const),
  why: fc.constant(undefined),
  signer: fc.constantFrom({ method: "key", fingerprint: "f".repeat(64) } as const, { method: "key", fingerprint: "0" } as const),
  provenTime: fc.constantFrom(undefined, "2026-06-01T12:00:00.000Z", "2025-06-01T12:00:00.000Z"),
});
const facts: fc.Arbitrary<Facts> = fc.record({
  model: fc.constant(CLEAN.model),
  signature: orUnavailable(
    fc.record({
      isSigned: fc.constant(true),
      changed: fc.subarray(["x", "y"]),
      always: fc.array(check, { minLength: 1, maxLength: 1 }),
      entry: fc.array(check, { minLength: 2, maxLength: 2 }),
    }),
  ),
  uncovered: orUnavailable(
    fc.subarray([
      { name: "t", isLoaded: false },
      { name: "c.py", isLoaded: true },
      { name: "u", isLoaded: false },
    ]),
  ),
  lock: fc.constantFrom(CLEAN.lock, { lock: undefined }, { unavailable: "broken" }),
  load: orUnavailable(
    fc.record({ outcome: fc.constant("code" as const), findings: fc.array(finding, { minLength: 1, maxLength: 3 }) }),
  ).chain((load) => fc.constantFrom(load, CLEAN.load)),
  weights: orUnavailable(
    fc.subarray([
      { name: "a", format: "GGUF", memoryBytes: 500 },
      { name: "b", format: "safetensors", memoryBytes: 500 },
      { name: "c", format: undefined, memoryBytes: undefined },
    ]),
  ),
  totalBytes: orUnavailable(fc.constantFrom(1000, 2000)),
  license: orUnavailable(
    fc.record({
      found: fc.constantFrom("MIT", "CC-BY-NC-4.0", "LicenseRef-x", undefined),
      claimed: fc.constantFrom("MIT", undefined),
      hasUnknownText: fc.boolean(),
    }),
  ),
  openness: orUnavailable(fc.constant(CLEAN.openness as Exclude<Facts["openness"], { unavailable: string }>)),
  digests: fc.constantFrom("computed" as const, "attested" as const, { unavailable: "?" }),
  advisories: orUnavailable(
    fc.record({
      sources: fc.subarray([
        { path: "a", generated: "2026-11-20T00:00:00Z", problem: undefined },
        { path: "b", generated: undefined, problem: "broken" },
      ]),
      hits: fc.subarray([
        { id: "x_1", summary: "s" },
        { id: "x_2", summary: "t" },
      ]),
      undecided: fc.subarray(["x_3"]),
    }),
  ),
});

const effects = (unknown: readonly string[]) =>
  fc.tuple(fc.constantFrom("deny", "warn"), fc.constantFrom(...unknown)).map(([fail, open]) => `on-fail: ${fail}, on-unknown: ${open}`);
const RULES = {
  signers: "any-of: [{ key: { file: a }, valid-from: 2026-01-01 }, { key: { file: b } }]",
  coverage: "level: weights",
  pin: "mode: required",
  load: "level: data-only, allow: [os.system, a.B]",
  formats: "allow: [safetensors, gguf]",
  size: "max-bytes: 2000, max-memory: 1000",
  license: "allow: [MIT, LicenseRef-x], deny: ['@no-derivatives'], basis: claimed",
  openness: "class: 3, components: { Technical report: required }",
  digests: "level: computed",
  advisories: "max-age: 30d",
} as const;
const policyWith = (unknown: readonly string[]) =>
  fc
    .tuple(
      fc.subarray(Object.keys(RULES) as (keyof typeof RULES)[], { minLength: 1 }),
      fc.array(effects(unknown), { minLength: 10, maxLength: 10 }),
      fc.boolean(),
    )
    .map(([names, given, hasAlways]) => {
      const lines = names.map((name, index) => `      ${name}: { ${RULES[name]}, ${given[index]} }`);
      const always = hasAlways ? "always: { signers: [{ key: { file: a } }] }\n" : "";
      return `version: 1\nname: t\n${always}models:\n  - match: { name: "*" }\n    rules:\n${lines.join("\n")}\n`;
    });
const ANY = ["incomplete", "deny", "warn"];
const STRICT = ["incomplete", "deny"];

const outcome = (given: Facts, policy: Policy) => decide(given, policy, NOW, KNOWLEDGE).decision;
const read = async (text: string) => readPolicy(text, "p", { formats: FORMATS });
const withRules = (policy: Policy, change: (rules: Rules) => Rules): Policy => ({
  ...policy,
  entries: policy.entries.map((entry) => ({ ...entry, rules: entry.rules && change(entry.rules) })),
});

/** Whatever is changed so, no model that is not allowed becomes allowed. */
async function neverLoosens(
  unknown: readonly string[],
  change: (facts: Facts, policy: Policy) => readonly (readonly [Facts, Policy])[],
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(facts, policyWith(unknown), async (given, text) => {
      const policy = await read(text);
      if (outcome(given, policy) === "allow") return;
      for (const [changed, other] of change(given, policy)) assert.notEqual(outcome(changed, other), "allow", text);
    }),
    { numRuns: effort(120, 1000) },
  );
}

suite("what makes a model or a policy worse never allows it:", () => {
  test("another load finding or advisory", async () => {
    await neverLoosens(ANY, (given, policy) => {
      const worse: Facts[] = [];
      const code: LoadFact = {
        reason: "pickle/global",
        outcome: "code",
        file: "z",
        what: "calls eval",
        offset: undefined,
        name: undefined,
      };
      if ("findings" in given.load) worse.push({ ...given, load: { outcome: "code", findings: [...given.load.findings, code] } });
      if ("hits" in given.advisories)
        worse.push({ ...given, advisories: { ...given.advisories, hits: [...given.advisories.hits, { id: "x_9", summary: "s" }] } });
      return worse.map((facts) => [facts, policy] as const);
    });
  });

  test("a shorter list of what is allowed, a longer one of what is denied, a lower bound", async () => {
    await neverLoosens(ANY, (given, policy) => [
      [given, withRules(policy, (rules) => ({ ...rules, load: rules.load && { ...rules.load, allow: rules.load.allow.slice(1) } }))],
      [
        given,
        withRules(policy, (rules) => ({ ...rules, formats: rules.formats && { ...rules.formats, allow: rules.formats.allow.slice(1) } })),
      ],
      [
        given,
        withRules(policy, (rules) => ({ ...rules, license: rules.license && { ...rules.license, allow: rules.license.allow?.slice(1) } })),
      ],
      [
        given,
        withRules(policy, (rules) => ({
          ...rules,
          license: rules.license && { ...rules.license, deny: [...(rules.license.deny ?? []), { kind: "license", id: "MIT" }] },
        })),
      ],
      [given, withRules(policy, (rules) => ({ ...rules, size: rules.size && { ...rules.size, maxBytes: 999, maxMemory: 499 } }))],
    ]);
  });

  test("a signer less in the policy", async () => {
    await neverLoosens(STRICT, (given, policy) => {
      // A signature that cannot be told is incomplete, none at all as the policy says: that may be a warning.
      if (!("entry" in given.signature) || given.signature.entry.some(({ outcome: known }) => known === "unknown")) return [];
      const fewer = { ...given, signature: { ...given.signature, entry: given.signature.entry.slice(1) } };
      return [
        [
          fewer,
          withRules(policy, (rules) => ({ ...rules, signers: rules.signers && { ...rules.signers, anyOf: rules.signers.anyOf.slice(1) } })),
        ],
      ];
    });
  });

  test("a fact that is no longer known, unless the policy only warns of that", async () => {
    await neverLoosens(STRICT, (given, policy) =>
      Object.keys(given)
        .filter((fact) => fact !== "model")
        .map((fact) => [{ ...given, [fact]: { unavailable: "gone" } }, policy] as const),
    );
  });
});

test("a waiver for other bytes changes no decision", async () => {
  await fc.assert(
    fc.asyncProperty(facts, policyWith(ANY), fc.constantFrom(...Object.keys(RULES)), async (given, text, rule) => {
      const advisory = rule === "advisories" ? ", advisory: x_1" : "";
      const waived = `${text}waivers: [{ rule: ${rule}, manifest: "${OTHER_MANIFEST}", reason: of another model, expires: 2027-01-01, approved-by: [a]${advisory} }]\n`;
      const [plain, other] = [await read(text), await read(waived)];
      assert.deepEqual({ ...decide(given, other, NOW, KNOWLEDGE), waivers: [] }, decide(given, plain, NOW, KNOWLEDGE));
    }),
    { numRuns: effort(80, 1000) },
  );
});

test("a decision is the same bytes in whatever order the facts are given", async () => {
  const shuffled = <T>(items: readonly T[], seed: number): T[] =>
    items
      .map((item, index) => [item, Math.sin(seed * 31 + index * 17)] as const)
      .toSorted((a, b) => a[1] - b[1])
      .map(([item]) => item);
  await fc.assert(
    fc.asyncProperty(facts, policyWith(ANY), fc.integer({ min: 1, max: 1000 }), async (given, text, seed) => {
      const policy = await read(text);
      const other: Facts = {
        ...given,
        uncovered: "unavailable" in given.uncovered ? given.uncovered : shuffled(given.uncovered, seed),
        weights: "unavailable" in given.weights ? given.weights : shuffled(given.weights, seed),
        load: "unavailable" in given.load ? given.load : { ...given.load, findings: shuffled(given.load.findings, seed) },
        signature:
          "unavailable" in given.signature ? given.signature : { ...given.signature, changed: shuffled(given.signature.changed, seed) },
        advisories:
          "unavailable" in given.advisories
            ? given.advisories
            : {
                sources: shuffled(given.advisories.sources, seed),
                hits: shuffled(given.advisories.hits, seed),
                undecided: shuffled(given.advisories.undecided, seed),
              },
      };
      assert.equal(JSON.stringify(decide(other, policy, NOW, KNOWLEDGE)), JSON.stringify(decide(given, policy, NOW, KNOWLEDGE)));
    }),
    { numRuns: effort(120, 1000) },
  );
  assert.equal(CLEAN.model.manifestDigest, MANIFEST);
});
