import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { factsOfModel } from "../../src/risk/model-facts.ts";

function weights(file: string, parameters: number, format = "safetensors"): Parameters<typeof factsOfModel>[0][number] {
  return { file, format, facts: { parameters, weightBytes: 2 * parameters, types: ["F16"] } };
}

suite("what the headers of a model's files say together", () => {
  test("shards add up", () => {
    const facts = factsOfModel([weights("model-00001-of-00002.safetensors", 10), weights("model-00002-of-00002.safetensors", 20)]);
    assert.equal(facts.parameters, 30);
    assert.equal(facts.weightBytes, 60);
    assert.deepEqual(facts.types, ["F16"]);
  });

  test("of several precisions in one folder the largest counts", () => {
    assert.equal(factsOfModel([weights("q4.gguf", 10, "GGUF"), weights("q8.gguf", 12, "GGUF")]).parameters, 12);
  });

  test("the parts of a pipeline, in folders of their own, add up", () => {
    assert.equal(factsOfModel([weights("unet/model.safetensors", 10), weights("vae/model.safetensors", 5)]).parameters, 15);
  });

  test("the same weights in another format do not add up", () => {
    assert.equal(factsOfModel([weights("model.safetensors", 10), weights("pytorch_model.bin", 10, "PyTorch")]).parameters, 10);
  });

  test("what git-LFS keeps counts only where nothing is checked out", () => {
    const kept = weights(".git/lfs/objects/ab/cd/abcd", 10);
    assert.equal(factsOfModel([weights("model.safetensors", 10), kept]).parameters, 10);
    assert.equal(factsOfModel([kept]).parameters, 10);
  });

  test("what configuration says comes from the file nearest to the root", () => {
    const facts = factsOfModel([
      { file: "a/config.json", format: "JSON", facts: { architecture: "Inner", contextLength: 7 } },
      { file: "config.json", format: "JSON", facts: { architecture: "Outer" } },
    ]);
    assert.equal(facts.architecture, "Outer");
    assert.equal(facts.contextLength, 7);
    assert.equal(facts.parameters, undefined);
  });
});
