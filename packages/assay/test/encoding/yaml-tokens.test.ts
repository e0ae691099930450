import assert from "node:assert/strict";
import { test } from "node:test";
import { LineCounter } from "yaml";
import { readFrontMatter } from "../../src/probe/card/front-matter.ts";
import { boundedTokens } from "../../src/encoding/yaml-tokens.ts";
import { refusedWith } from "../support/rejects.ts";
import { readYaml } from "../../src/encoding/yaml.ts";

function stopOf(text: string): readonly [kind: string | undefined, offset: number | undefined] {
  const { stop } = boundedTokens(text, new LineCounter(), { maxDepth: 50, maxValues: 100 });
  return [stop?.kind, stop?.offset];
}

test("reading stops at the first syntax error, and reads nothing behind it", () => {
  assert.deepEqual(stopOf(`x: 1\ny: ${"}".repeat(100_000)}`), ["error", 8]);
  assert.deepEqual(stopOf(`x: 1\ny: ${"]".repeat(100_000)}`), ["error", 8]);
});

test("a deep block sequence that ends by a dedent is refused before the parser calls itself for every level", async () => {
  assert.equal(stopOf(`${"- ".repeat(12_000)}a\nb: 1`)[0], "depth");
  assert.equal(stopOf(`${"? ".repeat(12_000)}a\nb: 1`)[0], "depth");
  assert.equal(stopOf(`${Array.from({ length: 200 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n")}\nb: 1`)[0], "depth");
  await refusedWith("YAML_TOO_DEEP", () => readYaml(`${"- ".repeat(12_000)}a\nb: 1`, "x.yml"));
});

test("reading stops where there are more values, tags or lines than any such file has", () => {
  for (const text of ["- a\n", "&a ", "!t ", "a: 1\n", "\n"]) assert.equal(stopOf(text.repeat(2_000))[0] === undefined, false, text);
  assert.equal(stopOf("- a\n".repeat(100))[0], undefined);
});

test("reading stops at a third document", () => {
  assert.equal(stopOf("---\na\n".repeat(3))[0], "error");
});

test("front matter of over 64 kB is not read, and the text of the card still is", () => {
  const card = `---\n${"a: b\n".repeat(20_000)}---\n# Granite\n`;
  const { fields, problem, text } = readFrontMatter(card, "README.md");
  assert.equal(fields.size, 0);
  assert.match(problem ?? "", /no closing --- within 64 kB/);
  assert.ok(text.endsWith("# Granite\n"));
  assert.equal(readFrontMatter(`---\n# ${"x".repeat(60_000)}\nlicense: mit\n---\n`, "README.md").fields.get("license"), "mit");
});
