import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { suite, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { COMPONENTS } from "../../src/report/openness-words.ts";
import { readModelFile } from "../../src/openness/read-model.ts";
import { runHere } from "../support/cli/run-here.ts";

const text = readFileSync(new URL("../../schemas/mof.v1.json", import.meta.url), "utf8");
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(JSON.parse(text) as object);

const GOOD: readonly string[] = [
  "release: { name: A }",
  "release: { name: 7, version: 7.0, date: '2025-05-22', license: MIT, components: [] }",
  "framework: { name: Model Openness Framework, version: '1.0', date: '2024-12-15' }\nrelease: { name: A, license: { distribution: { name: MIT, path: '' }, code: MIT, data: [] }, own: x }",
  "framework: []\nrelease: { name: A, license: [], components: {} }",
  "release: { name: A, date: '', producer: null, components: null }",
  "release: { name: A, components: [{ name: Datasets, license: { name: MIT, path: L } }, { name: Model card, license: 7, component_path: README.md }] }",
];
const BAD: readonly string[] = [
  "[]",
  "framework: {}",
  "release: {}",
  "release: { name: '' }",
  "release: { name: [A] }",
  "release: { name: A, date: '2025-13-01' }",
  "release: { name: A, date: yesterday }",
  "release: { name: A, components: x }",
  "release: { name: A, components: [{ license: MIT }] }",
  "release: { name: A, components: [{ name: Weights }] }",
  "release: { name: A, components: [{ name: Datasets, license: [MIT] }] }",
  "release: { name: A, license: { code: [MIT] } }",
  "release: { name: A, version: {} }",
];

suite("the schema of a mof.yml", () => {
  for (const yaml of GOOD) {
    test(`accepts what is read: ${yaml}`, () => {
      readModelFile(yaml);
      assert.ok(validate(parse(yaml)), JSON.stringify(validate.errors));
    });
  }

  for (const yaml of BAD) {
    test(`refuses what is refused: ${yaml}`, () => {
      assert.throws(() => readModelFile(yaml));
      assert.ok(!validate(parse(yaml)));
    });
  }

  test("names every component, and no other", () => {
    const { $defs } = JSON.parse(text) as { $defs: { component: { properties: { name: { enum: string[] } } } } };
    assert.deepEqual(
      $defs.component.properties.name.enum,
      COMPONENTS.map(({ name }) => name),
    );
  });
});

suite("assay openness schema", () => {
  test("prints it as it ships, and with --result that of the answer; --json says the same", async () => {
    assert.equal((await runHere(["openness", "schema"])).stdout, text);
    const result = JSON.parse((await runHere(["openness", "schema", "--result"])).stdout) as { $id: string };
    assert.equal(result.$id, "urn:assay:schema:openness:v1");
    const wrapped = JSON.parse((await runHere(["openness", "schema", "--json"])).stdout) as { document: unknown };
    assert.deepEqual(wrapped.document, JSON.parse(text));
  });
});
