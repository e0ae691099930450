import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { inspectFolder, type FolderInspection } from "../../src/api/inspect-folder.ts";
import { modelFileWith, type ModelFileText } from "../../src/openness/write-model.ts";
import { rejectsWith } from "../support/rejects.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { LICENSES } from "../support/openness/licenses.ts";
import { card, makeFolder, MODEL_FOLDERS, safetensors } from "../support/models/described.ts";

const root = temporaryFolder();
let count = 0;

async function inspect(files: Parameters<typeof makeFolder>[2]): Promise<FolderInspection> {
  return inspectFolder(makeFolder(root, `model-${(count += 1)}`, files), {
    cwd: root,
    licenses: LICENSES,
  });
}

async function write(files: Parameters<typeof makeFolder>[2], old?: string): Promise<ModelFileText> {
  const { findings, asFound, ifClaimsHold } = await inspect(files);
  return modelFileWith(old, findings, asFound, ifClaimsHold.model);
}

test("a new mof.yml holds what was found with its place, and claims marked for a person", async () => {
  const { text, toConfirm } = await write(MODEL_FOLDERS["weights-code-and-paper"] ?? {});
  const document = parse(text);
  assert.equal(document.framework.name, "Model Openness Framework");
  assert.deepEqual(document.release.license, { distribution: { name: "Apache-2.0", path: "LICENSE" } });
  const weights = document.release.components.find(({ name }: { name: string }) => name === "Model parameters (Final)");
  assert.equal(weights.component_path, "model.safetensors");
  assert.match(text, /# found: LICENSE\n {6}name: Apache-2\.0/);
  assert.match(text, /# claimed by README\.md: please confirm, and its license\n {4}- name: Datasets/);
  assert.match(text, /date: '2024-12-15'/);
  assert.match(text, /producer: "" # who made it: please fill in/);
  assert.deepEqual(toConfirm, ["Training code", "Supporting libraries and tools", "Datasets"]);
});

test("a license that only a card names is marked as claimed", async () => {
  const { text } = await write({ "README.md": card("license: mit"), "model.safetensors": safetensors() });
  assert.match(text, /# claimed by README\.md: please confirm\n {6}name: mit/);
});

test("an old mof.yml keeps every line, in its order, with comments and unknown fields", async () => {
  const old = MODEL_FOLDERS["mof-claims-more"]?.["mof.yml"] as string;
  const { text, added } = await write(MODEL_FOLDERS["mof-claims-more"] ?? {}, old);
  assert.ok(text.startsWith(old), text);
  assert.deepEqual(added, ["Inference code", "Model card", "Evaluation results"]);
});

test("a mof.yml that lacks nothing is not changed, and writing twice adds nothing", async () => {
  const files = MODEL_FOLDERS["everything-open"] ?? {};
  const first = await write(files);
  const second = await write(files, first.text);
  assert.deepEqual([second.text, second.added], [first.text, []]);
});

test("flow style, an empty license and a missing list are filled", async () => {
  const { text } = await write({ "README.md": card("license: mit") }, "release: { name: x, license: {  }, producer: y }\n");
  const { release } = parse(text);
  assert.deepEqual([release.name, release.license.distribution.name, release.components[0].name], ["x", "mit", "Model card"]);
});

test("anything but a mof.yml is left alone", async () => {
  for (const old of ["release: 5\n", "a: 1\na: 2\n", "- x\n", "release: [\n"]) {
    await rejectsWith("USAGE", () => write({ "README.md": card("license: mit") }, old));
  }
});

test("a name in the folder cannot write lines of its own into the file", async () => {
  const evil = "train_\n    - name: Datasets\n\u001b[2J\u202e#.py";
  const { text } = await write({ [evil]: "loss.backward()\n" });
  const names = parse(text).release.components.map(({ name }: { name: string }) => name);
  assert.deepEqual(names, ["Training code"]);
  assert.doesNotMatch(text.replaceAll("\n", " "), /[\p{Cc}]/u);
  assert.doesNotMatch(text.split("\n").find((line) => line.includes("found:")) ?? "", /\u202e/);
});
