import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { readPolicy } from "../../src/policy/read-policy.ts";
import { policySentences } from "../../src/report/policy-sentences.ts";
import { FORMATS, MANIFEST, policyOf } from "../support/policy/facts.ts";
import { TEXT } from "../support/policy/texts.ts";

const KEY = "signers: [{ key: { file: k.pub } }]";

/** Rules, and their sentences. */
const CASES: readonly (readonly [rules: string, ...sentences: readonly string[]])[] = [
  [KEY, "It must be signed, unchanged, by the key in k.pub.", "Every file must be under that signature."],
  [
    `signers: [{ name: a, key: { pem: x }, valid-from: 2026-01-01 }, { key: { file: b } }]\n      coverage: signed-files`,
    "It must be signed, unchanged, by a (the key that is written in the policy) from 2026-01-01 or by the key in b.",
    "Files that are not under that signature are accepted.",
  ],
  [
    "signers: { any-of: [{ certificate: { roots: [r, s], usage: code-signing, crl: [c] } }], on-fail: warn, on-unknown: deny }",
    "It must be signed, unchanged, by any subject under r or s, for code signing, unless c revokes it; otherwise it is only warned of, and what cannot be told denies.",
    "Every file must be under that signature; otherwise it is only warned of, and what cannot be told denies.",
  ],
  [
    `signers: [{ certificate: { roots: [r], fingerprint: "sha256:${"0".repeat(64)}" } }]\n      coverage: weights`,
    `It must be signed, unchanged, by the certificate sha256:${"0".repeat(64)} under r.`,
    "Every file that a loader reads as weights or runs must be under that signature.",
  ],
  [
    "signers: [{ sigstore: { identity-regexp: '.*@a[.]b', issuer-regexp: 'https://a/.*', trusted-root: t } }]\n      coverage: complete",
    "It must be signed, unchanged, by an identity that matches .*@a[.]b, vouched for by a provider that matches https://a/.*, of the instance in t.",
    "Every file must be under that signature.",
  ],
  ["pin: if-present", "Where the lock file names it, the bytes and the signer must be those."],
  ["load: any", "Loading it may run code."],
  [
    "load: { level: data-only, allow: [a.b, c.d], on-unknown: warn }",
    "Loading it must run no code; a.b and c.d may be named; what cannot be told is only warned of.",
  ],
  ["size: { max-bytes: 1 }", "It must not have more than 1 bytes."],
  [
    "size: { max-bytes: 1500MB, max-memory: 80GiB }",
    "It must not have more than 1,500 MB or need more than 80 GiB of memory for its weights.",
  ],
  [
    "license: { deny: ['@non-commercial', AGPL-3.0-only] }",
    "The license of its weights must not be one for non-commercial use only or AGPL-3.0-only, by its text.",
  ],
  ["openness: 1", "It must reach Class I (open science) of the Model Openness Framework."],
  [
    "openness: { components: { Datasets: required, Research paper: required } }",
    "It must have its datasets and research paper under an open license.",
  ],
  ["digests: computed", "The digests of its files must be computed from their bytes."],
  ["digests: attested", "The digests of its files may be those that a hub tells."],
  ["advisories: warn", "No advisory of the sources that are given may be about it; otherwise it is only warned of."],
  ["advisories: { from: [a], max-age: 36h }", "No advisory in a may be about it, and the sources must be at most 36 hours old."],
];

suite("a policy in sentences", () => {
  for (const [rules, ...sentences] of CASES) {
    test(`says what ${rules.split("\n")[0]} asks`, async () => {
      const [section] = policySentences(await policyOf(rules));
      assert.deepEqual(section?.sentences, sentences);
    });
  }

  test("begins with what is denied and ends with every other model and the waivers", async () => {
    const sections = policySentences(await readPolicy(TEXT, "p.yml", { formats: FORMATS }));
    assert.deepEqual(
      sections.map(({ heading }) => heading),
      [
        "Denied, whatever else is said",
        "Every model",
        "Models whose reference is like hf:ibm-granite/** (granite)",
        "Any other model",
        "Waivers",
      ],
    );
    assert.deepEqual(sections.at(0)?.sentences, [`Models with the bytes of ${MANIFEST} (banned): withdrawn by its publisher.`]);
    assert.deepEqual(sections.at(-1)?.sentences, [
      `The rule load is waived for ${MANIFEST} until 2027-01-31, given on 2026-12-01: a model of the risk team, to be converted. Approved by a@example.com and b@example.com.`,
    ]);
  });

  test("says that a later entry is for what an earlier one does not match", async () => {
    const text =
      'version: 1\nname: t\nmodels:\n  - { match: { name: [a, "b*"], reference: "hf:**" }, rules: { load: any } }\n  - { match: { name: "**" }, rules: { load: any } }\n';
    const sections = policySentences(await readPolicy(text, "p.yml", { formats: FORMATS }));
    assert.deepEqual(
      sections.map(({ heading }) => heading),
      [
        "Models whose name is a or like b* and whose reference is like hf:** (models[0])",
        "Otherwise, models whose name is anything (models[1])",
        "Any other model",
      ],
    );
  });
});
