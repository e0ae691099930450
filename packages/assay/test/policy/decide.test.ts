import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { decide } from "../../src/policy/decide.ts";
import type { DecisionCode } from "../../src/policy/decision.ts";
import type { Facts, LicenseFactsOfModel } from "../../src/policy/facts.ts";
import { readPolicy } from "../../src/policy/read-policy.ts";
import { CLEAN, decideBy, EVERY_RULE, FORMATS, KNOWLEDGE, MANIFEST, NOW, OTHER_MANIFEST, policyOf } from "../support/policy/facts.ts";

const unsigned: Facts = {
  ...CLEAN,
  signature: { isSigned: false, changed: [], always: [], entry: [] },
  uncovered: [{ name: "model.safetensors", isLoaded: true }],
};
const code = { reason: "pickle/global", outcome: "code", file: "m.bin", what: "calls os.system", offset: 2, name: "os.system" } as const;
const signedBy = (check: object, changed: readonly string[] = []): Facts => ({
  ...CLEAN,
  signature: {
    isSigned: true,
    changed,
    always: [],
    entry: [{ outcome: "fits", why: undefined, signer: undefined, provenTime: undefined, ...check }],
  },
});
const license = (found: string | undefined, claimed?: string, hasUnknownText = false): Facts => ({
  ...CLEAN,
  license: { found, claimed, hasUnknownText } satisfies LicenseFactsOfModel,
});
const KEY = "signers: [{ key: { file: k.pub } }]";

test("a model that every rule passes is allowed, by all ten", async () => {
  const decision = await decideBy(EVERY_RULE, CLEAN);
  assert.deepEqual(
    [decision.decision, decision.decidedBy, decision.counts],
    ["allow", null, { pass: 10, deny: 0, warn: 0, unknown: 0, waived: 0 }],
  );
});

/** The rule, the facts, and the code of the rule that decides; undefined: allowed. */
const CASES: readonly (readonly [what: string, rules: string, facts: Facts, code: DecisionCode | undefined])[] = [
  ["no signature", KEY, unsigned, "SIGNER_UNSIGNED"],
  ["another signer", KEY, signedBy({ outcome: "does-not-fit", why: "another key" }), "SIGNER_NONE_FITS"],
  ["a signature of the future", KEY, signedBy({ outcome: "unknown", why: "bundle version 0.9" }), "SIGNER_UNKNOWN"],
  ["changed bytes", KEY, signedBy({}, ["a"]), "BYTES_DIFFER"],
  [
    "no result for a signer",
    "signers: [{ key: { file: a } }, { key: { file: b } }]",
    signedBy({ outcome: "does-not-fit" }),
    "SIGNER_UNKNOWN",
  ],
  ["signed before the window", "signers: [{ key: { file: k }, valid-from: 2026-07-01 }]", CLEAN, "SIGNER_WINDOW"],
  ["signed on the last day", "signers: [{ key: { file: k }, valid-until: 2026-06-01 }]", CLEAN, undefined],
  ["signed after the window", "signers: [{ key: { file: k }, valid-until: 2026-05-31 }]", CLEAN, "SIGNER_WINDOW"],
  ["an unproven time, after the window", "signers: [{ key: { file: k }, valid-until: 2026-11-30 }]", signedBy({}), "SIGNER_WINDOW"],
  ["an unproven time, in the window", "signers: [{ key: { file: k }, valid-until: 2026-12-01 }]", signedBy({}), undefined],
  ["a file beside the signed ones", KEY, { ...CLEAN, uncovered: [{ name: "x", isLoaded: false }] }, "COVERAGE_GAP"],
  [
    "coverage of weights, and a text beside them",
    `${KEY}\n      coverage: weights`,
    { ...CLEAN, uncovered: [{ name: "x", isLoaded: false }] },
    undefined,
  ],
  [
    "coverage of weights, and code beside them",
    `${KEY}\n      coverage: weights`,
    { ...CLEAN, uncovered: [{ name: "x.py", isLoaded: true }] },
    "COVERAGE_GAP",
  ],
  [
    "coverage of signed files",
    `${KEY}\n      coverage: signed-files`,
    { ...CLEAN, uncovered: [{ name: "x.py", isLoaded: true }] },
    undefined,
  ],
  ["coverage without a signer", "coverage: signed-files", unsigned, "COVERAGE_GAP"],
  ...["complete", "weights", "signed-files"].map(
    (level) =>
      [
        `changed bytes that only warn, and coverage: ${level}`,
        `\n      signers: { any-of: [{ key: { file: k.pub } }], on-fail: warn }\n      coverage: ${level}\n`,
        signedBy({}, ["a"]),
        "COVERAGE_GAP",
      ] as const,
  ),
  [
    "changed bytes that only warn, and no coverage that is written",
    "\n      signers: { any-of: [{ key: { file: k.pub } }], on-fail: warn }\n",
    signedBy({}, ["a"]),
    undefined,
  ],
  ["no lock", "pin: required", { ...CLEAN, lock: { lock: undefined } }, "PIN_MISSING"],
  ["no lock, where none is needed", "pin: if-present", { ...CLEAN, lock: { lock: undefined } }, undefined],
  ["other bytes than pinned", "pin: required", { ...CLEAN, model: { ...CLEAN.model, manifestDigest: OTHER_MANIFEST } }, "PIN_BYTES"],
  ["a pinned signer, and no rule that verifies one", "pin: required", CLEAN, "PIN_SIGNER"],
  ["a pinned signer", `${KEY}\n      pin: required`, CLEAN, undefined],
  ["another signer than pinned", `${KEY}\n      pin: required`, signedBy({ signer: { method: "key", fingerprint: "0" } }), "PIN_SIGNER"],
  ["code", "load: data-only", { ...CLEAN, load: { outcome: "code", findings: [code] } }, "LOAD_CODE"],
  [
    "code that is allowed by name",
    "load: { level: data-only, allow: [os.system] }",
    { ...CLEAN, load: { outcome: "code", findings: [code] } },
    undefined,
  ],
  [
    "an invalid file with a name that is allowed",
    "load: { level: data-only, allow: [os.system] }",
    { ...CLEAN, load: { outcome: "invalid", findings: [{ ...code, outcome: "invalid" }] } },
    "LOAD_UNKNOWN",
  ],
  [
    "code beside what is allowed",
    "load: { level: data-only, allow: [os.system] }",
    { ...CLEAN, load: { outcome: "code", findings: [code, { ...code, name: undefined }] } },
    "LOAD_CODE",
  ],
  [
    "an unknown file",
    "load: data-only",
    { ...CLEAN, load: { outcome: "unknown", findings: [{ ...code, outcome: "unknown", name: undefined }] } },
    "LOAD_UNKNOWN",
  ],
  ["an answer without a reason", "load: data-only", { ...CLEAN, load: { outcome: "unknown", findings: [] } }, "LOAD_UNKNOWN"],
  ["code where any is allowed", "load: any", { ...CLEAN, load: { outcome: "code", findings: [code] } }, undefined],
  ["another format", "formats: [gguf]", CLEAN, "FORMAT_OTHER"],
  [
    "a format that is not known",
    "formats: [safetensors]",
    { ...CLEAN, weights: [{ name: "m", format: undefined, memoryBytes: 1 }] },
    "FORMAT_OTHER",
  ],
  ["no weights", "formats: [safetensors]", { ...CLEAN, weights: [] }, "FORMAT_NONE"],
  ["too large", "size: { max-bytes: 1999 }", CLEAN, "SIZE_BYTES"],
  ["exactly as large as allowed", "size: { max-bytes: 2000, max-memory: 1000 }", CLEAN, undefined],
  ["too much memory", "size: { max-memory: 999 }", CLEAN, "SIZE_MEMORY"],
  [
    "memory that no header tells",
    "size: { max-memory: 1GB }",
    { ...CLEAN, weights: [{ name: "m", format: "PyTorch", memoryBytes: undefined }] },
    "SIZE_UNKNOWN",
  ],
  ["not open enough", "openness: 2", CLEAN, "OPENNESS_CLASS"],
  ["open enough by what is claimed", "openness: { class: 2, basis: claimed }", CLEAN, undefined],
  ["a component that is missing", "openness: { components: { Data card: required } }", CLEAN, "OPENNESS_COMPONENT"],
  ["digests as a hub tells them", "digests: computed", { ...CLEAN, digests: "attested" }, "DIGEST_LEVEL"],
  ["digests as a hub tells them, where that will do", "digests: attested", { ...CLEAN, digests: "attested" }, undefined],
  [
    "an advisory",
    "advisories: deny",
    {
      ...CLEAN,
      advisories: {
        sources: [{ path: "a", generated: undefined, problem: undefined }],
        hits: [{ id: "x_1", summary: "s" }],
        undecided: [],
      },
    },
    "ADVISORY_HIT",
  ],
  ["no advisories to read", "advisories: deny", { ...CLEAN, advisories: { sources: [], hits: [], undecided: [] } }, "ADVISORY_NONE_GIVEN"],
  [
    "advisories that cannot be read",
    "advisories: deny",
    { ...CLEAN, advisories: { sources: [{ path: "a", generated: undefined, problem: "not JSON" }], hits: [], undecided: [] } },
    "ADVISORY_UNREAD",
  ],
  [
    "a range that cannot be told",
    "advisories: deny",
    { ...CLEAN, advisories: { sources: [{ path: "a", generated: undefined, problem: undefined }], hits: [], undecided: ["x_2"] } },
    "ADVISORY_UNREAD",
  ],
  ["old advisories", "advisories: { max-age: 10d }", CLEAN, "ADVISORY_OLD"],
  [
    "advisories of a time far ahead",
    "advisories: { max-age: 10d }",
    {
      ...CLEAN,
      advisories: { sources: [{ path: "a", generated: "2099-01-01T00:00:00.000Z", problem: undefined }], hits: [], undecided: [] },
    },
    "ADVISORY_OLD",
  ],
  [
    "advisories of the same day",
    "advisories: { max-age: 10d }",
    {
      ...CLEAN,
      advisories: { sources: [{ path: "a", generated: "2026-12-02T00:00:00.000Z", problem: undefined }], hits: [], undecided: [] },
    },
    undefined,
  ],
  [
    "advisories without a time",
    "advisories: { max-age: 10d }",
    { ...CLEAN, advisories: { sources: [{ path: "a", generated: undefined, problem: undefined }], hits: [], undecided: [] } },
    "ADVISORY_OLD",
  ],
  ["a license that is allowed, in another case", "license: [apache-2.0]", license("Apache-2.0"), undefined],
  ["a license that is not allowed", "license: [MIT]", license("Apache-2.0"), "LICENSE_OTHER"],
  ["a license that is denied and allowed", "license: { allow: [MIT], deny: [MIT] }", license("MIT"), "LICENSE_DENIED"],
  ["a denied category", 'license: { deny: ["@non-commercial"] }', license("CC-BY-NC-4.0"), "LICENSE_DENIED"],
  ["a category that is the second of a license", 'license: { deny: ["@no-derivatives"] }', license("CC-BY-NC-ND-4.0"), "LICENSE_DENIED"],
  [
    "a category of a license that its first reason does not say",
    'license: { deny: ["@field-of-use"] }',
    license("LicenseRef-Llama-3.1"),
    "LICENSE_DENIED",
  ],
  ["a category that a restricted license is not of", 'license: { deny: ["@no-derivatives"] }', license("CC-BY-NC-4.0"), undefined],
  ["an open license where a category is denied", 'license: { deny: ["@non-commercial"] }', license("MIT"), undefined],
  ["both of two licenses", "license: [MIT]", license("MIT AND Apache-2.0"), "LICENSE_OTHER"],
  ["one of two licenses", "license: [MIT]", license("MIT OR CC-BY-NC-4.0"), undefined],
  ["an exception", "license: [GPL-2.0-only]", license("GPL-2.0-only WITH Classpath-exception-2.0"), undefined],
  [
    "a license with its exception",
    "license: [GPL-2.0-only WITH Classpath-exception-2.0]",
    license("GPL-2.0-only WITH Classpath-exception-2.0"),
    undefined,
  ],
  [
    "a license of one's own that is allowed",
    'license: { allow: [LicenseRef-Acme], deny: ["@non-commercial"] }',
    license("LicenseRef-Acme"),
    undefined,
  ],
  ["a license of one's own that is not", 'license: ["@open"]', license("LicenseRef-Acme"), "LICENSE_OTHER"],
  ["a license of one's own that could be denied", 'license: { deny: ["@non-commercial"] }', license("LicenseRef-Acme"), "LICENSE_UNKNOWN"],
  ["no license", "license: [MIT]", license(undefined), "LICENSE_NONE"],
  ["a claimed license where the text is asked for", "license: [MIT]", license(undefined, "MIT"), "LICENSE_UNKNOWN"],
  ["a claimed license where that will do", "license: { allow: [MIT], basis: claimed }", license(undefined, "MIT"), undefined],
  [
    "a text that is not recognized, whatever the card says",
    "license: { allow: [MIT], basis: claimed }",
    license(undefined, "MIT", true),
    "LICENSE_UNKNOWN",
  ],
  ["a text that counts before the card", "license: { allow: [MIT], basis: claimed }", license("Apache-2.0", "MIT"), "LICENSE_OTHER"],
];

suite("a rule decides:", () => {
  for (const [what, rules, facts, expected] of CASES) {
    test(what, async () => {
      const { decision, decidedBy, rules: results } = await decideBy(rules, facts);
      assert.deepEqual([decision === "allow", decidedBy?.code], [expected === undefined, expected], JSON.stringify(results));
    });
  }
});

suite("what a rule comes to", () => {
  const bad: Facts = { ...CLEAN, load: { outcome: "code", findings: [code] } };

  test("is a warning where the policy says so, and a deny again with failOnWarn", async () => {
    const rules = "load: { level: data-only, on-fail: warn }";
    const warned = await decideBy(rules, bad);
    assert.deepEqual([warned.decision, warned.counts.warn], ["allow", 1]);
    assert.equal((await decideBy(rules, bad, "", { failOnWarn: true })).decision, "deny");
  });

  test("is unknown, deny or a warning for what cannot be told", async () => {
    const unknown: Facts = { ...CLEAN, load: { unavailable: "not scanned" } };
    const decisions = ["incomplete", "deny", "warn"].map(
      async (effect) => (await decideBy(`load: { level: data-only, on-unknown: ${effect} }`, unknown)).decision,
    );
    assert.deepEqual(await Promise.all(decisions), ["incomplete", "deny", "allow"]);
  });

  test("does not hide another rule: the first deny decides, and all are listed", async () => {
    const decision = await decideBy("\n      load: data-only\n      formats: [gguf]\n      license: [MIT]\n", bad);
    assert.deepEqual(
      decision.rules.map(({ code: found }) => found),
      ["LOAD_CODE", "FORMAT_OTHER", "LICENSE_OTHER"],
    );
    assert.deepEqual(decision.decidedBy, { rule: "load", scope: "entry", code: "LOAD_CODE" });
  });

  test("is the worse of what fails and what is unknown: code that only warns hides no file that is unknown", async () => {
    const facts: Facts = { ...CLEAN, load: { outcome: "code", findings: [code, { ...code, outcome: "unknown", name: undefined }] } };
    const decision = await decideBy("load: { level: data-only, on-fail: warn }", facts);
    assert.deepEqual([decision.decision, decision.decidedBy?.code], ["incomplete", "LOAD_UNKNOWN"]);
  });

  test("a deny counts before an unknown that is earlier", async () => {
    const facts: Facts = { ...bad, load: { unavailable: "?" } };
    const decision = await decideBy("\n      load: data-only\n      formats: [gguf]\n", facts);
    assert.deepEqual([decision.decision, decision.decidedBy?.code], ["deny", "FORMAT_OTHER"]);
  });
});

suite("an entry", () => {
  const decideText = async (text: string, facts: Facts = CLEAN) =>
    decide(facts, await readPolicy(`version: 1\nname: t\n${text}`, "p", { formats: FORMATS }), NOW, KNOWLEDGE);

  test("that matches is needed: no match is a deny", async () => {
    const decision = await decideText("models: [{ match: { name: other }, rules: { load: any } }]");
    assert.deepEqual([decision.decision, decision.decidedBy?.code, decision.entry], ["deny", "POLICY_NO_MATCH", null]);
  });

  test("is the first that matches, and all of its conditions must hold", async () => {
    const decision = await decideText(
      `models:\n  - { id: a, match: { name: granite, reference: "hf:**" }, rules: { load: any } }\n  - { id: b, match: { name: [x, gran*] }, rules: { load: any } }\n  - { id: c, match: { name: granite }, rules: { load: any } }`,
    );
    assert.equal(decision.entry?.id, "b");
  });

  test("with deny is tried before all others, by name or by bytes", async () => {
    const decision = await decideText(
      `models:\n  - { match: { name: granite }, rules: { load: any } }\n  - { id: ban, match: { manifest: "${MANIFEST}" }, deny: withdrawn }`,
    );
    assert.deepEqual([decision.decision, decision.decidedBy?.code, decision.denied], ["deny", "POLICY_DENY_ENTRY", "withdrawn"]);
  });

  test("cannot loosen what always holds", async () => {
    const decision = await decideText("always: { load: data-only }\nmodels: [{ match: { name: granite }, rules: { load: any } }]", {
      ...CLEAN,
      load: { outcome: "code", findings: [code] },
    });
    assert.deepEqual(
      decision.rules.map(({ scope, outcome }) => [scope, outcome]),
      [
        ["always", "deny"],
        ["entry", "pass"],
      ],
    );
    assert.equal(decision.decision, "deny");
  });
});

suite("a waiver", () => {
  const bad: Facts = { ...CLEAN, load: { outcome: "code", findings: [code] } };
  const waiver = (rule: string, manifest = MANIFEST, expires = "2026-12-31", more = "") =>
    `waivers:\n  - { rule: ${rule}, manifest: "${manifest}", reason: until it is converted, expires: ${expires}, approved-by: [a]${more} }\n`;

  test("turns a deny into waived, for these bytes", async () => {
    const decision = await decideBy("load: data-only", bad, waiver("load"));
    assert.deepEqual(
      [decision.decision, decision.rules[0]?.outcome, decision.rules[0]?.waiver, decision.waivers[0]?.state],
      ["allow", "waived", 0, "used"],
    );
  });

  test("of other bytes changes nothing", async () => {
    const decision = await decideBy("load: data-only", bad, waiver("load", OTHER_MANIFEST));
    assert.deepEqual([decision.decision, decision.waivers[0]?.state], ["deny", "other-model"]);
  });

  test("holds on its last day and not after it, and says that it ended", async () => {
    assert.equal((await decideBy("load: data-only", bad, waiver("load", MANIFEST, "2026-12-01"))).decision, "allow");
    const decision = await decideBy("load: data-only", bad, waiver("load", MANIFEST, "2026-11-30"));
    assert.deepEqual([decision.decision, decision.waivers[0]?.state], ["deny", "expired"]);
    assert.match(decision.rules[0]?.message ?? "", /a waiver ended on 2026-11-30/);
  });

  test("holds from the day on which it was given, and says when that is", async () => {
    const given = (issued: string) => waiver("load", MANIFEST, "2026-12-31", `, issued: ${issued}`);
    assert.equal((await decideBy("load: data-only", bad, given("2026-12-01"))).decision, "allow");
    const decision = await decideBy("load: data-only", bad, given("2026-12-02"));
    assert.deepEqual([decision.decision, decision.waivers[0]?.state], ["deny", "unused"]);
    assert.match(decision.rules[0]?.message ?? "", /a waiver begins on 2026-12-02/);
  });

  test("holds from when its day begins in any time zone", async () => {
    const policy = await policyOf("load: data-only", waiver("load", MANIFEST, "2026-12-31", ", issued: 2026-12-02"));
    const at = (time: string) => decide(bad, policy, new Date(time), KNOWLEDGE).decision;
    assert.deepEqual([at("2026-12-01T09:59:59Z"), at("2026-12-01T10:00:00Z")], ["deny", "allow"]);
  });

  test("for changed bytes is of the rule that says so, where no coverage is written", async () => {
    const changed = signedBy({}, ["a"]);
    assert.equal((await decideBy(KEY, changed, waiver("signers"))).decision, "allow");
    const written = await decideBy(`${KEY}\n      coverage: complete`, changed, waiver("signers"));
    assert.deepEqual([written.decision, written.decidedBy?.rule], ["deny", "coverage"]);
  });

  test("of another rule is listed as unused", async () => {
    const decision = await decideBy("load: data-only", bad, waiver("license"));
    assert.deepEqual([decision.decision, decision.waivers[0]?.state], ["deny", "unused"]);
  });

  test("of one advisory leaves the others", async () => {
    const sources = [{ path: "a", generated: undefined, problem: undefined }];
    const hit = (id: string) => ({ id, summary: "s" });
    const one: Facts = { ...CLEAN, advisories: { sources, hits: [hit("x_1")], undecided: [] } };
    const two: Facts = { ...CLEAN, advisories: { sources, hits: [hit("x_1"), hit("x_2")], undecided: [] } };
    const given = waiver("advisories", MANIFEST, "2026-12-31", ", advisory: x_1");
    const waived = await decideBy("advisories: deny", one, given);
    assert.deepEqual([waived.decision, waived.rules[0]?.outcome], ["allow", "waived"]);
    assert.deepEqual((await decideBy("advisories: deny", two, given)).rules[0]?.names, ["x_2"]);
  });

  test("cannot undo the lack of an entry, or an entry that denies", async () => {
    const text = `version: 1\nname: t\nmodels: [{ match: { name: "*" }, deny: withdrawn }]\n${waiver("load")}`;
    const policy = await readPolicy(text, "p", { formats: FORMATS });
    assert.equal(decide(CLEAN, policy, NOW, KNOWLEDGE).decision, "deny");
  });
});
