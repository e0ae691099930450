import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { suite, test } from "node:test";
import { EXPECTED_EXAMPLE, RULE_EXAMPLES, WHOLE_POLICY } from "../../../../scripts/docs/policy-examples.ts";
import { FORMAT_NAMES, policySchema } from "../../../../scripts/docs/policy-schema.ts";
import { decide } from "../../src/policy/decide.ts";
import { DECISION_CODES } from "../../src/policy/decision-codes.ts";
import { RULE_NAMES } from "../../src/policy/policy.ts";
import { readExpected } from "../../src/policy/record/expected-decision.ts";
import { readPolicy } from "../../src/policy/read-policy.ts";
import { CLEAN, KNOWLEDGE, NOW, policyText } from "../support/policy/facts.ts";

const page = readFileSync(new URL("../../../../docs/policy.md", import.meta.url), "utf8");
const indented = (rules: string): string => `\n${rules.replaceAll(/^/gm, "      ")}\n`;
const read = async (text: string) => readPolicy(text, "docs/policy.md", { formats: FORMAT_NAMES });

suite("docs/policy.md", () => {
  test("begins with a policy that is read, with every rule but one", async () => {
    assert.ok(page.includes(WHOLE_POLICY));
    const policy = await read(WHOLE_POLICY);
    const scopes = [policy.always, ...policy.entries.map(({ rules }) => rules)];
    const asked = new Set(scopes.flatMap((rules) => RULE_NAMES.filter((name) => rules?.[name] !== undefined)));
    assert.deepEqual(
      RULE_NAMES.filter((name) => !asked.has(name)),
      ["digests"],
    );
  });

  for (const name of RULE_NAMES) {
    const { yaml, cases } = RULE_EXAMPLES[name];
    for (const { what, facts, decision, code } of cases) {
      test(`says what the example of ${name} comes to: ${what}`, async () => {
        assert.ok(page.includes(`\`\`\`yaml\n${yaml}\n`));
        const policy = await read(policyText(indented(yaml)));
        const decided = decide({ ...CLEAN, ...facts }, policy, NOW, KNOWLEDGE);
        assert.deepEqual([decided.decision, decided.decidedBy?.code], [decision, code], JSON.stringify(decided.rules));
      });
    }
  }

  test("shows what a case expects as it is read", () => {
    const { decision, rules } = readExpected(new TextEncoder().encode(EXPECTED_EXAMPLE), "expected.json");
    assert.ok(page.includes(EXPECTED_EXAMPLE));
    assert.deepEqual([decision, rules.length], ["deny", 3]);
  });

  test("has every key of the schema and every code", () => {
    const keys = new Set<string>();
    JSON.stringify(policySchema(), (key, value: unknown) => {
      if (key === "properties" && typeof value === "object" && value !== null) for (const name of Object.keys(value)) keys.add(name);
      return value;
    });
    assert.ok(keys.size > 50, "the keys were found");
    const components = /^[A-Z]/;
    const described = (name: string): boolean => page.includes(`| \`${name}\` `) || page.includes(`### ${name}\n`);
    assert.deepEqual(
      [...keys, ...Object.keys(DECISION_CODES)].filter((name) => !described(name) && (/_/.test(name) || !components.test(name))),
      [],
    );
  });
});
