import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { assessModelFile, compareOpenness, importModelFile, listEvaluations, opennessSchema, showEvaluation } from "../../src/index.ts";
import { card, makeFolder, MODEL_FOLDERS } from "../support/models/described.ts";
import { rejectsWith } from "../support/rejects.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const MINE = "release: { name: Mine, version: 3B, producer: Acme, license: MIT, components: [{ name: Model card }] }\n";

function withFile(): string {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "mof.yml"), MINE);
  return cwd;
}

suite("evaluations, asked for in the library", () => {
  test("are listed with the most open first, and filtered by every condition", async () => {
    const all = await listEvaluations();
    assert.equal(all.evaluations.length, all.total);
    assert.ok(all.sources.length > 0);
    const { evaluations } = await listEvaluations({
      classes: [1],
      organizations: ["LLM360"],
      parameters: "1B..10B",
      components: [{ name: "datasets", wish: "open" }],
    });
    assert.deepEqual(
      evaluations.map(({ id, parameters, license }) => [id, parameters, license]),
      [["Amber", 7e9, "Apache-2.0"]],
    );
    assert.deepEqual((await listEvaluations({ search: "no such model" })).evaluations, []);
  });

  test("include the caller's own files, and those that cannot be read are warnings", async () => {
    const cwd = withFile();
    writeFileSync(join(cwd, "broken.yml"), "release: [");
    const { evaluations, warnings } = await listEvaluations({ organizations: ["Acme"] }, { files: ["."], cwd });
    assert.deepEqual(
      evaluations.map(({ file, type }) => [file, type]),
      [[join(cwd, "mof.yml"), undefined]],
    );
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ["EVALUATION_LEFT_OUT"],
    );
  });

  test("are refused where a condition names what no evaluation has, with the nearest name", async () => {
    await assert.rejects(listEvaluations({ organizations: ["Gogle"] }), { code: "USAGE", hint: 'did you mean: "Google"' });
    await assert.rejects(listEvaluations({ types: ["langage"] }), { code: "USAGE", hint: 'did you mean: "language"' });
    await assert.rejects(listEvaluations({ components: [{ name: "model", wish: "there" }] }), {
      code: "USAGE",
      message: /several components/,
    });
    await rejectsWith("USAGE", () => listEvaluations({ parameters: "many" }));
  });

  test("are shown by name in any case, and never by a name that is only near", async () => {
    const { evaluation } = await showEvaluation("amber");
    assert.deepEqual([evaluation.id, evaluation.evaluation.class, evaluation.file], ["Amber", 1, undefined]);
    await assert.rejects(showEvaluation("ambr"), { code: "USAGE", hint: "did you mean: Amber" });
    await assert.rejects(showEvaluation("zzzzzzzz"), { code: "USAGE", remedy: "list-evaluations" });
  });
});

suite("models side by side, in the library", () => {
  test("are files, folders and names, each by what it rests on", async () => {
    const cwd = withFile();
    makeFolder(cwd, "granite", MODEL_FOLDERS["everything-open"] ?? {});
    const { models, components } = await compareOpenness(["mof.yml", "granite", "Amber"], { cwd });
    assert.deepEqual(
      models.map(({ kind, evaluation }) => [kind, evaluation.class]),
      [
        ["file", null],
        ["folder", 1],
        ["catalog", 1],
      ],
    );
    assert.equal(components.length, 17);
    assert.ok(components.every(({ answers }) => answers.length === 3));
    await rejectsWith("FILE_NOT_FOUND", () => compareOpenness(["./nowhere.yml", "Amber"], { cwd }));
  });
});

suite("a mof.yml, in the library", () => {
  test("is assessed as it says, strictly where that is asked for", async () => {
    const cwd = withFile();
    const { file, model, evaluation, unknownFields, strict } = await assessModelFile("mof.yml", { cwd });
    assert.deepEqual([file, model.release.name, evaluation.class, unknownFields, strict], [join(cwd, "mof.yml"), "Mine", null, [], false]);
    assert.equal((await assessModelFile("mof.yml", { cwd, strict: true })).strict, true);
    await rejectsWith("FILE_NOT_FOUND", () => assessModelFile("nowhere.yml", { cwd }));
  });

  test("is made from a model card, whole or not at all", async () => {
    const cwd = temporaryFolder();
    makeFolder(cwd, "granite", { "README.md": card("license: apache-2.0") });
    const printed = await importModelFile("granite", { cwd });
    assert.deepEqual([printed.from, printed.source, printed.written], ["card", join(cwd, "granite/README.md"), undefined]);
    assert.match(printed.text, /Apache-2\.0/);
    assert.equal((await importModelFile("granite", { cwd, file: "mof.yml" })).written, join(cwd, "mof.yml"));
    await rejectsWith("OUTPUT_EXISTS", () => importModelFile("granite", { cwd, file: "mof.yml" }));
    makeFolder(cwd, "empty", { "a.txt": "" });
    await assert.rejects(importModelFile("empty", { cwd }), {
      code: "FILE_NOT_FOUND",
      remedy: "assess-folder",
      details: { folder: "empty" },
    });
  });

  test("has a JSON schema, and so has the answer", () => {
    for (const what of ["mof", "result"] as const) {
      const schema = JSON.parse(opennessSchema(what)) as { readonly $schema: string };
      assert.equal(schema.$schema, "https://json-schema.org/draft/2020-12/schema");
    }
  });
});
