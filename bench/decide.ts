// Measures decisions from recorded facts in one process: 10,000 models, a policy with 101 entries and all ten rules, a third of
// the models allowed. The ratio compares with JSON.parse of the same facts, on the same processor.
//
// Usage: node bench/decide.ts
import { shippedLicenses } from "../packages/assay/src/catalog/licenses.ts";
import { decide } from "../packages/assay/src/policy/decide.ts";
import type { Facts } from "../packages/assay/src/policy/facts.ts";
import { readFacts } from "../packages/assay/src/policy/record/read-facts.ts";
import { factsFor } from "../packages/assay/src/policy/record/recorded-facts.ts";
import { readPolicy } from "../packages/assay/src/policy/read-policy.ts";
import { factsDocument } from "../packages/assay/src/report/json/facts.ts";
import { CLEAN, EVERY_RULE, FORMATS, NOW, policyText } from "../packages/assay/test/support/policy/facts.ts";

const MODELS = 10_000;
const ENTRIES = 100;
const ROUNDS = 5;

const others = Array.from(
  { length: ENTRIES },
  (_, at) => `  - { id: e${at}, match: { reference: "hf:owner-${at}/**" }, rules: { load: data-only } }\n`,
);
const text = policyText(EVERY_RULE).replace("models:\n", `models:\n${others.join("")}`);
const policy = await readPolicy(text, "policy.yml", { formats: FORMATS });
const licenses = shippedLicenses();
const files = Array.from({ length: MODELS }, (_, at) => {
  const uncovered = at % 3 === 0 ? [] : Array.from({ length: 20 }, (_file, place) => ({ name: `file-${place}`, isLoaded: false }));
  const facts: Facts = { ...CLEAN, model: { ...CLEAN.model, reference: `hf:models/granite-${at}` }, uncovered };
  return new TextEncoder().encode(JSON.stringify(factsDocument(facts, NOW, policy)));
});

const decoder = new TextDecoder();
const parsed = best(() => files.map((bytes): unknown => JSON.parse(decoder.decode(bytes))).length);
const read = best(() => files.map((bytes) => readFacts(bytes, "facts.json")).length);
const recorded = files.map((bytes) => readFacts(bytes, "facts.json"));
const decided = best(
  () => recorded.filter((one) => decide(factsFor(policy, one), policy, one.at, { licenses }).decision === "allow").length,
);

for (const [what, milliseconds] of [
  [`JSON.parse of the facts of ${MODELS} models, ${(files.reduce((sum, { length }) => sum + length, 0) / 1e6).toFixed(1)} MB`, parsed],
  ["read strictly", read],
  [`decided by ${ENTRIES + 1} entries and ten rules`, decided],
] as const) {
  process.stdout.write(`${milliseconds.toFixed(0).padStart(7)} ms  ${(milliseconds / parsed).toFixed(2).padStart(6)}  ${what}\n`);
}

/** The least processor time of some rounds, in milliseconds: others on the machine cost wall time, and none of this. */
function best(work: () => number): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}
