import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { inspectFolder, type FolderInspection } from "../../src/api/inspect-folder.ts";
import { evaluate } from "../../src/openness/evaluate.ts";
import { readModelFile } from "../../src/openness/read-model.ts";
import { modelFileWith, type ModelFileText } from "../../src/openness/write-model.ts";
import { rejectsWith } from "../support/rejects.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { LICENSES } from "../support/openness/licenses.ts";
import { APACHE, card, LLAMA, makeFolder, MIT, MODEL_FOLDERS, safetensors } from "../support/models/described.ts";

const TRAIN = "import torch\n\nfor batch in data:\n    loss = model(batch)\n    loss.backward()\n    optimizer.step()\n";

const validate = new Ajv2020({ strict: true, allErrors: true, formats: { date: /^\d{4}-\d\d-\d\d$/ } }).compile(
  JSON.parse(readFileSync(new URL("../../schemas/mof.v1.json", import.meta.url), "utf8")),
);

function faultsBySchema(document: unknown): unknown[] {
  return validate(document) ? [] : (validate.errors ?? []);
}

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

const WEIGHTS = "The weights: [granite-7b](https://huggingface.co/acme/granite-7b).\n";

/** The entry of a component, with the comment above it. */
function entryOf(text: string, component: string): string {
  const lines = text.split("\n");
  const at = lines.findIndex((line) => line.trim() === `- name: ${component}`);
  let from = at;
  while (lines[from - 1]?.trim().startsWith("#") === true) from -= 1;
  const behind = lines.slice(at + 1).findIndex((line) => !line.startsWith("      "));
  return lines.slice(from, at + 1 + behind).join("\n");
}

test("a claim whose license no file states is under an unknown one, never without, and never under that of the code", async () => {
  const { text } = await write({ LICENSE: APACHE, "README.md": card("", WEIGHTS) });
  const entry = entryOf(text, "Model parameters (Final)");
  assert.match(entry, /# claimed by README\.md, line \d+: please confirm, and its license\n/);
  assert.match(entry, /component_path: https:\/\/huggingface\.co\/acme\/granite-7b\n {6}license: unknown$/);
  assert.doesNotMatch(text, /unlicensed/);
  const { evaluation } = (await inspect({ "mof.yml": text.replace(/# claimed by .*/g, "#") })).ifClaimsHold;
  assert.equal(evaluation.components.find(({ name }) => name === "Model parameters (Final)")?.status, "invalid");
});

test("what it wrote as a claim is not a statement in the next run", async () => {
  const files = { LICENSE: APACHE, "README.md": card("", WEIGHTS) };
  const { text } = await write(files);
  const status = ({ ifClaimsHold }: FolderInspection): string | undefined =>
    ifClaimsHold.evaluation.components.find(({ name }) => name === "Model parameters (Final)")?.status;
  assert.deepEqual([status(await inspect(files)), status(await inspect({ ...files, "mof.yml": text }))], ["unlicensed", "unlicensed"]);
});

test("a license that a sentence states has the sentence above it", async () => {
  const said = "The weights are released under CC BY 4.0.";
  const { text } = await write({ "README.md": card("", `${WEIGHTS}\n## License\n\n${said}\n`) });
  const entry = entryOf(text, "Model parameters (Final)");
  assert.match(entry, /# its license: README\.md says "The weights are released under CC BY 4\.0\."\n/);
  assert.match(entry, /license: CC-BY-4\.0$/);
});

test("texts for parameters are named above the parameters that are elsewhere, and not taken for theirs", async () => {
  const { text } = await write({ "LICENSE-MODEL": LLAMA, "README.md": card("", WEIGHTS) });
  assert.match(entryOf(text, "Model parameters (Final)"), /# LICENSE-MODEL: for parameters; please check that it holds for these\n/);
});

test("all texts that hold are named where one path would be taken for all of them", async () => {
  const { text } = await write({ LICENSE: APACHE, "LICENSE.MIT": MIT, "a/LICENSE": MIT, "a/train.py": TRAIN, "train.py": TRAIN });
  assert.match(text, /# found: LICENSE, LICENSE\.MIT\n {6}name: Apache-2\.0 AND MIT\n/);
  const code = await write({ LICENSE: APACHE, "a/LICENSE": MIT, "a/train.py": TRAIN, "train.py": TRAIN });
  assert.match(entryOf(code.text, "Training code"), /# found: train\.py and 1 more\n {4}# licenses: .*LICENSE.*, .*LICENSE/);
});

test("a changed license and an unknown one are called so beside their names", async () => {
  const { text } = await write({ LICENSE: `${MIT}\nYou must show the name Acme.\n`, "README.md": card("") });
  assert.match(text, /# found: LICENSE \((?:a changed MIT|not a known license)\)\n/);
});

test("the hub's repository is a hint at the producer, and no fact", async () => {
  const { text } = await write({ "README.md": card("", WEIGHTS) });
  assert.match(text, /producer: "" # who made it: please fill in; the weights are in huggingface\.co\/acme\/granite-7b\n/);
});

test("what a folder without a license and without a name needs is said where it is to be written", async () => {
  const { text } = await write({ "README.md": card("").replace("# Granite", "# Key features") });
  assert.match(text, /name: model-\d+ # the folder's name: please check\n/);
  assert.match(entryOf(text, "Model card"), /# found: README\.md\n {4}# no license covers it: please add one\n/);
});

test("a new file ends with what no file shows, and an old one gets no second such end", async () => {
  const files = { LICENSE: APACHE, "README.md": card("", WEIGHTS) };
  const { text } = await write(files);
  const [, end = ""] = text.split("# Missing for Class III: ");
  assert.match(end, /^Data card, Technical report, Evaluation results, Model architecture\.\n/);
  const again = await write(files, text);
  assert.deepEqual([again.text, again.added], [text, []]);
});

test("what it writes is read back without a fault, by this reader and by the Model Openness Tool's rules", async () => {
  for (const files of [...Object.values(MODEL_FOLDERS), { "README.md": card("", WEIGHTS), LICENSE: MIT }]) {
    if ("mof.yml" in files) continue;
    const { text } = await write(files);
    const { model, unknownFields } = readModelFile(Buffer.from(text), "mof.yml");
    assert.deepEqual(unknownFields, []);
    assert.deepEqual(faultsBySchema(parse(text)), []);
    const [strict, plain] = [true, false].map((isStrict) => evaluate(model, LICENSES, { strict: isStrict }));
    for (const { name, status } of strict?.components ?? []) {
      const ours = plain?.components.find((component) => component.name === name)?.status;
      assert.ok(status === ours || status === "invalid", `${name}: ${status}, and ${ours} by this reader`);
    }
  }
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
