import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { evaluateAll } from "../../src/catalog/evaluated.ts";
import { filterEvaluations, isOrganization, type CatalogFilter } from "../../src/catalog/filter.ts";
import { shippedLicenses } from "../../src/catalog/licenses.ts";
import { byOpenness, compareModelNames } from "../../src/catalog/order.ts";
import { COMPONENTS } from "../../src/openness/components.ts";
import { entryOf } from "../support/openness/entries.ts";

const everything = Object.fromEntries(COMPONENTS.map(({ name }) => [name, undefined]));
const classThree = Object.fromEntries(COMPONENTS.filter(({ since }) => since === 3).map(({ name }) => [name, undefined]));
const entries = [
  entryOf({
    name: "Weights",
    version: "7B",
    producer: "Google DeepMind",
    type: "language",
    components: { "Model parameters (Final)": "gemma" },
  }),
  entryOf({ name: "Whole", version: "13B", producer: "EleutherAI", type: "Code", distribution: "Apache-2.0", components: everything }),
  entryOf({ name: "Open", version: "1.5T", producer: "AI21 Labs", type: "", distribution: "MIT", components: classThree }),
  entryOf({ name: "Bare", components: { Datasets: "unlicensed", "Model card": "MIT" } }),
];
const all = evaluateAll(entries, shippedLicenses());
const NO_FILTER: CatalogFilter = {
  search: undefined,
  classes: [],
  organizations: [],
  types: [],
  licenses: [],
  parameters: undefined,
  components: [],
};

function names(filter: Partial<CatalogFilter>): string[] {
  return filterEvaluations(all, { ...NO_FILTER, ...filter }, shippedLicenses()).map(({ entry }) => entry.model.release.name);
}

suite("a filter on evaluations", () => {
  test("lets everything through where nothing is asked", () => assert.deepEqual(names({}), ["Weights", "Whole", "Open", "Bare"]));

  test("knows classes, and those of none", () => {
    assert.deepEqual(names({ classes: [1] }), ["Whole"]);
    assert.deepEqual(names({ classes: [3] }), ["Open"]);
    assert.deepEqual(names({ classes: [1, null] }), ["Weights", "Whole", "Bare"]);
  });

  test("knows organizations by whole words", () => {
    assert.deepEqual(names({ organizations: ["deepmind"] }), ["Weights"]);
    assert.deepEqual(names({ organizations: ["AI21"] }), ["Open"]);
    assert.deepEqual(names({ organizations: ["Eleuther"] }), []);
    assert.ok(!isOrganization("Metaspace", "Meta"));
    assert.ok(!isOrganization(undefined, ""));
  });

  test("knows types in any case, and those of none", () => {
    assert.deepEqual(names({ types: ["code"] }), ["Whole"]);
    assert.deepEqual(names({ types: ["none"] }), ["Open", "Bare"]);
  });

  test("knows a license by any of its names, inherited or a component's own, and not that of what is missing", () => {
    assert.deepEqual(names({ licenses: ["Apache License, Version 2.0"] }), ["Whole"]);
    assert.deepEqual(names({ licenses: ["mit"] }), ["Open", "Bare"]);
    assert.deepEqual(names({ licenses: ["gemma"] }), ["Weights"]);
    assert.deepEqual(names({ licenses: ["mit", "apache-2.0"] }), ["Whole", "Open", "Bare"]);
  });

  test("knows parameters", () => {
    assert.deepEqual(names({ parameters: { from: 7e9, to: 13e9 } }), ["Weights", "Whole"]);
    assert.deepEqual(names({ parameters: { from: 1e12, to: undefined } }), ["Open"]);
  });

  test("knows how a component is, and wants every one that is asked for", () => {
    assert.deepEqual(names({ components: [{ name: "Datasets", wish: "there" }] }), ["Whole", "Bare"]);
    assert.deepEqual(names({ components: [{ name: "Datasets", wish: "open" }] }), ["Whole"]);
    assert.deepEqual(names({ components: [{ name: "Datasets", wish: "unlicensed" }] }), ["Bare"]);
    assert.deepEqual(names({ components: [{ name: "Datasets", wish: "missing" }] }), ["Weights", "Open"]);
    assert.deepEqual(names({ components: [{ name: "Model parameters (Final)", wish: "invalid" }] }), ["Weights"]);
    assert.deepEqual(names({ components: [{ name: "Sample model outputs", wish: "open" }] }), ["Whole", "Open"]);
    assert.deepEqual(
      names({
        components: [
          { name: "Datasets", wish: "there" },
          { name: "Training code", wish: "missing" },
        ],
      }),
      ["Bare"],
    );
  });

  test("narrows with every question", () => {
    assert.deepEqual(names({ search: "w", classes: [1] }), ["Whole"]);
    assert.deepEqual(names({ search: "open", classes: [1] }), []);
  });
});

suite("the order of a list", () => {
  test("is by class, then by how much is there, then by name", () => {
    assert.deepEqual(
      [...all]
        .toReversed()
        .sort(byOpenness)
        .map(({ entry }) => entry.id),
      ["Whole", "Open", "Bare", "Weights"],
    );
  });

  test("counts numbers in names", () => {
    assert.deepEqual(["b-10B", "a", "B-9B", "b-9b-x"].sort(compareModelNames), ["a", "B-9B", "b-9b-x", "b-10B"]);
    assert.equal(compareModelNames("a", "a"), 0);
  });
});
