import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { FORMAT_NAMES, policySchema } from "../../../../scripts/docs/policy-schema.ts";
import { readPolicy } from "../../src/policy/read-policy.ts";
import { EVERY_RULE, policyText } from "../support/policy/facts.ts";
import { FAULTS, SHORT, TEXT } from "../support/policy/texts.ts";

const validate = new Ajv2020({ strict: true, allErrors: true }).compile(policySchema());
const isValid = (text: string): boolean => validate(parse(text, { uniqueKeys: false, merge: false }));

/** Faults that only the reader sees: of the text itself, and of values that are well formed. */
const BEYOND_A_SCHEMA: ReadonlySet<string> = new Set([
  "a version that is not whole",
  "a size that is not whole",
  "a size in hexadecimal",
  "a day that does not exist",
  "a pattern that is not one",
  "a waiver for too long",
  "a waiver that ends before it was given",
  "an anchor",
  "a tag",
  "a key given twice",
  "an id given twice",
  "a NUL in a comment",
  "a directive",
  "a second document",
]);

/** Rules in all their forms. */
const RULES: readonly string[] = [
  "signers: [{ name: a, key: { file: k }, valid-from: 2026-07-01 }]",
  "signers: { any-of: [{ key: { pem: x } }], on-fail: warn, on-unknown: deny }",
  "signers: [{ sigstore: { identity-regexp: '.*@a', issuer-regexp: 'https://.*', trusted-root: r.json } }]",
  "signers: [{ sigstore: { identity: a, issuer: 'http://localhost:8080/x' } }]",
  `signers: [{ certificate: { roots: [r], intermediates: [i], fingerprint: "sha256:${"0".repeat(64)}", crl: [c] } }]`,
  "coverage: { level: signed-files, on-fail: warn }",
  "pin: { mode: if-present }",
  "load: { level: any, on-unknown: warn }",
  "load: { level: data-only, allow: [sklearn.tree._tree.Tree] }",
  "formats: { allow: [Safetensors, onnx, TensorFlow Lite] }",
  "size: { max-bytes: 12 }",
  "size: { max-memory: 1.5kB }",
  "license: [MIT, GPL-2.0-only with Classpath-exception-2.0, LicenseRef-Acme, '@open']",
  "license: { deny: ['@osi'] }",
  "openness: { components: { Datasets: required, Research paper: required }, basis: claimed }",
  "digests: { level: attested }",
  "advisories: deny",
  "advisories: { max-age: 12h }",
];

/** Shapes of no rule. */
const NOT_RULES: readonly string[] = [
  "signers: []",
  "signers: { key: { file: k } }",
  "signers: [{ name: a }]",
  "signers: [{ key: { file: k, pem: x } }]",
  "signers: [{ sigstore: { identity: a } }]",
  "signers: [{ sigstore: { identity: a, identity-regexp: a, issuer: 'https://a' } }]",
  "coverage: all",
  "coverage: { on-fail: warn }",
  "pin: maybe",
  "load: { allow: [a.b] }",
  "load: { level: data-only, allow: [name] }",
  "formats: safetensors",
  "size: { on-fail: warn }",
  "size: 12",
  "size: { max-bytes: 1.5 GB }",
  "license: { basis: found }",
  "license: MIT",
  "license: [MIT AND Apache-2.0]",
  "openness: 4",
  "openness: '3'",
  "openness: { components: { Datasets: optional } }",
  "openness: { on-fail: warn }",
  "advisories: { from: [] }",
  "advisories: { max-age: 90 }",
  "load: { level: any, on-fail: incomplete }",
  "load: { level: any, on-unknown: allow }",
];

suite("the published schema of a policy", () => {
  for (const [what, text] of [
    ["a policy with every key", TEXT.replace("gguf", "GGUF")],
    ["a policy in the short form", SHORT],
    ...[EVERY_RULE, ...RULES].map((rules) => [rules.trim(), policyText(rules)] as const),
  ] as const) {
    test(`accepts what is read: ${what}`, async () => {
      await readPolicy(text, "p.yml", { formats: FORMAT_NAMES });
      assert.ok(isValid(text), JSON.stringify(validate.errors, undefined, 1));
    });
  }

  for (const [what, from, to] of FAULTS) {
    if (BEYOND_A_SCHEMA.has(what)) continue;
    test(`refuses ${what}`, () => assert.ok(!isValid(TEXT.replace(from, to))));
  }

  for (const rules of NOT_RULES) {
    test(`refuses what is refused: ${rules}`, async () => {
      const text = policyText(rules);
      await assert.rejects(async () => readPolicy(text, "p.yml", { formats: FORMAT_NAMES }));
      assert.ok(!isValid(text));
    });
  }

  test("leaves to the reader alone only what is a fault there", () => {
    const known = new Set(FAULTS.map(([what]) => what));
    assert.deepEqual(
      [...BEYOND_A_SCHEMA].filter((what) => !known.has(what)),
      [],
    );
  });
});
