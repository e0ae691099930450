import assert from "node:assert/strict";
import { test } from "node:test";
import { editModelFile } from "../../src/openness/edit-model.ts";
import { emptyModel, type ModelDescription } from "../../src/openness/model.ts";
import { readModelFile } from "../../src/openness/read-model.ts";

const OLD = `# ours
framework: {name: Model Openness Framework, version: "1.0", date: "2024-12-15"}
release:
  name: Amber # the name
  version: 7B
  note: kept
  license:
    distribution: {name: Apache-2.0, path: LICENSE}
  components:
    # the card
    - name: Model card
      description: words
      license: MIT
      extra: 1
    - name: Datasets
      component_path: data
`;

function read(text: string): ModelDescription {
  return readModelFile(text).model;
}

test("a description that was not changed is written back byte for byte", () => {
  assert.equal(editModelFile(OLD, read(OLD)), OLD);
});

test("an edit keeps comments, order and unknown fields", () => {
  const model = read(OLD);
  const [card, datasets] = model.components;
  const edited: ModelDescription = {
    ...model,
    release: { ...model.release, version: "8B", producer: "LLM360" },
    licenses: { ...model.licenses, distribution: { name: "MIT", path: "LICENSE" }, data: { name: "CDLA-Permissive-2.0", path: undefined } },
    components: [
      { ...card!, license: undefined },
      { ...datasets!, path: "sets" },
      { name: "Training code", description: undefined, license: "", licensePath: undefined, path: "train.py" },
    ],
  };
  const text = editModelFile(OLD, edited);
  assert.deepEqual(read(text), edited);
  for (const kept of ["# ours", "# the name", "note: kept", "# the card", "extra: 1", "path: LICENSE"])
    assert.ok(text.includes(kept), kept);
});

test("a component that is taken out leaves the others as they were", () => {
  const model = read(OLD);
  const text = editModelFile(OLD, { ...model, components: model.components.slice(1) });
  assert.deepEqual(read(text).components, model.components.slice(1));
});

test("the older forms of a license are kept until they are changed", () => {
  const old = `release:\n  name: Old\n  license: MIT\n  components:\n    - name: Datasets\n      license: { name: MIT, path: L }\n`;
  const model = read(old);
  assert.equal(editModelFile(old, { ...model, release: { ...model.release, version: "1B" } }), `${old}  version: 1B\n`);
  const changed = { ...model, licenses: { ...model.licenses, code: { name: "Apache-2.0", path: undefined } } };
  assert.deepEqual(read(editModelFile(old, changed)), changed);
  const own = { ...model, components: [{ ...model.components[0]!, license: "CC-BY-4.0" }] };
  assert.deepEqual(read(editModelFile(old, own)), own);
});

test("a new description is a mof.yml that reads the same", () => {
  const model = emptyModel("New");
  const edited: ModelDescription = {
    ...model,
    components: [{ name: "Model card", description: undefined, license: "MIT", licensePath: undefined, path: "README.md" }],
  };
  assert.deepEqual(read(editModelFile(undefined, edited)), edited);
});
