import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { importToolFile } from "../../src/catalog/import-tool.ts";
import { readModelFile } from "../../src/openness/read-model.ts";

function imported(text: string): string {
  return importToolFile(new TextEncoder().encode(text), "model.json").text;
}

const JSON_FILE = JSON.stringify({
  framework: { name: "Model Openness Framework", version: "1.0", date: "2024-12-15" },
  release: {
    name: "Granite",
    version: "8.0",
    date: "2025-05-22",
    producer: "IBM: #1",
    license: { distribution: { name: "Apache-2.0", path: "" } },
    note: { kept: [1, 2.5, true, null] },
    components: [{ name: "Model card", description: "A card", license: "no" }],
  },
});

suite("a file of the Model Openness Tool", () => {
  test("as JSON becomes YAML with lines instead of brackets, and says the same", () => {
    const text = imported(JSON_FILE);
    assert.doesNotMatch(text, /[{}]/);
    assert.match(text, /^ {2}name: Granite$/m);
    assert.deepEqual(readModelFile(text).model, readModelFile(JSON_FILE).model);
  });

  test("keeps fields that the format does not have", () => {
    const { unknownFields, yaml } = readModelFile(imported(JSON_FILE));
    assert.deepEqual(unknownFields, ["release.note"]);
    assert.deepEqual((yaml.document.toJS() as { release: { note: unknown } }).release.note, { kept: [1, 2.5, true, null] });
  });

  test("keeps text that looks like something else as text, and numbers as they are written", () => {
    const { model } = readModelFile(imported(JSON_FILE));
    assert.equal(model.release.version, "8.0");
    assert.equal(model.components[0]?.license, "no");
    assert.equal(readModelFile(imported('{"release": {"name": "A", "version": 7.0, "components": []}}')).model.release.version, "7.0");
  });

  test("as YAML keeps comments and order", () => {
    const yaml =
      "# by us\nrelease:\n  producer: IBM # who\n  name: A\n  license: {}\n  components:\n    # the card\n    - name: Model card\n";
    assert.equal(imported(yaml), yaml);
  });

  test("in an older form becomes today's: names alone, empty lists, a component's license as a mapping", () => {
    const old = "release:\n  name: A\n  license: MIT\n  components:\n    - { name: Datasets, license: { name: CC0-1.0, path: L } }\n";
    const text = imported(old);
    assert.match(text, /license:\n {4}distribution:\n {6}name: MIT\n/);
    assert.match(text, /license: CC0-1\.0, license_path: L/);
    assert.match(imported("release: { name: A, license: [], components: [] }"), /license: \{\}/);
    assert.match(imported("release:\n  name: A\n  license:\n    code: MIT\n"), /code:\n {6}name: MIT\n/);
  });

  test("loses nothing of a license's mapping that holds more than the format has", () => {
    assert.match(imported("release:\n  name: A\n  components:\n    - name: Datasets\n      license: { name: MIT, note: x }\n"), /note: x/);
  });

  test("must be one that can be read", () => {
    assert.throws(() => imported('{"release": {"name": "A", "name": "B"}}'), {
      code: "YAML_DUPLICATE_KEY",
      message: /model\.json, line 1/,
    });
    assert.throws(() => imported('{"release": {"name": "A", "components": [{"name": "Weights"}]}}'), { code: "MOF_COMPONENT_UNKNOWN" });
    assert.throws(() => imported("[]"), { code: "MOF_SHAPE" });
  });
});
