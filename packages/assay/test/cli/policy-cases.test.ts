import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import type { Facts } from "../../src/policy/facts.ts";
import { factsDocument } from "../../src/report/json/facts.ts";
import { closedSchema } from "../support/cli/closed-schema.ts";
import { runHere } from "../support/cli/run-here.ts";
import { CLEAN, NOW, policyOf, policyText } from "../support/policy/facts.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const RULES = "\n      signers: [{ key: { file: k.pub } }]\n      load: data-only\n      formats: [safetensors]\n";
const policy = await policyOf(RULES);
const RUNS_CODE: Facts = {
  ...CLEAN,
  load: {
    outcome: "code",
    findings: [{ reason: "r", outcome: "code", file: "m.pkl", what: "calls os.system", offset: 0, name: "os.system" }],
  },
};
const UNSIGNED: Facts = {
  ...CLEAN,
  signature: { isSigned: false, changed: [], always: [], entry: [] },
  uncovered: [{ name: "a", isLoaded: true }],
};

type Cases = Readonly<Record<string, readonly [facts: Facts, expected: unknown]>>;

const CASES: Cases = {
  clean: [CLEAN, { decision: "allow", rules: { "entry.load": "pass" } }],
  code: [RUNS_CODE, { decision: "deny", rules: { "entry.load": "LOAD_CODE", "entry.signers": "pass" } }],
  unsigned: [UNSIGNED, { decision: "deny" }],
};

function folderWith(cases: Cases, text = policyText(RULES)): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "policy.yml"), text);
  for (const [name, [facts, expected]] of Object.entries(cases)) {
    mkdirSync(join(folder, "cases", name), { recursive: true });
    writeFileSync(join(folder, "cases", name, "facts.json"), JSON.stringify(factsDocument(facts, NOW, policy)));
    writeFileSync(join(folder, "cases", name, "expected.json"), JSON.stringify(expected));
  }
  return folder;
}

const TEST = ["policy", "test", "cases", "--policy", "policy.yml"];

async function json(name: "policy-test" | "policy-diff", argv: readonly string[], cwd: string): Promise<unknown> {
  const document: unknown = JSON.parse((await runHere([...argv, "--json"], cwd)).stdout);
  const validate = closedSchema(name);
  assert.ok(validate(document), JSON.stringify(validate.errors));
  return document;
}

suite("assay policy test", () => {
  test("ends with 0 where every case is decided as expected, and names rules that no case shows", async () => {
    const { exitCode, stdout } = await runHere(TEST, folderWith(CASES));
    assert.equal(exitCode, 0);
    assert.match(stdout, /^✔ As expected: 3 cases by policy\.yml\n/);
    assert.match(stdout, /formats of all lacks a case that does not pass/);
    assert.doesNotMatch(stdout, /load of all|signers of all/);
  });

  test("ends with 1 where one is not, and says what is expected and found", async () => {
    const wrong = { ...CASES, code: [RUNS_CODE, { decision: "allow", rules: { "entry.load": "pass", "always.load": "deny" } }] as const };
    const { exitCode, stdout } = await runHere(TEST, folderWith(wrong));
    assert.equal(exitCode, 1);
    assert.match(stdout, /^✘ Otherwise: 1 of 3 cases is not decided as expected by policy\.yml\n\ncode\n/);
    assert.match(
      stdout,
      /decision +expected allow, found deny\n +entry\.load +expected pass, found deny\n +always\.load +expected deny, found not evaluated\n +load: m\.pkl calls os\.system/,
    );
  });

  test("names entries that no case matches", async () => {
    const text = `${policyText(RULES)}  - { id: other, match: { name: other }, deny: withdrawn }\n`;
    const { exitCode, stdout } = await runHere(TEST, folderWith(CASES, text));
    assert.equal(exitCode, 0);
    assert.match(stdout, /10:5 +other: no case matches this entry/);
  });

  test("takes no signer for another that was not asked about", async () => {
    const { stdout, exitCode } = await runHere(
      TEST,
      folderWith({ clean: CASES["clean"] ?? assert.fail() }, policyText(RULES.replace("k.pub", "other.pub"))),
    );
    assert.equal(exitCode, 1);
    assert.match(stdout, /decision +expected allow, found incomplete/);
  });

  test("says the same in --json", async () => {
    const document = await json("policy-test", TEST, folderWith(CASES));
    const { cases, uncovered } = document as {
      readonly cases: readonly { readonly name: string }[];
      readonly uncovered: { readonly rules: readonly object[] };
    };
    assert.deepEqual(
      cases.map(({ name }) => name),
      ["clean", "code", "unsigned"],
    );
    assert.deepEqual(uncovered.rules, [{ rule: "formats", scope: "all", line: 9, column: 7, lacks: "a case that does not pass" }]);
  });

  for (const [what, expected, message] of [
    ["an unknown decision", { decision: "maybe" }, /"decision" is "maybe", expected allow, deny, incomplete/],
    ["an unknown rule", { decision: "allow", rules: { "entry.laod": "pass" } }, /always\.RULE or entry\.RULE/],
    ["a rule without a scope", { decision: "allow", rules: { load: "pass" } }, /always\.RULE or entry\.RULE/],
    [
      "an unknown code",
      { decision: "allow", rules: { "entry.load": "LOAD_CDOE" } },
      /expected pass, deny, warn, unknown, waived or a code/,
    ],
    ["an unknown field", { decision: "allow", rule: {} }, /the field "rule" is unknown/],
    ["no decision", {}, /"decision" is missing/],
  ] as const) {
    test(`ends with 2 for ${what} in what is expected`, async () => {
      const { exitCode, stderr } = await runHere(TEST, folderWith({ clean: [CLEAN, expected] }));
      assert.equal(exitCode, 2);
      assert.match(stderr, message);
    });
  }

  test("ends with 2 for facts that are not of their form, for a case without facts, and without cases", async () => {
    const broken = folderWith(CASES);
    writeFileSync(join(broken, "cases", "code", "facts.json"), '{"schema":"urn:assay:schema:facts:v1"}');
    const { exitCode, stderr } = await runHere(TEST, broken);
    assert.equal(exitCode, 2);
    assert.match(stderr, /cases\/code\/facts\.json is refused: "version" is missing/);
    mkdirSync(join(broken, "cases", "a"));
    assert.equal((await runHere(TEST, broken)).exitCode, 2);
    mkdirSync(join(broken, "none"));
    assert.equal((await runHere(["policy", "test", "none", "--policy", "policy.yml"], broken)).exitCode, 2);
    assert.equal((await runHere(["policy", "test", "nowhere", "--policy", "policy.yml"], broken)).exitCode, 2);
    assert.equal((await runHere(["policy", "test", "policy.yml", "--policy", "policy.yml"], broken)).exitCode, 2);
  });
});

suite("assay policy diff", () => {
  const withOther = (rules: string): string => {
    const folder = folderWith(CASES);
    writeFileSync(join(folder, "other.yml"), policyText(rules));
    return folder;
  };
  const DIFF = ["policy", "diff", "policy.yml", "other.yml"];

  test("ends with 0 for the same meaning, and with 1 and the keys otherwise", async () => {
    const same = await runHere(DIFF, withOther(RULES.replace("data-only", "{ level: data-only }")));
    assert.deepEqual([same.exitCode, same.stdout], [0, "✔ Same: policy.yml and other.yml mean the same\n"]);
    const { exitCode, stdout } = await runHere(DIFF, withOther(RULES.replace("data-only", "any")));
    assert.equal(exitCode, 1);
    assert.equal(
      stdout,
      "✘ Different: 1 key of policy.yml and other.yml differs in meaning\n\n  models[all].rules.load.level (laxer)\n  -           data-only\n  +           any\n",
    );
  });

  test("ends with 1 where recorded results would be decided otherwise, and says which and why", async () => {
    const { exitCode, stdout } = await runHere([...DIFF, "cases"], withOther(RULES.replace("data-only", "any")));
    assert.equal(exitCode, 1);
    assert.match(
      stdout,
      /^✘ Different: 1 of 3 results would be decided otherwise by policy\.yml and other\.yml\n\ngranite: deny → allow\n +facts +cases\/code\/facts\.json\n +load +deny → pass\n/,
    );
  });

  test("ends with 0 where all would be decided alike, and still names the keys", async () => {
    const { exitCode, stdout } = await runHere(
      [...DIFF, "cases/clean", "cases/code/facts.json"],
      withOther(RULES.replace("[safetensors]", "[safetensors, GGUF]")),
    );
    assert.equal(exitCode, 0);
    assert.match(
      stdout,
      /^✔ Same: 2 results would be decided alike by policy\.yml and other\.yml\n\n +models\[all\]\.rules\.formats\.allow \(laxer\)\n/,
    );
  });

  test("calls a decision otherwise where another rule decides", async () => {
    const { exitCode, stdout } = await runHere(
      [...DIFF, "cases/unsigned"],
      withOther(RULES.replace(/signers:.*\n/, "digests: computed\n").replace("[safetensors]", "[GGUF]")),
    );
    assert.equal(exitCode, 1);
    assert.match(stdout, /granite: deny → deny[^]*signers +deny → not asked[^]*formats +pass → deny/);
  });

  test("says the same in --json", async () => {
    const document = await json("policy-diff", [...DIFF, "cases"], withOther(RULES.replace("data-only", "any")));
    const { results } = document as { readonly results: readonly { readonly rules: readonly object[] }[] };
    assert.deepEqual(
      results.map(({ rules }) => rules),
      [[], [{ rule: "load", scope: "entry", before: "deny", after: "pass" }], []],
    );
  });

  test("ends with 2 for a policy or facts that cannot be read", async () => {
    const folder = withOther("load: anyy");
    assert.equal((await runHere(DIFF, folder)).exitCode, 2);
    assert.equal((await runHere(["policy", "diff", "policy.yml", "policy.yml", "nowhere.json"], folder)).exitCode, 2);
    assert.equal((await runHere(["policy", "diff", "policy.yml", "policy.yml", "policy.yml"], folder)).exitCode, 2);
    assert.equal((await runHere(["policy", "diff", "policy.yml"], folder)).exitCode, 2);
  });
});
