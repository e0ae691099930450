import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { findByName, holdsWords, nameKey } from "../../src/catalog/search.ts";
import { entryOf } from "../support/openness/entries.ts";

const entries = [
  entryOf({ name: "Llama-3-8B", id: "Meta-Llama-3-8B" }),
  entryOf({ name: "Llama-3.1-8B", producer: "Meta" }),
  entryOf({ name: "Same", id: "one" }),
  entryOf({ name: "Same", id: "two" }),
  entryOf({ name: "Café", id: "cafe-model" }),
  entryOf({ name: "Mine", id: "mof", file: "/models/mine/mof.yml" }),
  entryOf({ name: "Yours", id: "mof", file: "/models/yours/mof.yml" }),
];

function idOf(name: string): string {
  const found = findByName(entries, name);
  return found.kind === "one" ? found.entry.model.release.name : found.kind;
}

suite("finding an evaluation by name", () => {
  test("takes its name or its file's, whatever the case and the punctuation", () => {
    for (const name of ["Llama-3-8B", "Meta-Llama-3-8B", "llama 3 8b", "LLAMA_3_8B", "Meta-Llama-3-8B.yml", "meta-llama-3-8b.yaml"]) {
      assert.equal(idOf(name), "Llama-3-8B", name);
    }
    assert.equal(idOf("cafe"), "Café");
  });

  test("does not take one version for another", () => {
    assert.equal(idOf("llama 3.1 8b"), "Llama-3.1-8B");
    assert.equal(idOf("llama 31 8b"), "none");
    assert.notEqual(nameKey("Qwen2.5"), nameKey("Qwen25"));
  });

  test("names all that are called so, and takes the one whose file is named", () => {
    const found = findByName(entries, "same");
    assert.deepEqual(found.kind === "several" && found.entries.map(({ id }) => id), ["one", "two"]);
    const one = findByName(entries, "two.yml");
    assert.equal(one.kind === "one" && one.entry.id, "two");
  });

  test("tells own files of one name apart by their path", () => {
    assert.equal(findByName(entries, "mof.yml").kind, "several");
    assert.equal(idOf("/models/yours/mof.yml"), "Yours");
  });

  test("prefers what is written to the letter", () => {
    const all = [entryOf({ name: "GPT-2" }), entryOf({ name: "gpt2" })];
    const found = findByName(all, "gpt2");
    assert.equal(found.kind === "one" && found.entry.model.release.name, "gpt2");
  });

  test("never takes what is only near, and names it", () => {
    const near = (name: string): string[] => {
      const found = findByName(loadCatalog().entries, name);
      assert.equal(found.kind, "none");
      return found.kind === "none" ? found.near.map(({ model }) => model.release.name) : [];
    };
    assert.deepEqual(near("ambr"), ["Amber"]);
    assert.ok(near("granite code").every((name) => name.includes("Code")));
    assert.ok(near("granite").length <= 6);
    assert.deepEqual(near("x".repeat(10_000)), []);
  });
});

suite("a search for words", () => {
  test("wants every one of them, in any order and case", () => {
    const entry = entryOf({ name: "Granite-3.3-8B-Instruct", producer: "IBM" });
    for (const words of ["granite", "instruct granite", "GRANITE 8b", "ibm 3.3", "granite-8b"]) assert.ok(holdsWords(entry, words), words);
    for (const words of ["granite base", "llama", "33", "", " - "]) assert.ok(!holdsWords(entry, words), words);
  });

  test("does not find a word that begins in a name and ends in an organization", () => {
    assert.ok(!holdsWords(entryOf({ name: "Ab", id: "Ab", producer: "cd" }), "bc"));
  });
});
