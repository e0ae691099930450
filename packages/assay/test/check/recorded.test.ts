import assert from "node:assert/strict";
import { appendFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { check } from "../../src/api/check.ts";
import { shippedLicenses } from "../../src/catalog/licenses.ts";
import { decide } from "../../src/policy/decide.ts";
import { readFacts } from "../../src/policy/record/read-facts.ts";
import { factsFor } from "../../src/policy/record/recorded-facts.ts";
import { factsDocument } from "../../src/report/json/facts.ts";
import { checkFolder, POISON, type CheckFolder } from "../support/check/checked.ts";
import { closedSchema } from "../support/cli/closed-schema.ts";

const RULES =
  "signers: [{ key: { file: other.pub } }, { key: { file: ours.pub } }]\npin: if-present\nload: data-only\nformats: [safetensors]\n" +
  "license: [Apache-2.0]\nopenness: { class: 3, on-fail: warn }\nsize: { max-bytes: 1MB, max-memory: 1MB }\ndigests: computed\n";

/** A model, and what is done to it before it is checked. */
const MODELS: readonly (readonly [what: string, change: (folder: CheckFolder) => void])[] = [
  ["that passes", () => undefined],
  ["without a signature", ({ model }) => rmSync(join(model, "model.sig"))],
  ["that was changed", ({ model }) => appendFileSync(join(model, "config.json"), " ")],
  ["that runs code", ({ model }) => writeFileSync(join(model, "extra.pkl"), POISON)],
  [
    "that is pinned",
    ({ root }) =>
      writeFileSync(
        join(root, "assay.lock"),
        `version: 1\nmodels:\n  granite:\n    manifest: "sha256:${"a".repeat(64)}"\n    signer: null\n    decision: allow\n    policy: "sha256:${"b".repeat(64)}"\n    pinned: 2026-07-01T00:00:00Z\n`,
      ),
  ],
];

suite("the facts of a real check, recorded and read again, decide the same:", () => {
  for (const [what, change] of MODELS) {
    test(`a model ${what}`, async () => {
      const folder = await checkFolder();
      change(folder);
      const { decision, facts, policy } = await check("granite", folder.policy(RULES), {
        cwd: folder.root,
        at: new Date("2026-12-01T00:00:00Z"),
        isComplete: true,
      });
      assert.ok(facts !== undefined);
      const text = JSON.stringify(factsDocument(facts, new Date(decision.at), policy.policy));
      const validate = closedSchema("facts");
      assert.ok(validate(JSON.parse(text)), JSON.stringify(validate.errors));
      const recorded = readFacts(new TextEncoder().encode(text), "facts.json");
      assert.deepEqual(decide(factsFor(policy.policy, recorded), policy.policy, recorded.at, { licenses: shippedLicenses() }), decision);
    });
  }
});
