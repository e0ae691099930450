import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Facts } from "../../src/policy/facts.ts";
import { CLEAN, decideBy, EVERY_RULE } from "../support/policy/facts.ts";

const FACTS = ["signature", "uncovered", "lock", "load", "weights", "totalBytes", "license", "openness", "digests", "advisories"] as const;

suite("a fact that could not be established makes the decision incomplete:", () => {
  for (const fact of FACTS) {
    test(fact, async () => {
      const facts: Facts = { ...CLEAN, [fact]: { unavailable: "the file cannot be read" } };
      assert.equal((await decideBy(EVERY_RULE, facts)).decision, "incomplete");
    });
  }

  test("and these are all facts but the model's own name and digest", () => {
    assert.deepEqual(Object.keys(CLEAN).toSorted(), [...FACTS, "model"].toSorted());
  });
});
