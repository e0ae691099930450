import assert from "node:assert/strict";
import { test } from "node:test";
import type { ComponentName } from "../../../src/openness/components.ts";
import { componentState } from "../../../src/openness/folder/component-findings.ts";
import type { OpennessFinding, OpennessFacts } from "../../../src/openness/folder/findings.ts";
import { summarizeFindings } from "../../../src/openness/folder/summarize-findings.ts";

function finding(outcome: OpennessFinding["outcome"], file: string, facts: OpennessFacts): OpennessFinding {
  return { probe: "documents", outcome, file, facts };
}

function component(outcome: OpennessFinding["outcome"], file: string, name: ComponentName = "Model card"): OpennessFinding {
  return finding(outcome, file, { kind: "component", component: name, why: `${outcome} in ${file}` });
}

function stateOfCard(...findings: readonly OpennessFinding[]): string {
  return componentState(findings, "Model card");
}

test("a component is found where one file shows it, whatever others claim", () => {
  assert.equal(stateOfCard(), "unknown");
  assert.equal(stateOfCard(component("claimed", "a"), component("found", "b")), "found");
  assert.equal(stateOfCard(component("claimed", "a"), component("insufficient", "b")), "claimed");
  assert.equal(stateOfCard(component("found", "a", "Research paper")), "unknown");
});

test("a file whose content is elsewhere is a claim; one that is damaged or not supported is nothing", () => {
  assert.equal(stateOfCard(component("not-available", "a")), "claimed");
  for (const outcome of ["damaged", "insufficient", "not-supported"] as const)
    assert.equal(stateOfCard(component(outcome, "a")), "unknown");
});

test("a component has the first six signs of each kind, found before claimed, and every file that was found", () => {
  const names = ["1", "2", "3", "4", "5", "6", "7"];
  const { components } = summarizeFindings([
    ...names.map((name) => component("claimed", `claimed-${name}`)),
    ...names.map((name) => component("found", name)),
  ]);
  const card = components.find(({ name }) => name === "Model card");
  assert.deepEqual(card?.files, names);
  assert.deepEqual(
    card?.signs.map(({ state }) => state),
    [...Array.from({ length: 6 }, () => "found"), ...Array.from({ length: 6 }, () => "claimed")],
  );
});

test("too little of a component says so, unless another file has enough", () => {
  const shortfallOf = (...findings: readonly OpennessFinding[]): string | undefined =>
    summarizeFindings(findings).components.find(({ name }) => name === "Model card")?.shortfall;
  assert.equal(shortfallOf(component("insufficient", "a"), component("insufficient", "b")), "insufficient in a");
  assert.equal(shortfallOf(component("insufficient", "a"), component("found", "b")), undefined);
});

test("a finding about a folder counts the files in it", () => {
  const facts = { kind: "component", component: "Datasets", why: "there", files: ["data/a", "data/b"] } as const;
  const { components } = summarizeFindings([finding("found", "data", facts)]);
  assert.deepEqual(components.find(({ name }) => name === "Datasets")?.files, ["data/a", "data/b"]);
});

test("the first file that states a name or an architecture counts, parameters add up, base models count once", () => {
  const release = (facts: Omit<Extract<OpennessFacts, { kind: "release" }>, "kind">): OpennessFinding =>
    finding("claimed", "a", { kind: "release", ...facts });
  const { facts } = summarizeFindings([
    release({ baseModels: ["x"] }),
    release({ name: "first", parameters: 3 }),
    release({ name: "second", architecture: "llama", software: "transformers 4.46.0", parameters: 4, baseModels: ["x", "y"] }),
  ]);
  assert.deepEqual(facts, { name: "first", architecture: "llama", software: "transformers 4.46.0", parameters: 7, baseModels: ["x", "y"] });
  assert.equal(summarizeFindings([]).facts.parameters, undefined);
});
