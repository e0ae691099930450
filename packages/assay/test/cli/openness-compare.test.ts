import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { textWidth } from "../../src/cli/text/width.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { closedSchema } from "../support/cli/closed-schema.ts";
import { runHere } from "../support/cli/run-here.ts";

interface Document {
  readonly models: readonly { readonly from: string; readonly name: string; readonly class: number | null }[];
  readonly components: readonly {
    readonly name: string;
    readonly same: boolean;
    readonly answers: readonly { readonly status: string; readonly license: string | null }[];
  }[];
  readonly differing: number;
}

const validate = closedSchema("openness-compare");

async function compare(argv: readonly string[], cwd?: string): Promise<Document> {
  const { exitCode, stdout, stderr } = await runHere(["openness", "compare", ...argv, "--json"], cwd);
  assert.equal(exitCode, 0, stdout + stderr);
  const document = JSON.parse(stdout) as Document;
  assert.ok(validate(document), JSON.stringify(validate.errors));
  return document;
}

function workFolder(): string {
  const cwd = temporaryFolder();
  writeFileSync(
    join(cwd, "mof.yml"),
    "release: { name: Mine, license: MIT, components: [{ name: Model card }, { name: Datasets, license: gemma }] }",
  );
  mkdirSync(join(cwd, "granite"));
  writeFileSync(
    join(cwd, "granite/README.md"),
    `---\nlicense: apache-2.0\n---\n# Granite\n${"A model with many words about it. ".repeat(20)}\n`,
  );
  return cwd;
}

suite("assay openness compare", () => {
  test("takes files, folders and names of the list, and says what each answer rests on", async () => {
    const { models, components } = await compare(["mof.yml", "granite", "amber"], workFolder());
    assert.deepEqual(
      models.map(({ from }) => from),
      ["file", "folder", "catalogue"],
    );
    assert.deepEqual(
      models.map(({ name }) => name),
      ["Mine", "Granite", "Amber"],
    );
    const card = components.find(({ name }) => name === "Model card")!;
    assert.deepEqual(
      card.answers.map(({ status }) => status),
      ["included", "unlicensed", "included"],
    );
    assert.equal(components.length, 17);
  });

  test("counts a component as the same only where status and license are", async () => {
    const cwd = temporaryFolder();
    const file = (name: string, components: string): void =>
      writeFileSync(join(cwd, name), `release: { name: ${name}, license: MIT, components: [${components}] }`);
    file("a", "{ name: Model card }, { name: Datasets, license: MIT }, { name: Data card, license: MIT }");
    file("b", "{ name: Model card, license: mit, component_path: x }, { name: Datasets, license: CC0-1.0 }");
    const { components, differing } = await compare(["a", "b"], cwd);
    const differ = components.filter(({ same }) => !same).map(({ name }) => name);
    assert.deepEqual(differ, ["Datasets", "Data card"]);
    assert.equal(differing, 2);
    assert.match(
      (await runHere(["openness", "compare", "a", "b"], cwd)).stdout,
      /^· a and b are both of no class yet; 2 of 17 components differ\n/,
    );
    assert.match((await runHere(["openness", "compare", "a", "a"], cwd)).stdout, /no component differs/);
  });

  test("says on its first line what class each is", async () => {
    const { stdout } = await runHere(["openness", "compare", "Amber", "BLOOM", "GPT-NeoX-20B"]);
    assert.match(stdout, /^· Amber is Class I, BLOOM is of no class yet, GPT-NeoX-20B is Class III; \d+ of 17 components differ\n/);
    assert.match(stdout, /\n {2}Datasets +✔ MIT \* +✘ BigScience-BLOOM-RAIL-1\.0 +/);
    assert.match(stdout, /\* open, and not among the licenses recommended/);
  });

  for (const columns of [40, 60, 80, 100]) {
    test(`fits into ${columns} columns`, async () => {
      for (const models of [
        ["Amber", "BLOOM"],
        ["Amber", "BLOOM", "Claude-1", "Pythia-12B", "OLMo-7B"],
      ]) {
        const { stdout } = await runHere(["openness", "compare", ...models], "/", columns);
        for (const line of stdout.split("\n")) assert.ok(textWidth(line) <= columns, line);
      }
    });
  }

  test("has a block for each component where a table does not fit", async () => {
    const { stdout } = await runHere(["openness", "compare", "Amber", "BLOOM"], "/", 60);
    assert.match(stdout, /\n {2}Datasets\n {4}Amber {2}✔ MIT \*\n {4}BLOOM {2}✘ BigScience-BLOOM-RAIL-1\.0\n/);
  });

  test("prints a Markdown table, with nothing of a name that would be more than text", async () => {
    const cwd = temporaryFolder();
    writeFileSync(
      join(cwd, "mof.yml"),
      'release: { name: "a|b <img src=x> [c](http://x)\\u001b", license: "X | Y", components: [{ name: Model card }] }',
    );
    const { stdout } = await runHere(["openness", "compare", "mof.yml", "Amber", "--markdown"], cwd);
    const table = stdout.split("\n").filter((line) => line.startsWith("|"));
    for (const line of table) assert.equal(line.replace(/\\\|/g, "").split("|").length, 5, line);
    assert.equal(table.length, 2 + 4 + 1 + 17);
    assert.doesNotMatch(stdout, /(?<!\\)<img|(?<!\\)\[c\]\(|\u001b/);
  });

  test("tells two of one name apart", async () => {
    const { stdout } = await runHere(["openness", "compare", "Llama-3-8B-Instruct.yml", "Meta-Llama-3-8B-Instruct.yml", "--markdown"]);
    assert.match(stdout, /^\| Component \| Llama-3-8B-Instruct\.yml \| Meta-Llama-3-8B-Instruct\.yml \|\n/);
    assert.match((await runHere(["openness", "compare", "Amber", "Amber", "--markdown"])).stdout, /\| Amber \(1\) \| Amber \(2\) \|/);
  });

  test("prints nothing of a hostile name that a terminal would act on", async () => {
    const cwd = temporaryFolder();
    writeFileSync(
      join(cwd, "mof.yml"),
      'release: { name: "E\\u001b[2J\\u202e", license: "L\\u001b[2J", components: [{ name: Model card }] }',
    );
    for (const argv of [[], ["--json"], ["--markdown"]]) {
      const { stdout } = await runHere(["openness", "compare", "mof.yml", "Amber", ...argv], cwd, 60);
      assert.doesNotMatch(stdout, /[\u001b\u202e]/u);
    }
  });

  test("wants two models or more that there are", async () => {
    for (const [argv, why] of [
      [["Amber"], /one model alone/],
      [["Amber", "BLOM"], /no evaluation has the name "BLOM"[^]*Did you mean: BLOOM/],
      [
        ["Amber", "zzzzzz"],
        /no evaluation has the name "zzzzzz"\n {2}See all names, or those with a word in them: assay openness list WORD/,
      ],
      [["Amber", "./nowhere"], /\.\/nowhere does not exist, and no evaluation has that name/],
      [["Amber", "BLOOM", "--json", "--markdown"], /one of them/],
      [Array.from({ length: 21 }, () => "Amber"), /over 20 models/],
    ] as const) {
      const { exitCode, stderr, stdout } = await runHere(["openness", "compare", ...argv]);
      assert.equal(exitCode, 2, stdout);
      assert.match(stderr + stdout, why);
    }
  });
});
