import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { AssayError } from "../../src/core/error.ts";
import { readModelFile } from "../../src/openness/read-model.ts";
import { refusedWith, rejectsWith } from "../support/rejects.ts";

const FILE = `# who looks after this: the release team
framework:
  name: 'Model Openness Framework'
  version: '1.0'
  date: '2024-12-15'
release:
  name: granite
  version: 7B
  date: '2025-02-28'
  type: language
  producer: Acme
  license:
    distribution: { name: Apache-2.0, path: LICENSE }
    data:
      name: CC0-1.0
  components:
    - name: 'Model card'
      description: what it is for
      license: CC-BY-4.0
      license_path: LICENSE.docs
      component_path: README.md
    - name: Datasets
`;

suite("a mof.yml", () => {
  test("gives every field that the format has", () => {
    const { model, unknownFields } = readModelFile(FILE);
    assert.deepEqual(model.framework, { name: "Model Openness Framework", version: "1.0", date: "2024-12-15" });
    assert.equal(model.release.name, "granite");
    assert.equal(model.release.producer, "Acme");
    assert.deepEqual(model.licenses.distribution, { name: "Apache-2.0", path: "LICENSE" });
    assert.deepEqual(model.licenses.data, { name: "CC0-1.0", path: undefined });
    assert.deepEqual(model.components[0], {
      name: "Model card",
      description: "what it is for",
      license: "CC-BY-4.0",
      licensePath: "LICENSE.docs",
      path: "README.md",
    });
    assert.deepEqual(model.components[1]?.license, undefined, "not said: inherited");
    assert.deepEqual(unknownFields, []);
  });

  test("may be JSON, which the tool's interface gives out", () => {
    const json = '{"release": {"name": "granite", "license": {}, "components": [{"name": "Datasets", "license": "MIT"}]}}';
    assert.equal(readModelFile(json).model.components[0]?.license, "MIT");
  });

  test("in an older form: one license for all, empty lists for mappings, a component's license as a mapping", () => {
    const { model } = readModelFile("release:\n  name: x\n  license: MIT\n  components: {}\n");
    assert.equal(model.licenses.distribution?.name, "MIT");
    assert.deepEqual(readModelFile("release: { name: x, license: [], components: [] }").model.components, []);
    const own = "release: { name: x, components: [{ name: Datasets, license: { name: CC0-1.0, path: L } }] }";
    assert.deepEqual(readModelFile(own).model.components[0]?.license, "CC0-1.0");
    assert.deepEqual(readModelFile(own).model.components[0]?.licensePath, "L");
  });

  test("keeps numbers as they are written, and takes a license that is one for a text", () => {
    const { model } = readModelFile("release: { name: x, version: 7.0, components: [{ name: Datasets, license: 2 }] }");
    assert.equal(model.release.version, "7.0");
    assert.equal(model.components[0]?.license, "2");
  });

  test("tells an empty license, which means without a license, from one that is not given", () => {
    const { model } = readModelFile("release: { name: x, components: [{ name: Datasets, license: '' }, { name: Model card, license: }] }");
    assert.deepEqual(
      model.components.map(({ license }) => license),
      ["", undefined],
    );
  });

  test("names fields that the format does not have, and keeps them", () => {
    const { unknownFields, yaml } = readModelFile(`${FILE}      note: from the web\n  reviewer: Kim\nextra: 1\n`);
    assert.deepEqual(unknownFields, ["extra", "release.reviewer", "release.components[1].note"]);
    const rewritten = String(yaml.document);
    for (const kept of ["# who looks after this", "note: from the web", "reviewer: Kim", "extra: 1"])
      assert.ok(rewritten.includes(kept), kept);
  });

  test("names a component in any case, and another than the 17 is refused with the near match", async () => {
    const of = (name: string): string => `release:\n  name: x\n  components:\n    - license: MIT\n      name: ${name}\n`;
    assert.equal(readModelFile(of("training CODE")).model.components[0]?.name, "Training code");
    const error = await rejectsWith("MOF_COMPONENT_UNKNOWN", () => readModelFile(of("Trainning code"), "granite.yml"));
    assert.match(error.message, /^granite\.yml, line 5, column 13: "Trainning code" is not one of the 17 components/);
    assert.equal(error.hint, 'did you mean "Training code"?');
    assert.match((await rejectsWith("MOF_COMPONENT_UNKNOWN", () => readModelFile(of("Kitchen sink")))).hint ?? "", /Datasets/);
  });

  test("lists each component once", async () => {
    const twice = "release:\n  name: x\n  components:\n    - name: Datasets\n    - name: datasets\n";
    const error = await rejectsWith("MOF_COMPONENT_TWICE", () => readModelFile(twice));
    assert.match(error.message, /line 5, column 7: "Datasets" is listed twice, first on line 4/);
  });

  test("has dates that are days of the calendar", async () => {
    for (const date of ["2025-02-30", "2025-13-01", "yesterday", "2025-1-1", "0000-01-01"]) {
      const error = await rejectsWith("MOF_DATE", () => readModelFile(`release:\n  name: x\n  date: ${date}\n`));
      assert.ok(error.message.includes("line 3, column 9") && error.message.includes(date), error.message);
    }
    assert.equal(readModelFile("release: { name: x, date: 2024-02-29 }").model.release.date, "2024-02-29");
  });

  test("of a wrong type is refused at its place", async () => {
    const wrong: readonly (readonly [string, RegExp])[] = [
      ["just text", /line 1, column 1: the document is text, not a mapping/],
      ["", /the document is empty, not a mapping/],
      ["a: 1", /"release" is missing/],
      ["release: 7", /release is a number, not a mapping/],
      ["release: { version: 7B }", /release\.name is missing/],
      ["release: { name: [x] }", /release\.name is a list, not text/],
      ["release: { name: x, license: [MIT] }", /release\.license is a list/],
      ["release: { name: x, license: { code: [MIT] } }", /release\.license\.code is a list/],
      ["release: { name: x, components: Datasets }", /release\.components is text, not a list/],
      ["release: { name: x, components: [Datasets] }", /release\.components\[0\] is text, not a mapping/],
      ["release: { name: x, components: [{ license: MIT }] }", /release\.components\[0\] has no name/],
      ["release: { name: x, components: [{ name: Datasets, license: [MIT] }] }", /license is a list, not text/],
    ];
    for (const [text, message] of wrong) assert.match((await rejectsWith("MOF_SHAPE", () => readModelFile(text))).message, message);
  });

  test("of no known license is read all the same: that is evaluated, not rejected", () => {
    assert.equal(readModelFile("release: { name: x, license: My Own }").model.licenses.distribution?.name, "My Own");
  });

  test("never gets a field from the prototype of an object", () => {
    const { model, unknownFields } = readModelFile("release: { name: x, __proto__: { producer: evil }, constructor: 1 }");
    assert.equal(model.release.producer, undefined);
    assert.deepEqual(unknownFields, ["release.__proto__", "release.constructor"]);
  });
});

test("what is refused is refused with our error alone", () => refusedWith("YAML_SYNTAX", () => readModelFile("release: {")));

test("and says which file", () => {
  assert.throws(
    () => readModelFile("release: {", "granite.yml"),
    (error) => error instanceof AssayError && error.message.startsWith("granite.yml, line 1, "),
  );
});
