import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { readOwnFiles } from "../../src/catalog/own-files.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

function yaml(name: string): string {
  return `release: { name: ${name}, components: [] }\n`;
}

suite("own evaluations", () => {
  test("are a file, relative to where one is", () => {
    const folder = folderWith({ "granite.yml": yaml("Granite") });
    const { entries } = readOwnFiles("granite.yml", folder);
    assert.deepEqual(
      entries.map(({ id, file, model }) => [id, file, model.release.name]),
      [["granite", join(folder, "granite.yml"), "Granite"]],
    );
  });

  test("are the YAML files of a folder, and the mof.yml of the folders in it, in the order of their names", () => {
    const folder = folderWith({
      "b.yaml": yaml("B"),
      "a.yml": yaml("A"),
      "README.md": "no",
      "c/mof.yml": yaml("C"),
      "c/other.yml": yaml("not one"),
      "c/d/mof.yml": yaml("too deep"),
      ".git/mof.yml": yaml("hidden"),
    });
    assert.deepEqual(
      readOwnFiles(folder, "/").entries.map(({ model }) => model.release.name),
      ["A", "B", "C"],
    );
  });

  test("are not reached by links in a folder, and a link that is named is followed", () => {
    const other = folderWith({ "x.yml": yaml("X") });
    const folder = folderWith({ "a.yml": yaml("A") });
    symlinkSync(join(other, "x.yml"), join(folder, "x.yml"));
    symlinkSync(other, join(folder, "linked"));
    assert.deepEqual(
      readOwnFiles(folder, "/").entries.map(({ id }) => id),
      ["a"],
    );
    assert.deepEqual(
      readOwnFiles(join(folder, "linked"), "/").entries.map(({ id }) => id),
      ["x"],
    );
  });

  test("are left out of a folder where they cannot be read, each with the reason; one that is named must be readable", () => {
    const folder = folderWith({
      "a.yml": yaml("A"),
      "b.yml": "release: [",
      "c.yml": "release: { name: C, components: [{ name: Weights }] }",
    });
    const { entries, warnings } = readOwnFiles(folder, "/");
    assert.deepEqual(
      entries.map(({ id }) => id),
      ["a"],
    );
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ["EVALUATION_LEFT_OUT", "EVALUATION_LEFT_OUT"],
    );
    assert.match(warnings[1]!.message, /c\.yml, line 1.*not one of the 17 components/);
    assert.throws(() => readOwnFiles(join(folder, "b.yml"), "/"), { code: "YAML_SYNTAX" });
  });

  test("must be there", () => {
    assert.throws(() => readOwnFiles("nowhere.yml", "/"), { code: "FILE_NOT_FOUND" });
    assert.throws(() => readOwnFiles(folderWith({ "a.txt": "" }), "/"), { code: "USAGE", message: /no evaluation in the folder/ });
  });
});
