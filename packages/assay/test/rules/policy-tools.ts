import type { Rule } from "./rule.ts";

const recorded = { test: "test/report/facts.test.ts" };
const lint = { test: "test/policy/lint/lint-policy.test.ts" };

/** The tools for policies: what they find, and what they say of two. */
export const rules: readonly Rule[] = [
  {
    ...lint,
    rule: "lint: an entry that denies is tried before all others",
    file: "src/policy/lint/entries.ts",
    text: "const isBefore = other.deny === undefined ? !isDeny && at < index : isDeny ? at < index : true;",
    replacement: "const isBefore = at < index;",
  },
  {
    ...lint,
    rule: "lint: an entry with a condition more does not cover one without it",
    file: "src/policy/lint/match-relations.ts",
    text: 'const [outside, inside = ["**"]] = [outer[key], inner[key]];',
    replacement: "const [outside, inside = []] = [outer[key], inner[key]];",
  },
  {
    ...lint,
    rule: "lint: an entry for some bytes does not cover one for more",
    file: "src/policy/lint/match-relations.ts",
    text: "if (outer.manifest !== undefined && inner.manifest?.every((digest) => outer.manifest?.includes(digest)) !== true) return false;",
    replacement: "",
  },
  {
    ...lint,
    rule: "lint: what always holds makes an entry without it no laxer",
    file: "src/policy/lint/strictness.ts",
    text: "always === undefined || always[name] === undefined || !asksAsMuch(name, always, rules)",
    replacement: "always !== undefined || always === undefined",
  },
  {
    ...lint,
    rule: "lint: an entry that asks for something else is not laxer",
    file: "src/policy/lint/strictness.ts",
    text: 'return different.size > 1 ? "other" : first;',
    replacement: "return first;",
  },
  {
    ...lint,
    rule: "lint: a signer asks for all coverage",
    file: "src/policy/lint/strictness.ts",
    text: 'ordered(a.coverage?.level ?? "complete", b.coverage?.level ?? "complete",',
    replacement: 'ordered(a.coverage?.level ?? "signed-files", b.coverage?.level ?? "signed-files",',
  },
  {
    ...lint,
    rule: "lint: a waiver holds on its last day",
    file: "src/policy/lint/waivers.ts",
    text: "time.getTime() < endOfDay(waiver.expires)",
    replacement: "time.getTime() < endOfDay(waiver.expires) - 86_400_000",
  },
  {
    rule: "lint: characters that no pattern names count too",
    file: "src/policy/lint/glob-relations.ts",
    text: 'new Set(["/", "", ...exactCharacters(partsA), ...exactCharacters(partsB)])',
    replacement: 'new Set(["/", ...exactCharacters(partsA), ...exactCharacters(partsB)])',
    test: "test/policy/lint/glob-relations.test.ts",
  },
  {
    rule: "explain: a signer asks for every file",
    file: "src/report/policy-sentences.ts",
    text: "if (rules.signers === undefined || rules.coverage !== undefined) return sentences;",
    replacement: "return sentences;",
    test: "test/report/policy-sentences.test.ts",
  },
  {
    rule: "explain: a rule that only warns is said to",
    file: "src/report/policy-sentences.ts",
    text: '...(onFail === "warn" ?',
    replacement: '...(onFail === "deny" ?',
    test: "test/report/policy-sentences.test.ts",
  },
  {
    rule: "explain: models without an entry are said to be denied",
    file: "src/report/policy-sentences.ts",
    text: '{ heading: "Any other model", sentences: ["It is denied."] },',
    replacement: "",
    test: "test/report/policy-sentences.test.ts",
  },
  {
    ...recorded,
    rule: "recorded facts with an unknown field are refused",
    file: "src/report/json/recorded-values.ts",
    text: "if (!known.has(key)) value.fail(",
    replacement: "if (false) value.fail(",
  },
  {
    ...recorded,
    rule: "recorded facts without a field are refused",
    file: "src/report/json/recorded-values.ts",
    text: 'return node.kind === "null" ? undefined : read(node);',
    replacement: 'return node.kind === "object" || node.kind === "string" || node.kind === "number" ? read(node) : undefined;',
  },
  {
    ...recorded,
    rule: "a moment in recorded facts is written as moments are compared",
    file: "src/report/json/recorded-values.ts",
    text: "if (!Number.isNaN(time.getTime()) && time.toISOString() === text) return text;",
    replacement: 'if (text !== "") return text;',
  },
  {
    ...recorded,
    rule: "a fault in recorded facts is a wrong question",
    file: "src/report/json/read-facts.ts",
    text: "throw error instanceof AssayError ? asCallersFault(error) : error;",
    replacement: "throw error;",
  },
  {
    ...recorded,
    rule: "a signer of which recorded facts say nothing is unknown",
    file: "src/policy/recorded-facts.ts",
    text: "checks.get(signerName(signer)) ?? NOT_RECORDED",
    replacement: "[...checks.values()][0] ?? NOT_RECORDED",
  },
  {
    rule: "publishers that must not be suggested are not",
    file: "src/catalog/known-publishers.ts",
    text: "notSuggested !== null || reference === null || issuer === null",
    replacement: "reference === null || issuer === null",
    test: "test/catalog/starting-policy.test.ts",
  },
  {
    rule: "a starting policy pins what was reviewed",
    file: "src/catalog/starting-policy.ts",
    text: "`      pin: ${pinned}`",
    replacement: '"      load: any"',
    test: "test/catalog/starting-policy.test.ts",
  },
];
