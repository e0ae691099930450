import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { readModelFile } from "../../src/openness/read-model.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { closedSchema } from "../support/cli/closed-schema.ts";
import { runHere } from "../support/cli/run-here.ts";

function workFolder(): string {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, "granite"));
  writeFileSync(join(cwd, "granite/README.md"), "---\nlicense: apache-2.0\n---\n# Granite\nA model.\n");
  writeFileSync(join(cwd, "model.json"), '{"release": {"name": "A", "license": {}, "components": [{"name": "Model card"}]}}');
  return cwd;
}

suite("assay openness import", () => {
  test("prints the mof.yml and nothing else, so that it can go into a file", async () => {
    for (const source of ["granite", "granite/README.md", "model.json"]) {
      const { exitCode, stdout } = await runHere(["openness", "import", source], workFolder());
      assert.equal(exitCode, 0);
      assert.ok(readModelFile(stdout).model.components.length > 0);
    }
  });

  test("writes it, and says what is left for a person", async () => {
    const cwd = workFolder();
    const { exitCode, stdout } = await runHere(["openness", "import", "granite", "mof.yml"], cwd);
    assert.equal(exitCode, 0);
    assert.match(stdout, /^✔ Imported: granite into mof\.yml; some is left for you, marked in the file\n/);
    assert.match(stdout, /to fill in +version, date, type, architecture, origin, producer\n/);
    assert.match(stdout, /assay openness mof\.yml\n$/);
    assert.equal(readModelFile(readFileSync(join(cwd, "mof.yml"))).model.release.name, "Granite");
    assert.deepEqual(readdirSync(cwd).sort(), ["granite", "model.json", "mof.yml"]);
  });

  test("replaces a file only with --force, and leaves it alone when it fails", async () => {
    const cwd = workFolder();
    writeFileSync(join(cwd, "mof.yml"), "mine");
    const { exitCode, stderr } = await runHere(["openness", "import", "model.json", "mof.yml"], cwd);
    assert.equal(exitCode, 2);
    assert.match(stderr, /mof\.yml exists[^]*--force/);
    assert.equal(readFileSync(join(cwd, "mof.yml"), "utf8"), "mine");
    writeFileSync(join(cwd, "bad.json"), "{");
    assert.notEqual((await runHere(["openness", "import", "bad.json", "mof.yml", "--force"], cwd)).exitCode, 0);
    assert.equal(readFileSync(join(cwd, "mof.yml"), "utf8"), "mine");
    assert.equal((await runHere(["openness", "import", "model.json", "mof.yml", "--force"], cwd)).exitCode, 0);
    assert.notEqual(readFileSync(join(cwd, "mof.yml"), "utf8"), "mine");
    mkdirSync(join(cwd, "folder.yml"));
    assert.match(
      (await runHere(["openness", "import", "model.json", "folder.yml", "--force"], cwd)).stderr,
      /only\s+regular\s+files\s+are\s+replaced/,
    );
  });

  test("prints the document that its schema describes", async () => {
    const validate = closedSchema("openness-import");
    const cwd = workFolder();
    for (const argv of [["granite"], ["model.json", "new.yml"]]) {
      const { stdout } = await runHere(["openness", "import", ...argv, "--json"], cwd);
      const document = JSON.parse(stdout) as { text: string; file: string | null };
      assert.ok(validate(document), JSON.stringify(validate.errors));
      assert.equal(document.file, argv[1] === undefined ? null : join(cwd, "new.yml"));
      readModelFile(document.text);
    }
    assert.ok(existsSync(join(cwd, "new.yml")));
  });

  test("says where a card is missing, and what is wrong with one", async () => {
    const cwd = workFolder();
    mkdirSync(join(cwd, "empty"));
    writeFileSync(join(cwd, "broken.md"), "---\nlicense: [\n---\n");
    assert.match((await runHere(["openness", "import", "empty"], cwd)).stderr, /has no model card[^]*assay openness empty/);
    const { exitCode, stderr } = await runHere(["openness", "import", "broken.md"], cwd);
    assert.equal(exitCode, 1);
    assert.match(stderr, /front matter cannot be read: broken\.md, line/);
    assert.equal((await runHere(["openness", "import", "nowhere.yml"], cwd)).exitCode, 2);
  });

  test("prints nothing of a hostile card that a terminal would act on", async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "c.md"), '---\nlicense: mit\nbase_model: "a\\e[2J"\n---\n# G\u001b[2J\u202e\n');
    assert.doesNotMatch((await runHere(["openness", "import", "c.md"], cwd)).stdout, /[\u001b\u202e]/u);
  });
});
