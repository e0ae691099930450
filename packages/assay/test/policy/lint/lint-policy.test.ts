import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { LINTS, type LintId } from "../../../src/policy/lint/finding.ts";
import { lintPolicy } from "../../../src/policy/lint/lint-policy.ts";
import { readPolicy } from "../../../src/policy/read-policy.ts";
import { FORMATS, KNOWLEDGE, MANIFEST, NOW, OTHER_MANIFEST } from "../../support/policy/facts.ts";

const lint = async (body: string) =>
  lintPolicy(await readPolicy(`version: 1\nname: t\n${body}`, "p.yml", { formats: FORMATS }), NOW, KNOWLEDGE);

const SIGNED = "signers: [{ key: { file: k } }]";
const models = (...entries: readonly string[]): string => `models:\n${entries.map((entry) => `  - { ${entry} }\n`).join("")}`;
const one = (rules: string, always = ""): string => `${always}${models(`match: { name: a }, rules: { ${SIGNED}, ${rules} }`)}`;
const waived = (rule: string, more = "", expires = "2027-01-01"): string =>
  `waivers:\n  - { rule: ${rule}, manifest: "${MANIFEST}", reason: until it is converted, expires: ${expires}, approved-by: [a]${more} }\n`;

/** A policy, and what is found; undefined: nothing. */
const CASES: readonly (readonly [what: string, body: string, id: LintId | undefined, line?: number])[] = [
  ["an entry by name alone", models("match: { name: a }, rules: { load: data-only }"), "entry/unproven", 4],
  ["an entry by reference alone", models('match: { reference: "hf:a/**" }, rules: { load: data-only }'), "entry/unproven"],
  ["an entry for every model", models('match: { name: "**" }, rules: { load: data-only }'), "entry/unproven"],
  ["an entry by name and signer", models(`match: { name: a }, rules: { ${SIGNED} }`), undefined],
  ["an entry by name and pin", models("match: { name: a }, rules: { pin: required }"), undefined],
  [
    "an entry by name where a signer is always asked",
    `always: { ${SIGNED} }\n${models("match: { name: a }, rules: { load: any }")}`,
    undefined,
  ],
  ["an entry by bytes", models(`match: { manifest: "${MANIFEST}" }, rules: { load: any }`), undefined],
  ["an entry that denies by name", models("match: { name: a }, deny: withdrawn"), undefined],

  [
    "an entry behind one that matches all of it",
    models(`match: { name: "a/**" }, rules: { ${SIGNED} }`, `match: { name: "a/*" }, rules: { ${SIGNED} }`),
    "entry/never-reached",
    5,
  ],
  [
    "an entry that one which denies covers, wherever that is",
    models(`match: { name: a }, rules: { ${SIGNED} }`, "match: { name: '*' }, deny: withdrawn"),
    "entry/never-reached",
    4,
  ],
  [
    "an entry that denies, behind one with rules that covers it",
    models(`match: { name: "*" }, rules: { ${SIGNED} }`, "match: { name: a }, deny: withdrawn"),
    undefined,
  ],
  [
    "an entry that denies, behind another",
    models("match: { name: '*' }, deny: withdrawn", "match: { name: a }, deny: withdrawn"),
    "entry/never-reached",
    5,
  ],
  [
    "an entry of which the one before it matches a part",
    models(`match: { name: "a/*" }, rules: { ${SIGNED} }`, `match: { name: "a/**" }, rules: { ${SIGNED} }`),
    undefined,
  ],
  [
    "an entry behind one with a condition more",
    models(`match: { name: a, reference: "hf:**" }, rules: { ${SIGNED} }`, `match: { name: a }, rules: { ${SIGNED} }`),
    undefined,
  ],
  [
    "an entry behind one for any model",
    models(`match: { name: "**" }, rules: { ${SIGNED} }`, `match: { reference: "hf:a/b" }, rules: { ${SIGNED} }`),
    "entry/never-reached",
  ],
  [
    "an entry for bytes behind one for some of them",
    models(
      `match: { manifest: "${MANIFEST}" }, rules: { load: any }`,
      `match: { manifest: ["${MANIFEST}", "${OTHER_MANIFEST}"] }, rules: { load: any }`,
    ),
    undefined,
  ],

  [
    "an entry that is laxer than a later one",
    models(`match: { name: "a/*" }, rules: { ${SIGNED} }`, `match: { name: "**" }, rules: { ${SIGNED}, load: data-only }`),
    "entry/laxer",
    4,
  ],
  [
    "an entry with a longer list than a later one",
    models(
      `match: { name: "a/*" }, rules: { ${SIGNED}, license: [MIT, ISC] }`,
      `match: { name: "**" }, rules: { ${SIGNED}, license: [MIT] }`,
    ),
    "entry/laxer",
  ],
  [
    "an entry that warns of what a later one denies",
    models(
      `match: { name: "a/*" }, rules: { ${SIGNED}, load: { level: data-only, on-fail: warn } }`,
      `match: { name: "**" }, rules: { ${SIGNED}, load: data-only }`,
    ),
    "entry/laxer",
  ],
  [
    "an entry with less coverage than a later one, which asks for all of it by a signer",
    models(`match: { name: "a/*" }, rules: { ${SIGNED}, coverage: weights }`, `match: { name: "**" }, rules: { ${SIGNED} }`),
    "entry/laxer",
  ],
  [
    "an entry that is stricter than a later one",
    models(`match: { name: "a/*" }, rules: { ${SIGNED}, load: data-only }`, `match: { name: "**" }, rules: { ${SIGNED} }`),
    undefined,
  ],
  [
    "an entry that asks for something else than a later one",
    models(`match: { name: "a/*" }, rules: { ${SIGNED} }`, 'match: { name: "**" }, rules: { pin: required, load: data-only }'),
    undefined,
  ],
  [
    "an entry that asks for a pin where a later one asks for a signer",
    models('match: { name: "a/*" }, rules: { pin: required, load: data-only }', `match: { name: "**" }, rules: { ${SIGNED} }`),
    undefined,
  ],
  [
    "a laxer entry for other models",
    models(`match: { name: "a/*" }, rules: { ${SIGNED} }`, `match: { name: "b/*" }, rules: { ${SIGNED}, load: data-only }`),
    undefined,
  ],
  [
    "a laxer entry for exact bytes",
    models(`match: { manifest: "${MANIFEST}" }, rules: { load: any }`, `match: { name: "**" }, rules: { ${SIGNED}, load: data-only }`),
    undefined,
  ],
  [
    "an entry that leaves out what is always asked",
    `always: { load: data-only }\n${models(`match: { name: "a/*" }, rules: { ${SIGNED} }`, `match: { name: "**" }, rules: { ${SIGNED}, load: data-only }`)}`,
    undefined,
  ],

  ["a reference without its scheme", models(`match: { reference: "ibm-granite/**" }, rules: { ${SIGNED} }`), "match/impossible"],
  ["a hub's reference with a revision", models(`match: { reference: "hf:a/b@main" }, deny: withdrawn`), "match/impossible"],
  ["an image's reference with a tag", models(`match: { reference: "oci:r.example.com:5000/a/b:v1" }, deny: withdrawn`), "match/impossible"],
  [
    "an image's reference with a digest",
    models(`match: { reference: "oci:r.example.com/a@sha256:*" }, deny: withdrawn`),
    "match/impossible",
  ],
  ["an image's reference with a port", models(`match: { reference: "oci:r.example.com:5000/a/b" }, deny: withdrawn`), undefined],
  ["the address of a hub", models(`match: { reference: "https://huggingface.co/a/b" }, deny: withdrawn`), "match/impossible"],
  ["the address of another server", models(`match: { reference: "https://models.example.com/a@b/" }, deny: withdrawn`), undefined],
  ["a name with a scheme", models(`match: { name: "hf:ibm-granite/*" }, rules: { ${SIGNED} }`), "match/impossible"],
  ["a reference of any scheme", models(`match: { reference: "**/granite" }, rules: { ${SIGNED} }`), undefined],

  [
    "signers that only warn",
    models("match: { name: a }, rules: { signers: { any-of: [{ key: { file: k } }], on-fail: warn } }"),
    "signers/only-warn",
  ],
  [
    "a root without a subject",
    models("match: { name: a }, rules: { signers: [{ certificate: { roots: [r] } }] }"),
    "signers/any-under-root",
  ],
  ["a root with a subject", models("match: { name: a }, rules: { signers: [{ certificate: { roots: [r], subject: s } }] }"), undefined],
  [
    "a root with a fingerprint",
    models(`match: { name: a }, rules: { signers: [{ certificate: { roots: [r], fingerprint: "${MANIFEST}" } }] }`),
    undefined,
  ],
  [
    "any identity",
    models("match: { name: a }, rules: { signers: [{ sigstore: { identity-regexp: '.*', issuer: 'https://a.example' } }] }"),
    "signers/anyone",
  ],
  [
    "any identity of one organization",
    models("match: { name: a }, rules: { signers: [{ sigstore: { identity-regexp: '.*@acme[.]example', issuer: 'https://a.example' } }] }"),
    undefined,
  ],
  [
    "any identity provider",
    models("match: { name: a }, rules: { signers: [{ sigstore: { identity: a, issuer-regexp: 'https://.*' } }] }"),
    "signers/anyone",
  ],
  ["coverage without a signer", models("match: { name: a }, rules: { pin: required, coverage: weights }"), "coverage/no-signer"],
  [
    "coverage always, and an entry without a signer",
    `always: { coverage: weights }\n${models("match: { name: a }, rules: { pin: required }")}`,
    "coverage/no-signer",
    3,
  ],
  ["coverage with a signer", one("coverage: weights"), undefined],

  ["a command", one("load: { level: data-only, allow: [os.system] }"), "load/allows-everything"],
  ["eval", one("load: { level: data-only, allow: [builtins.eval] }"), "load/allows-everything"],
  ["a function of subprocess", one("load: { level: data-only, allow: [subprocess.Popen] }"), "load/allows-everything"],
  [
    "a class of scikit-learn, and a path",
    one("load: { level: data-only, allow: [sklearn.tree._tree.Tree, pathlib.PosixPath] }"),
    undefined,
  ],
  ["names beside any", one("load: { level: any, allow: [sklearn.tree._tree.Tree] }"), "load/allow-unused"],

  ["formats that exclude each other", one("formats: [GGUF]", "always: { formats: [safetensors] }\n"), "formats/none-left"],
  ["formats in common", one("formats: [GGUF, safetensors]", "always: { formats: [safetensors] }\n"), undefined],
  ["a denied license with a shortened name", one("license: { deny: [GPL3] }"), "license/unknown"],
  ["a denied license without its version", one("license: { deny: [CC-BY-NC] }"), "license/unknown"],
  ["an allowed license with a mistyped name", one("license: [MITT]"), "license/unknown"],
  ["a license by a name that hubs use", one("license: [apache-2.0, Apache2, gemma, llama3.1]"), undefined],
  ["a license of one's own", one("license: [acme-model-license, LicenseRef-GPL3]"), undefined],
  ["a license that is allowed and denied", one("license: { allow: [MIT, ISC], deny: [mit] }"), "license/excluded"],
  ["a license of a kind that is denied", one('license: { allow: [CC-BY-NC-4.0, MIT], deny: ["@non-commercial"] }'), "license/excluded"],
  [
    "an exception of a license that is denied",
    one("license: { allow: [GPL-2.0-only WITH Classpath-exception-2.0], deny: [GPL-2.0-only] }"),
    "license/excluded",
  ],
  [
    "a license that is denied with an exception",
    one("license: { allow: [GPL-2.0-only], deny: [GPL-2.0-only WITH Classpath-exception-2.0] }"),
    undefined,
  ],
  ["a kind that is allowed, and one of it that is denied", one('license: { allow: ["@open"], deny: [MIT] }'), undefined],

  ["a waiver that has ended", `${one("load: data-only")}${waived("load", "", "2026-11-30")}`, "waiver/expired"],
  ["a waiver on its last day", `${one("load: data-only")}${waived("load", "", "2026-12-01")}`, undefined],
  ["a waiver of a rule that is not asked", `${one("load: data-only")}${waived("license")}`, "waiver/unasked"],
  ["a waiver of the coverage that a signer asks for", `${one("load: data-only")}${waived("coverage")}`, undefined],
  [
    "a waiver for bytes that are denied",
    `${models(`match: { manifest: "${MANIFEST}" }, deny: withdrawn`, `match: { name: a }, rules: { ${SIGNED} }`)}${waived("signers")}`,
    "waiver/denied",
  ],
];

suite("policy lint finds", () => {
  for (const [what, body, id, line] of CASES) {
    test(`${id ?? "nothing"}: ${what}`, async () => {
      const findings = await lint(body);
      assert.deepEqual(
        findings.map((found) => found.id),
        id === undefined ? [] : [id],
        JSON.stringify(findings),
      );
      if (line !== undefined) assert.equal(findings[0]?.place.line, line);
    });
  }

  test("every kind, in these cases", () => {
    const found = new Set(CASES.map(([, , id]) => id));
    assert.deepEqual(
      Object.keys(LINTS).filter((id) => !found.has(id as LintId)),
      [],
    );
  });

  test("all of several, in the order of the file", async () => {
    const findings = await lint(
      `${models("match: { name: a }, rules: { load: { level: data-only, allow: [os.system] } }")}${waived("license")}`,
    );
    assert.deepEqual(
      findings.map(({ id }) => id),
      ["entry/unproven", "load/allows-everything", "waiver/unasked"],
    );
    assert.ok(findings.every(({ advice }) => advice.endsWith(".")));
  });

  test("that nothing passes where all that is allowed is denied", async () => {
    const [found] = await lint(one("license: { allow: [MIT], deny: [MIT] }"));
    assert.match(found?.message ?? "", /nothing can pass/);
  });
});
