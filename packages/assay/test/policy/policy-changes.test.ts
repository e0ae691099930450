import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { policyChanges } from "../../src/policy/compare/policy-changes.ts";
import { readPolicy } from "../../src/policy/read-policy.ts";
import { EVERY_RULE, FORMATS, MANIFEST, policyText } from "../support/policy/facts.ts";
import { TEXT } from "../support/policy/texts.ts";

const read = async (text: string) => readPolicy(text, "p.yml", { formats: FORMATS });
const changes = async (a: string, b: string) =>
  policyChanges(await read(a), await read(b)).map(({ path, before, after, strictness }) => [path, before, after, strictness]);

/** Two texts with the same meaning. */
const SAME: readonly (readonly [what: string, a: string, b: string])[] = [
  ["the short form and the mapping of a rule", policyText("load: data-only"), policyText("load: { level: data-only, on-fail: deny }")],
  ["lists in another order", policyText("license: [MIT, ISC]"), policyText("license: [ISC, MIT]")],
  ["comments", policyText("load: any"), `# a comment\n${policyText("load: any")}`],
  ["what people call a signer", policyText("signers: [{ key: { file: k } }]"), policyText("signers: [{ name: a, key: { file: k } }]")],
  ["a size in other units", policyText("size: { max-bytes: 1kB }"), policyText("size: { max-bytes: 1000 }")],
  ["an age in hours", policyText("advisories: { max-age: 2d }"), policyText("advisories: { max-age: 48h }")],
  [
    "another order of keys",
    policyText("\n      load: any\n      digests: computed\n"),
    policyText("\n      digests: computed\n      load: any\n"),
  ],
];

/** Rules before and after, with the key that differs. */
const DIFFERENT: readonly (readonly [
  a: string,
  b: string,
  key: string,
  before: string | null,
  after: string | null,
  strictness: string,
])[] = [
  ["load: data-only", "load: any", "load.level", "data-only", "any", "laxer"],
  ["load: data-only", "load: { level: data-only, on-fail: warn }", "load.on-fail", "deny", "warn", "laxer"],
  ["load: data-only", "load: { level: data-only, on-unknown: deny }", "load.on-unknown", "incomplete", "deny", "stricter"],
  ["load: data-only", "load: { level: data-only, allow: [a.b] }", "load.allow", null, "a.b", "laxer"],
  ["pin: required", "pin: if-present", "pin.mode", "required", "if-present", "laxer"],
  ["coverage: weights", "coverage: complete", "coverage.level", "weights", "complete", "stricter"],
  ["formats: [GGUF, safetensors]", "formats: [GGUF]", "formats.allow", "GGUF, safetensors", "GGUF", "stricter"],
  ["size: { max-bytes: 10 }", "size: { max-bytes: 20 }", "size.max-bytes", "10", "20", "laxer"],
  ["size: { max-bytes: 10 }", "size: { max-bytes: 10, max-memory: 9 }", "size.max-memory", null, "9", "stricter"],
  ["license: [MIT]", "license: [ISC]", "license.allow", "MIT", "ISC", "other"],
  ["license: { deny: [MIT] }", "license: { deny: [MIT, ISC] }", "license.deny", "MIT", "ISC, MIT", "stricter"],
  ["license: [MIT]", "license: { allow: [MIT], basis: claimed }", "license.basis", "found", "claimed", "laxer"],
  ["openness: 2", "openness: 3", "openness.class", "2", "3", "laxer"],
  ["openness: 2", "openness: { class: 2, components: { Datasets: required } }", "openness.components", null, "Datasets", "stricter"],
  ["digests: computed", "digests: attested", "digests.level", "computed", "attested", "laxer"],
  ["advisories: { max-age: 1d }", "advisories: { max-age: 2d }", "advisories.max-age", "24h", "48h", "laxer"],
  ["advisories: { from: [a] }", "advisories: { from: [a, b] }", "advisories.from", "a", "a, b", "stricter"],
  [
    "signers: [{ key: { file: k } }]",
    "signers: [{ key: { file: k }, valid-until: 2027-01-01 }]",
    "signers.any-of",
    'key file="k"',
    'key file="k" valid-until=2027-01-01',
    "other",
  ],
];

suite("two policies", () => {
  for (const [what, a, b] of SAME) {
    test(`mean the same with ${what}`, async () => {
      assert.deepEqual(await changes(a, b), []);
      assert.deepEqual(await changes(b, a), []);
    });
  }

  for (const [a, b, key, before, after, strictness] of DIFFERENT) {
    test(`differ in ${key}: ${a} and ${b}`, async () => {
      assert.deepEqual(await changes(policyText(a), policyText(b)), [[`models[all].rules.${key}`, before, after, strictness]]);
    });
  }

  test("differ in what only one asks, and in what always holds", async () => {
    const always = policyText("pin: required").replace("models:", "always: { load: data-only }\nmodels:");
    assert.deepEqual(
      (await changes(policyText("pin: required"), always)).map(([path, , , strictness]) => [path, strictness]),
      [
        ["always.load.level", "stricter"],
        ["always.load.on-fail", "stricter"],
        ["always.load.on-unknown", "stricter"],
      ],
    );
  });

  test("differ in the order of entries, which is meaning, but not of those that deny", async () => {
    const entries = (...list: readonly string[]): string =>
      `version: 1\nname: t\nmodels:\n${list.map((entry) => `  - { ${entry} }\n`).join("")}`;
    const [a, b, deny] = [
      "id: a, match: { name: a }, rules: { load: any }",
      "id: b, match: { name: b }, rules: { load: any }",
      "id: d, match: { name: d }, deny: x",
    ];
    assert.deepEqual(await changes(entries(a, b), entries(b, a)), [["models (order)", "a, b", "b, a", null]]);
    assert.deepEqual(await changes(entries(a, deny, b), entries(deny, a, b)), []);
  });

  test("differ in matches, reasons and waivers", async () => {
    const other = TEXT.replace("withdrawn by its publisher", "broken")
      .replace("hf:ibm-granite/**", "hf:ibm/**")
      .replace("expires: 2027-01-31", "expires: 2027-02-28");
    assert.deepEqual(await changes(TEXT, other), [
      ["models[banned].deny", "withdrawn by its publisher", "broken", null],
      ["models[granite].match.reference", "hf:ibm-granite/**", "hf:ibm/**", null],
      [`waivers[load of ${MANIFEST}].expires`, "2027-01-31", "2027-02-28", null],
    ]);
  });

  test("that are the same have no change, with every rule", async () => {
    assert.deepEqual(await changes(policyText(EVERY_RULE), policyText(EVERY_RULE)), []);
  });
});
