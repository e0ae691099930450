import assert from "node:assert/strict";
import { test } from "node:test";
import { compileGlob } from "../../../src/policy/glob.ts";
import { globCovers, globsOverlap } from "../../../src/policy/lint/glob-relations.ts";

/** All words of these letters, up to a length. */
function words(letters: readonly string[], length: number): string[] {
  if (length === 0) return [""];
  const shorter = words(letters, length - 1);
  return ["", ...letters.flatMap((letter) => shorter.map((word) => letter + word))];
}

const unique = (list: readonly string[]): string[] => [...new Set(list)];
const PATTERNS = unique(words(["a", "/", "*", "**", "?"], 3)).filter((pattern) => pattern !== "");
const NAMES = unique(words(["a", "b", "/"], 5));
const matching = new Map(
  PATTERNS.map((pattern) => {
    const glob = compileGlob(pattern);
    return [pattern, new Set(NAMES.filter((name) => glob.matches(name)))] as const;
  }),
);
const namesOf = (pattern: string): ReadonlySet<string> => matching.get(pattern) ?? assert.fail();

test("a pattern covers another where it matches every name that the other does", () => {
  for (const outer of PATTERNS) {
    for (const inner of PATTERNS) {
      assert.equal(
        globCovers(outer, inner),
        [...namesOf(inner)].every((name) => namesOf(outer).has(name)),
        `${outer} covers ${inner}`,
      );
    }
  }
});

test("two patterns overlap where a name matches both", () => {
  for (const a of PATTERNS) {
    for (const b of PATTERNS)
      assert.equal(
        globsOverlap(a, b),
        [...namesOf(a)].some((name) => namesOf(b).has(name)),
        `${a} overlaps ${b}`,
      );
  }
});

test("nothing is said of patterns that take too long to compare", () => {
  const [wild, wilder] = ["*a*b*c*d*e*f*g*h*i*j*".repeat(3), "*b*a*d*c*f*e*h*g*j*i*".repeat(3)];
  assert.equal(globCovers(wild, `${wilder}x`), false);
});
