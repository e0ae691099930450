import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { AssayError } from "../../src/core/error.ts";
import { compileIdentityPattern } from "../../src/trust/identity-pattern.ts";
import { refusedWith, rejectsWith } from "../support/rejects.ts";
import { effort } from "../support/effort.ts";
import { withoutHanging } from "../support/without-hanging.ts";

const matches = async (pattern: string, text: string): Promise<boolean> => (await compileIdentityPattern(pattern)).matches(text);

suite("an identity pattern", () => {
  const cases: readonly [why: string, pattern: string, text: string, expected: boolean][] = [
    ["matches the whole text", "alice@example\\.com", "alice@example.com", true],
    ["does not match only the start", "alice@example\\.com", "alice@example.com.attacker.example", false],
    ["does not match only the end", "alice@example\\.com", "not-alice@example.com", false],
    ["matches one side of an alternation as a whole", "a|b", "b", true],
    ["does not let the left side of an alternation be just a start", "a|b", "ax", false],
    ["does not let the right side of an alternation be just an end", "a|b", "xb", false],
    ["takes the longer side of an alternation where only that is the whole", "a|ab", "ab", true],
    ["takes anchors of its own", "^a$", "a", true],
    ["does not match before a line break at the end", "^a$", "a\n", false],
    ["does not match a line of several", "^b$", "a\nb\nc", false],
    ["has no dot that is a line break", ".*@example\\.com", "x\n@example.com", false],
    ["has a dot that is any other character", "a.b", "a\u{1F600}b", true],
    ["has a dot for whole characters", "..", "\u{1F600}", false],
    ["tells cases apart", "alice", "Alice", false],
    ["tells cases apart beyond ASCII", "K", "\u212a", false],
    ["knows Unicode", "\\p{L}+", "äöü", true],
    ["may set flags for itself", "(?i)alice", "ALICE", true],
    ["is lazy or greedy to the same end", "a+?", "aaa", true],
    [
      "matches what sigstore's documentation shows",
      "https://github\\.com/acme/[^/]+/\\.github/workflows/.*@refs/tags/v\\d+",
      "https://github.com/acme/model/.github/workflows/sign.yml@refs/tags/v12",
      true,
    ],
    ["does not end where its parentheses do", "(alice)", "alice)", false],
  ];
  for (const [why, pattern, text, expected] of cases) test(why, async () => assert.equal(await matches(pattern, text), expected));

  test("keeps its source", async () => assert.equal((await compileIdentityPattern("a|b")).source, "a|b"));

  const wrong = [
    "",
    "(",
    "a)|(b",
    "[a",
    "a{2,1}",
    "a{1001}",
    "(a{1000}){1000}",
    "((a{100}){100}){100}",
    "(?=a)a",
    "(?<!a)b",
    "(a)\\1",
    "a**",
    "\\",
  ];
  for (const pattern of wrong)
    test(`is refused: ${pattern || "nothing"}`, () => refusedWith("IDENTITY_PATTERN", () => matches(pattern, "a")));

  test("is refused with what is wrong in it", async () => {
    const error = await rejectsWith("IDENTITY_PATTERN", () => matches("(a", "a"));
    assert.match(error.message, /^the pattern "\(a" is not a regular expression: missing closing \)/);
  });
  test("has at most 1000 characters", async () => {
    assert.equal(await matches("a".repeat(1000), "a".repeat(1000)), true);
    const error = await rejectsWith("IDENTITY_PATTERN", () => matches("a".repeat(1001), "a"));
    assert.ok(error.message.length < 200);
  });
  test("is refused where its repetitions make it large", async () => {
    assert.equal(await matches("(a{30}){30}", "a".repeat(900)), true);
    await rejectsWith("IDENTITY_PATTERN", () => matches("(?:a?){1000}", "a"));
    await rejectsWith("IDENTITY_PATTERN", () => matches("(.*){900}(.*){900}", "a"));
  });
  test("matches no text of over 16,384 characters", async () => {
    assert.equal(await matches("a*", "a".repeat(16_384)), true);
    assert.equal(await matches("a*", "a".repeat(16_385)), false);
  });
});

test("no pattern hangs on any text", async () => {
  // A backtracking engine takes longer than the universe has for the first ones of these, at 30 characters.
  const hostile = [
    "(a+)+$",
    "(a|aa)+$",
    "(a*)*b",
    "((a+)+)+c",
    "(a|a?)+$",
    "(.*a){20}$",
    "([ab]*a){1,300}[ab]{90}",
    "[ab]*a[ab]{500}c?",
    "(?:[ab]*a[ab]{100}){9}",
    "(\\b|\\w|(\\B|a)*){50}x",
  ];
  let seed = 1;
  const random = Array.from({ length: 16_383 }, () => ((seed = (seed * 48_271) % 0x7fffffff) & 64 ? "a" : "b")).join("");
  for (const pattern of hostile) {
    const compiled = await compileIdentityPattern(pattern);
    for (const text of [`${"a".repeat(16_383)}!`, `${random}!`])
      assert.equal(
        withoutHanging(() => compiled.matches(text)),
        false,
        pattern,
      );
  }
});

test("patterns match what JavaScript's own engine matches as a whole", async () => {
  const atom = fc.constantFrom("a", "b", "ab", ".", "[ab]", "[^a]", "\\n", "^", "$", "\\b", "A");
  const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
    pattern: fc.oneof(
      { maxDepth: 4 },
      atom,
      fc.tuple(tie("pattern"), tie("pattern")).map(([a, b]) => `${a}${b}`),
      fc.tuple(tie("pattern"), tie("pattern")).map(([a, b]) => `(?:${a}|${b})`),
      fc.tuple(tie("pattern"), fc.constantFrom("*", "+", "?", "*?", "{2}", "{0,2}")).map(([a, repeat]) => `(?:${a})${repeat}`),
    ),
  }));
  const text = fc.string({ unit: fc.constantFrom("a", "b", "A", "\n"), maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(pattern, text, async (source, subject) => {
      fc.pre(source.length <= 200);
      assert.equal(await matches(source, subject), new RegExp(`^(?:${source})$`, "u").test(subject), source);
    }),
    { numRuns: effort(500, 2000) },
  );
});

test("whatever the pattern and the text, nothing but our own error is thrown", async () => {
  const syntax = fc.string({ unit: fc.constantFrom(..."ab.*+?()[]{}|\\^$,:=!<>0123456789-pPQEiLNsm\n\ud800é".split("")), maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(fc.oneof(syntax, fc.string()), fc.string(), async (source, subject) => {
      try {
        assert.equal(typeof (await matches(source, subject)), "boolean");
      } catch (error) {
        assert.ok(error instanceof AssayError && error.code === "IDENTITY_PATTERN", String(error));
      }
    }),
    { numRuns: effort(500, 2000) },
  );
});
