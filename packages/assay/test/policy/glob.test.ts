import assert from "node:assert/strict";
import { test } from "node:test";
import { compileGlob } from "../../src/policy/glob.ts";

test("a glob matches all of a name by its own characters", () => {
  const cases: readonly (readonly [pattern: string, matching: readonly string[], not: readonly string[]])[] = [
    ["granite", ["granite"], ["Granite", "granite2", "agranite"]],
    ["ibm/*", ["ibm/a", "ibm/"], ["ibm/a/b", "ibm"]],
    ["hf:ibm/**", ["hf:ibm/a", "hf:ibm/a/b", "hf:ibm/"], ["hf:ibmx/a"]],
    ["a?c", ["abc", "a😀c"], ["ac", "a/c", "abbc"]],
    ["[ab]", ["[ab]"], ["a", "b"]],
    ["a.c", ["a.c"], ["abc"]],
    ["**", ["", "a/b"], []],
    ["*a*", ["a", "xax"], ["x/a"]],
  ];
  for (const [pattern, matching, not] of cases) {
    for (const name of matching) assert.ok(compileGlob(pattern).matches(name), `${pattern} ${name}`);
    for (const name of not) assert.ok(!compileGlob(pattern).matches(name), `${pattern} ${name}`);
  }
});

test("no pattern makes a name take long", () => {
  assert.ok(!compileGlob("*a".repeat(200)).matches("a".repeat(199)));
  assert.ok(!compileGlob(`${"**a".repeat(100)}b`).matches("a".repeat(2000)));
});
