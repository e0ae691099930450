import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { escapeText } from "../../src/cli/text/escape.ts";
import { csvCell } from "../../src/report/list-csv.ts";
import { textWidth } from "../../src/cli/text/width.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { closedSchema } from "../support/cli/closed-schema.ts";
import { runHere } from "../support/cli/run-here.ts";

const HOSTILE = 'Evil\\u001b[2J\\u202e, \\"model\\"\\n=cmd';

/** A folder with evaluations of one's own, one of them by an attacker. */
function ownFolder(): string {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, "own"));
  writeFileSync(
    join(cwd, "own/mine.yml"),
    'release: { name: "Mine", version: 3B, producer: "Acme", license: MIT, components: [{ name: Model card }] }',
  );
  writeFileSync(join(cwd, "own/evil.yml"), `release: { name: "${HOSTILE}", producer: "=HYPERLINK(1)", components: [] }`);
  writeFileSync(join(cwd, "own/broken.yml"), "release: [");
  return cwd;
}

async function names(argv: readonly string[], cwd?: string): Promise<string[]> {
  const { stdout } = await runHere(["openness", "list", ...argv, "--json"], cwd);
  const { evaluations } = JSON.parse(stdout) as { evaluations: readonly { name: string }[] };
  return evaluations.map(({ name }) => name);
}

async function refusal(...argv: readonly string[]): Promise<string> {
  const { exitCode, stderr, stdout } = await runHere(["openness", ...argv]);
  assert.equal(exitCode, 2, stdout);
  return stderr + stdout;
}

suite("assay openness list", () => {
  test("lists all 273, the most open first, and says how many there are of each class and where they are from", async () => {
    const { exitCode, stdout } = await runHere(["openness", "list"]);
    assert.equal(exitCode, 0);
    assert.match(stdout, /^· 273 evaluations: 14 of Class I, 1 of Class II, 16 of Class III, 242 of no class\n/);
    assert.ok(stdout.indexOf("Amber") < stdout.indexOf("Polyglot-Ko") && stdout.indexOf("Polyglot-Ko") < stdout.indexOf("GPT-NeoX-20B"));
    assert.match(stdout, /Public evaluations: Model Openness Tool \(LF AI & Data\), \d{4}-\d{2}-\d{2}, license MIT\./);
  });

  test("tells evaluations of one name apart by their files, which show takes", async () => {
    const { stdout } = await runHere(["openness", "list", "llama 3 8b instruct"]);
    assert.match(stdout, /Meta-Llama-3-8B-Instruct \(Llama-3-8B-Instruct\.yml\)/);
    assert.equal((await runHere(["openness", "show", "Llama-3-8B-Instruct.yml"])).exitCode, 0);
  });

  test("filters by every question", async () => {
    assert.deepEqual(await names(["--class", "II"]), ["Polyglot-Ko"]);
    assert.equal((await names(["--class", "1,2"])).length, 15);
    assert.ok((await names(["--organization", "ibm"])).every((name) => name.startsWith("Granite")));
    assert.deepEqual(await names(["amber"]), ["Amber"]);
    assert.ok((await names(["--parameters", "1T.."])).includes("GLaM"));
    assert.equal((await names(["--class", "1", "--component", "Datasets:open"])).length, 14);
    const gemma = await names(["--license", "gemma"]);
    assert.ok(gemma.length > 5, gemma.join());
    assert.deepEqual(await names(["--license", "Gemma Terms of Use"]), gemma);
    assert.ok((await names(["--type", "multimodal"])).includes("Aquila-VL-2B"));
  });

  test("says no where nothing is left, as a search does", async () => {
    const { exitCode, stdout } = await runHere(["openness", "list", "no such model"]);
    assert.equal(exitCode, 1);
    assert.match(stdout, /^✘ None found: 0 of 273 evaluations fit\n/);
  });

  test("takes what no evaluation has for a mistake, and names the nearest", async () => {
    assert.match(await refusal("list", "--organization", "Gogle"), /Did you mean: "Google"/);
    assert.match(await refusal("list", "--type", "langage"), /Did you mean: "language"/);
    assert.match(await refusal("list", "--class", "4"), /is not 1, 2, 3 or none/);
    assert.match(await refusal("list", "--component", "Trainng code"), /Did you mean: "Training code"/);
    assert.match(await refusal("list", "--component", "model"), /beginning of several components: "Model architecture", /);
    assert.match(await refusal("list", "--component", "Datasets:opn"), /Did you mean: --component "Datasets:open"/);
    assert.match(await refusal("list", "--parameters", "many"), /not a number of parameters/);
    assert.match(await refusal("list", "--csv", "--json"), /two forms of the list/);
  });

  for (const columns of [40, 60, 80, 100]) {
    test(`fits into ${columns} columns`, async () => {
      for (const argv of [[], ["llama"], ["no such model"]]) {
        const { stdout } = await runHere(["openness", "list", ...argv], "/", columns);
        for (const line of stdout.split("\n")) assert.ok(textWidth(line) <= columns, line);
      }
    });
  }

  test("shows whole names at 60 columns where they are no longer than most", async () => {
    const { stdout } = await runHere(["openness", "list", "granite", "--class", "3"], "/", 60);
    assert.match(stdout, /Granite-4\.0-Tiny-Base-Preview +7B +IBM\n/);
  });

  test("adds own files and folders, and tells what it leaves out", async () => {
    const cwd = ownFolder();
    const { stdout, stderr } = await runHere(["openness", "list", "--organization", "acme", "--files", "own"], cwd);
    assert.match(stdout, /^· 1 of 275 evaluations/);
    assert.match(stderr, /own\/broken\.yml/);
    assert.deepEqual(await names(["mine", "--files", "own/mine.yml", "--files", "own/evil.yml"], cwd), ["Mine"]);
    assert.match((await runHere(["openness", "show", "Mine", "--files", "own"], cwd)).stdout, /Mine/);
  });

  test("prints the document that its schema describes", async () => {
    const validate = closedSchema("openness-list");
    for (const argv of [[], ["no such model"], ["--files", "own"]]) {
      const { stdout, exitCode } = await runHere(["openness", "list", ...argv, "--json"], ownFolder());
      const document = JSON.parse(stdout) as { exitCode: number; count: number; evaluations: unknown[] };
      assert.ok(validate(document), JSON.stringify(validate.errors?.slice(0, 3)));
      assert.equal(document.exitCode, exitCode);
      assert.equal(document.count, document.evaluations.length);
    }
  });

  test("prints nothing of a hostile name that a terminal or a spreadsheet would act on", async () => {
    const cwd = ownFolder();
    for (const argv of [[], ["--csv"], ["--json"]]) {
      const { stdout } = await runHere(["openness", "list", "--files", "own", ...argv], cwd);
      assert.doesNotMatch(stdout, /[\u001b\u202e]/u);
    }
    const { stdout } = await runHere(["openness", "list", "evil", "--files", "own", "--csv"], cwd);
    assert.equal(stdout.split("\r\n").length, 3);
    assert.match(stdout, /,'=HYPERLINK\(1\),/);
    assert.match(stdout, /,"Evil\\x1b\[2J\\u202e, ""model""\\n=cmd",/);
  });

  test("as CSV has a line for each, as many cells in every line, and CRLF at its end", async () => {
    const { stdout } = await runHere(["openness", "list", "--csv"]);
    const lines = stdout.split("\r\n");
    assert.equal(lines.pop(), "");
    assert.equal(lines.length, 274);
    const cells = lines.map((line) => line.replace(/"(?:[^"]|"")*"/g, "x").split(",").length);
    assert.deepEqual(new Set(cells), new Set([30]));
    assert.match(
      stdout,
      /\r\nAmber\.yml,Amber,7B,7000000000,LLM360,language,transformer decoder,2025-05-22,1,100,100,100,Apache-2\.0,included,/,
    );
  });

  test("evaluates as the Model Openness Tool does where that is wanted", async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "mof.yml"), "release: { name: Case, license: apache-2.0, components: [{ name: Model card }] }");
    const progress = async (...argv: readonly string[]): Promise<string> =>
      (await runHere(["openness", "list", "case", "--files", "mof.yml", "--csv", ...argv], cwd)).stdout.split("\r\n")[1] ?? "";
    assert.match(await progress(), /,16\.6667,/);
    assert.doesNotMatch(await progress("--strict"), /,16\.6667,/);
  });
});

suite("a cell of CSV", () => {
  for (const [text, cell] of Object.entries({
    plain: "plain",
    "a,b": '"a,b"',
    'say "a"': '"say ""a"""',
    "=1+1": "'=1+1",
    "+1": "'+1",
    "-1": "'-1",
    "@a": "'@a",
    "a\nb": "a\\nb",
    " =1": "'=1",
    "a=b": "a=b",
  })) {
    test(`of ${JSON.stringify(text)} is ${cell}`, () => assert.equal(csvCell(text, escapeText), cell));
  }
});

suite("assay openness show", () => {
  test("gives the report of one, by its name in any case", async () => {
    const { exitCode, stdout } = await runHere(["openness", "show", "amber"]);
    assert.equal(exitCode, 0);
    assert.match(stdout, /^✔ Class I, open science: Amber/);
    assert.match(stdout, /what the public evaluation Amber\.yml says/);
  });

  test("names what is near, and all that are called so", async () => {
    assert.match(await refusal("show", "ambr"), /Did you mean: Amber/);
    assert.match(
      await refusal("show", "Meta-Llama-3-8B-Instruct"),
      /2 evaluations have the name[^]*Llama-3-8B-Instruct\.yml, Meta-Llama-3-8B-Instruct\.yml/,
    );
    assert.match(await refusal("show", "zzzzzzzzzz"), /assay openness list/);
  });

  test("prints JSON and Markdown, not both", async () => {
    const { stdout } = await runHere(["openness", "show", "Amber", "--json"]);
    assert.equal((JSON.parse(stdout) as { class: number }).class, 1);
    assert.match((await runHere(["openness", "show", "Amber", "--markdown"])).stdout, /\*\*Class I, open science\*\*/);
    assert.match(await refusal("show", "Amber", "--json", "--markdown"), /one of them/);
  });
});
