import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { stringify } from "yaml";
import { textWidth } from "../../src/cli/text/width.ts";
import { everythingFor } from "../support/openness/models.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { assay } from "../support/cli/command.ts";

const ajv = new Ajv2020({ strict: true, allErrors: true });

/** The published schema, and with it that no field is printed that it does not name. */
function checkAgainst(name: "openness" | "error", document: unknown): void {
  const text = readFileSync(new URL(`../../schemas/${name}.v1.json`, import.meta.url), "utf8");
  const closed = JSON.stringify(JSON.parse(text), (_, value: unknown) =>
    typeof value === "object" && value !== null && "properties" in value && "type" in value
      ? { ...value, additionalProperties: false }
      : value,
  );
  const validate = ajv.getSchema(`${name}-closed`) ?? ajv.compile({ ...(JSON.parse(closed) as object), $id: `${name}-closed` });
  assert.ok(validate(document), JSON.stringify(validate.errors, undefined, 2));
}

/** A folder with a mof.yml of these components, each with its license. */
function folderWith(components: Readonly<Record<string, string | undefined>>, release: object = {}): string {
  const folder = temporaryFolder();
  const list = Object.entries(components).map(([name, license]) => ({ name, ...(license === undefined ? {} : { license }) }));
  writeFileSync(
    join(folder, "mof.yml"),
    stringify({ release: { name: "granite", producer: "Acme", license: {}, components: list, ...release } }),
  );
  return folder;
}

suite("assay openness FILE", () => {
  test("answers in its first line, shows every component and then what to do for the next class", async () => {
    const cwd = folderWith({ ...everythingFor(3), "Training code": "llama3" });
    const { exitCode, stdout, stderr } = await assay(["openness", "mof.yml", "--full"], { cwd });
    const [first = ""] = stdout.split("\n");
    assert.equal(
      first,
      "✔ Class III, open model: granite has all that Class III asks for, and 6 of the 10 components that Class II asks for",
    );
    assert.match(stdout, /^ {2}progress {4}III 100 %, II 60 %, I 0 %$/m);
    assert.match(stdout, /^ {2}✔ {2}Model card {23}Apache-2\.0$/m);
    assert.match(stdout, /^ {2}✘ {2}Training code {20}llama3: not open$/m);
    assert.match(stdout, /^ {2}· {2}Model metadata {19}missing \(optional\)$/m);
    assert.match(stdout, /llama3: not for anyone who has over 700 million monthly users .*\(sections 2 and 1\.b\.v\)/);
    assert.match(stdout, /To reach Class II, the least work first\n {2}1\. {2}Training code: its license is not open/);
    assert.deepEqual([exitCode, stderr], [0, ""]);
  });

  test("answers 0 whatever the class, for that is what was asked", async () => {
    const { exitCode, stdout } = await assay(["openness", "mof.yml"], { cwd: folderWith({}) });
    assert.equal(exitCode, 0);
    assert.match(stdout, /^✘ No class yet: granite has 0 of the 6 components that Class III asks for\n/);
  });

  test("fits a terminal of 60 columns, a component on a line", async () => {
    const cwd = folderWith({ ...everythingFor(2, "MIT"), Datasets: "Meta Llama 3 Community License Agreement" });
    const { stdout } = await assay(["openness", "mof.yml", "--full"], { cwd, env: { COLUMNS: "60" } });
    for (const line of stdout.split("\n")) assert.ok(textWidth(line) <= 60, line);
    assert.match(stdout, /^ {2}✔ {2}Model parameters \(Final\) {9}MIT, not recommended$/m);
    assert.match(stdout, /^ {2}✘ {2}Model parameters \(Intermediate\) {2}missing$/m);
  });

  test("says how a license is better written, and what the format does not have", async () => {
    const { stdout } = await assay(["openness", "mof.yml", "--full"], {
      cwd: folderWith({ "Training code": "apache-2.0" }, { reviewer: "Kim" }),
    });
    assert.match(stdout, /^ {2}note {8}"apache-2\.0" is Apache-2\.0 \(Apache License 2\.0\): write it so$/m);
    assert.match(stdout, /^ {2}not read {4}release\.reviewer: the format has no such field$/m);
  });

  test("with --strict reads licenses letter by letter, and says so", async () => {
    const { stdout } = await assay(["openness", "mof.yml", "--strict"], { cwd: folderWith(everythingFor(3, "apache-2.0")) });
    assert.match(stdout, /^✘ No class yet/);
    assert.match(stdout, /strictly as the Model Openness Tool reads it/);
  });

  test("prints nothing that acts on the terminal", async () => {
    const cwd = folderWith({ "Training code": "\u001b[31mred\u202e" }, { name: "gran\u001b]0;x\u0007ite", producer: "\u001b[2J" });
    for (const option of [[], ["--markdown"], ["--json"]]) {
      const { stdout } = await assay(["openness", "mof.yml", ...option], { cwd });
      assert.ok(!/[\u0000-\u0009\u000b-\u001f\u007f\u202e]/.test(stdout), JSON.stringify(stdout));
    }
  });
});

suite("assay openness, the short form and --require-class", () => {
  test("by default says the class and what is missing in 25 lines at most, and --full the rest", async () => {
    const closed = Object.fromEntries(Object.keys(everythingFor(1)).map((name) => [name, "llama3"]));
    for (const [components, env] of [
      [{}, {}],
      [everythingFor(3), {}],
      [closed, { COLUMNS: "80" }],
    ] as const) {
      const cwd = folderWith(components);
      const { stdout } = await assay(["openness", "mof.yml"], { cwd, env });
      assert.ok(stdout.trimEnd().split("\n").length <= 25, stdout);
      assert.match(stdout, /--full shows every component/);
      assert.doesNotMatch(stdout, /Sample model outputs/);
      assert.match((await assay(["openness", "mof.yml", "--full"], { cwd })).stdout, /Sample model outputs/);
    }
  });

  test("a class that is required and not reached is a no, in the first line and by the exit code", async () => {
    const cwd = folderWith(everythingFor(3));
    for (const [asked, exitCode, first] of [
      ["3", 0, /^✔ Class III: granite has all/],
      ["III", 0, /^✔ Class III: granite/],
      ["2", 1, /^✘ Not Class II: Class III, open model: granite has/],
      ["I", 1, /^✘ Not Class I: Class III/],
    ] as const) {
      const ran = await assay(["openness", "mof.yml", "--require-class", asked], { cwd });
      assert.equal(ran.exitCode, exitCode, asked);
      assert.match(ran.stdout, first);
      const { stdout } = await assay(["openness", "mof.yml", "--require-class", asked, "--json"], { cwd });
      const document = JSON.parse(stdout) as Record<string, unknown>;
      checkAgainst("openness", document);
      assert.equal(document["exitCode"], exitCode);
    }
    const quiet = await assay(["openness", "mof.yml", "--require-class", "2", "--quiet"], { cwd });
    assert.deepEqual([quiet.exitCode, quiet.stdout, quiet.stderr.startsWith("✘ Not Class II")], [1, "", true]);
    assert.equal((await assay(["openness", "mof.yml", "--require-class", "4"], { cwd })).exitCode, 2);
  });

  test("of several models the one that falls short decides", async () => {
    const cwd = folderWith(everythingFor(3));
    writeFileSync(join(cwd, "none.yml"), "release: { name: x, components: [] }\n");
    assert.equal((await assay(["openness", "mof.yml", "none.yml", "--require-class", "3"], { cwd })).exitCode, 1);
    assert.equal((await assay(["openness", "mof.yml", "mof.yml", "--require-class", "3"], { cwd })).exitCode, 0);
  });

  test("of a folder the class as found decides, not the one that is claimed", async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, "granite"));
    writeFileSync(
      join(cwd, "granite", "mof.yml"),
      stringify({
        release: { name: "g", license: { distribution: "MIT" }, components: Object.keys(everythingFor(1)).map((name) => ({ name })) },
      }),
    );
    const { exitCode, stdout } = await assay(["openness", "granite", "--require-class", "3"], { cwd });
    assert.equal(exitCode, 1);
    assert.match(stdout, /^✘ Not Class III: no class: .*Class I if what its files claim is true/);
    assert.ok(stdout.trimEnd().split("\n").length <= 25, stdout);
  });
});

suite("assay openness --json", () => {
  test("prints one document that its published schema describes", async () => {
    const cwd = folderWith({ ...everythingFor(3), "Training code": "llama3", Datasets: undefined, "Evaluation code": "apache-2.0" });
    const { stdout } = await assay(["openness", "mof.yml", "--json"], { cwd });
    const document = JSON.parse(stdout) as Record<string, unknown>;
    checkAgainst("openness", document);
    assert.equal(document["class"], 3);
    assert.equal(document["label"], "Class III - Open Model");
    assert.deepEqual(document["progress"], { 1: 0, 2: 70, 3: 100 });
    const components = document["components"] as Record<string, unknown>[];
    assert.equal(components.length, 17);
    const training = components.find(({ name }) => name === "Training code");
    assert.deepEqual([training?.["status"], training?.["license"], training?.["typeAppropriate"]], ["invalid", "llama3", null]);
    assert.equal((document["warnings"] as { code: string }[])[0]?.code, "LICENSE_SPELLING");
  });

  test("prints an array for several files, with an error document for one that is refused", async () => {
    const cwd = folderWith(everythingFor(3));
    writeFileSync(join(cwd, "broken.yml"), "release: {");
    const ran = await assay(["openness", "mof.yml", "broken.yml", "mof.yml", "--json"], { cwd });
    const documents = JSON.parse(ran.stdout) as [unknown, Record<string, unknown>, unknown];
    assert.equal(documents.length, 3);
    checkAgainst("openness", documents[0]);
    checkAgainst("error", documents[1]);
    assert.equal((documents[1]["error"] as { code: string }).code, "YAML_SYNTAX");
    assert.equal(ran.exitCode, 1);
    assert.match((await assay(["openness", "mof.yml", "broken.yml"], { cwd })).stdout, /\n\n✘ Not evaluated: broken\.yml, line 1/);
  });

  test("describes what it finds in a folder by the same schema", async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, "granite"));
    writeFileSync(join(cwd, "granite", "README.md"), "---\nlicense: apache-2.0\n---\n# Granite\nA model.\n");
    const { stdout, exitCode } = await assay(["openness", "granite", "--json"], { cwd });
    const document = JSON.parse(stdout) as Record<string, unknown>;
    checkAgainst("openness", document);
    assert.equal(exitCode, 0);
    assert.equal(document["class"], null);
  });
});

suite("assay openness refuses", () => {
  test("a model card or a file of weights, with the command for the folder that it is in", async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, "granite"));
    writeFileSync(join(cwd, "granite", "README.md"), "---\nlicense: apache-2.0\n---\n# Granite\nA model.\n");
    writeFileSync(join(cwd, "granite", "model.safetensors"), Buffer.from([0xff, 0xfe, 0x80]));
    for (const file of ["granite/README.md", "granite/model.safetensors"]) {
      const { exitCode, stderr } = await assay(["openness", file], { cwd });
      assert.equal(exitCode, 1);
      assert.match(stderr, /a mof\.yml is expected here; for all that the folder shows: assay openness granite\n/i);
    }
    writeFileSync(join(cwd, "mof.yml"), "a\n");
    assert.doesNotMatch((await assay(["openness", "mof.yml"], { cwd })).stderr, /is expected here/);
  });

  test("a file that is wrong, with its place and exit code 1", async () => {
    const cwd = folderWith({ "Trainning code": "MIT" });
    const { exitCode, stderr } = await assay(["openness", "mof.yml"], { cwd });
    assert.equal(exitCode, 1);
    assert.match(stderr, /^✘ Not evaluated: mof\.yml, line \d+, column \d+: "Trainning code" is not one of the 17 components/);
    assert.match(stderr, /Did you mean "Training code"\?/i);
  });

  test("a wrong command line with exit code 2", async () => {
    const cwd = folderWith(everythingFor(3));
    for (const [argv, message] of [
      [["openness"], /FILE is missing/],
      [["openness", "nowhere.yml"], /does not exist/],
      [["openness", "mof.yml", "--json", "--markdown"], /two forms/],
      [["openness", "mof.yml", "mof.yml", "--badge", "b.svg"], /for one model/],
      [["openness", "mof.yml", "--badge", "b.png"], /b\.png is not an SVG file: a badge is written as SVG only/],
      [["openness", "mof.yml", "--write"], /for a model's folder/],
    ] as const) {
      const { exitCode, stdout, stderr } = await assay(argv, { cwd });
      assert.equal(exitCode, 2, argv.join(" "));
      assert.match(stdout + stderr, message);
    }
  });
});

suite("assay openness --markdown --badge", () => {
  test("prints a section whose badge is the file written", async () => {
    const cwd = folderWith(everythingFor(3));
    const { stdout } = await assay(["openness", "mof.yml", "--markdown", "--badge", "openness.svg"], { cwd });
    assert.match(stdout, /^## Openness\n\n\[!\[Model Openness Framework: Class III, open model\]\(openness\.svg\)\]/);
    assert.match(readFileSync(join(cwd, "openness.svg"), "utf8"), /<title>Model Openness Framework: Class III, open model<\/title>/);
  });

  test("replaces a badge, and no other file", async () => {
    const cwd = folderWith(everythingFor(3));
    const write = (...more: string[]): ReturnType<typeof assay> => assay(["openness", "mof.yml", "--badge", "b.svg", ...more], { cwd });
    for (const exitCode of [0, 0]) assert.equal((await write()).exitCode, exitCode);
    writeFileSync(join(cwd, "b.svg"), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    const refused = await write();
    assert.equal(refused.exitCode, 2);
    assert.match(refused.stderr, /exists and is not a badge of this version/);
    // A file that begins as a badge does, and holds something else.
    writeFileSync(join(cwd, "b.svg"), '<svg aria-label="Model Openness Framework: x">my drawing</svg>');
    assert.equal((await write()).exitCode, 2);
    assert.equal((await write("--force")).exitCode, 0);
  });
});
