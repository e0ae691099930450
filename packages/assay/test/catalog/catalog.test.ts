import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { packModel, unpackModel, type CatalogData } from "../../src/catalog/catalog-data.ts";
import { loadCatalog, readCatalog } from "../../src/catalog/catalog.ts";
import { evaluateAll } from "../../src/catalog/evaluated.ts";
import { shippedLicenses } from "../../src/catalog/licenses.ts";
import { COMPONENTS } from "../../src/openness/components.ts";
import { evaluate } from "../../src/openness/evaluate.ts";
import { readModelFile } from "../../src/openness/read-model.ts";
import { readFileSync } from "node:fs";

const data = JSON.parse(readFileSync(new URL("../../data/openness/catalog.json", import.meta.url), "utf8")) as CatalogData;

suite("the catalog that ships", () => {
  test("holds the 273 public evaluations, each under an identifier of its own", () => {
    const { entries } = loadCatalog();
    assert.equal(entries.length, 273);
    assert.equal(new Set(entries.map(({ id }) => id)).size, 273);
    assert.ok(entries.every(({ file }) => file === undefined));
  });

  test("names its source, date and license, and carries the license's text", () => {
    const [source] = loadCatalog().sources;
    assert.match(source!.date, /^\d{4}-\d{2}-\d{2}$/);
    assert.equal(source!.license, "MIT");
    assert.equal(source!.url, "https://github.com/lfai/model_openness_tool");
    assert.match(data.licenseText, /^Copyright 2024 The Model Openness Tool Authors\n[\s\S]*Permission is hereby granted/);
  });

  test("has the classes that the Model Openness Tool gives, evaluated as strictly", () => {
    const all = evaluateAll(loadCatalog().entries, shippedLicenses(), { strict: true });
    const count = (openness: number | null): number => all.filter(({ evaluation }) => evaluation.class === openness).length;
    assert.deepEqual([count(1), count(2), count(3), count(null)], [14, 1, 16, 242]);
  });

  test("names no component that the framework does not have, and no address of a person", () => {
    const known = new Set<string>(COMPONENTS.map(({ name }) => name));
    for (const [id, model] of Object.entries(data.models)) {
      for (const name of Object.keys(model.components)) assert.ok(known.has(name), `${id}: ${name}`);
      assert.ok(!("contact" in model), id);
    }
  });

  test("is a bug of the installation where it is missing", () => {
    assert.throws(() => readCatalog("/nowhere/"), { code: "INTERNAL" });
  });
});

suite("packing a model", () => {
  const yaml = `
framework: { name: Model Openness Framework, version: "1.0", date: "2024-12-15" }
release:
  name: Granite
  version: 8B
  date: "2025-05-22"
  type: language
  architecture: transformer decoder
  treatment: pre-trained
  origin: Base
  producer: IBM
  repository: https://example.com/code
  huggingface: https://example.com/model
  license: { distribution: { name: Apache-2.0, path: LICENSE }, code: { name: "" }, data: { path: DATA } }
  components:
    - { name: Datasets, license: unlicensed }
    - { name: Model card }
    - { name: Training code, license: "", component_path: train.py, license_path: LICENSE }
    - { name: Technical report, component_path: https://example.com/r.pdf }
`;

  test("loses nothing that an evaluation or a list uses", () => {
    const { model } = readModelFile(yaml);
    const again = unpackModel(packModel(model), { ...data, descriptions: {} });
    assert.deepEqual(again, model);
    assert.deepEqual(evaluate(again, shippedLicenses()), evaluate(model, shippedLicenses()));
  });

  test("leaves out what says nothing, and whom to write to", () => {
    const { model } = readModelFile(
      "release: { name: A, contact: me@example.com, origin: '', producer: '', components: [{ name: Datasets }] }",
    );
    assert.deepEqual(packModel(model), { name: "A", components: { Datasets: null } });
  });
});
