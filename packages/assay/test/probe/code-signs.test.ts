import assert from "node:assert/strict";
import { test } from "node:test";
import type { ComponentName } from "../../src/openness/components.ts";
import { codeOfNotebook } from "../../src/probe/code/notebook.ts";
import { signsOfCode } from "../../src/probe/code/signs.ts";
import { component, findingsOf, stateOf } from "../support/openness/gather.ts";

const TRAINS = "loss.backward()\noptimizer.step()\n";
const WORDS = "plain words about this model and what it is for, ".repeat(8);

function componentsIn(name: string, text: string): ComponentName[] {
  return signsOfCode(name, text).map((sign) => sign.component);
}

function notebook(...cells: string[]): string {
  const picture = { cell_type: "markdown", source: ["model.generate( in words is not code"] };
  return JSON.stringify({
    nbformat: 4,
    cells: [picture, ...cells.map((source) => ({ cell_type: "code", source: source.split(/(?<=\n)/) }))],
  });
}

/** A file, what it holds, and what that is. */
const CODE: readonly (readonly [name: string, text: string, is: readonly ComponentName[]])[] = [
  ["modeling.py", 'with tf.variable_scope("encoder"):\n  w = tf.get_variable("w", [4])\n', ["Model architecture"]],
  ["lib/mtf_model.py", "import mesh_tensorflow as mtf\n", ["Model architecture"]],
  ["weather/mesh_gnn.py", "class Mesh(hk.Module):\n  def __call__(self, x):\n    return x\n", ["Model architecture"]],
  ["src/flow.py", "class Flow(nnx.Module):\n  def __call__(self, x):\n    return x\n", ["Model architecture"]],
  ["src/block.py", "class Block(nn.Module):\n  pass\n", []],
  ["src/focal.py", "class FocalLoss(nn.Module):\n  def forward(self, x):\n    return x\n", []],
  ["main.py", "trainer = Trainer.from_argparse_args(opt)\ntrainer.fit(model, data)\n", ["Training code"]],
  ["steps.py", "updates, state = optax.adam(1e-3).update(g, s)\nloss, g = jax.value_and_grad(f)(p)\n", ["Training code"]],
  ["run_pretraining.py", "estimator = TPUEstimator(fn)\nestimator.train(input_fn=f, max_steps=9)\n", ["Training code"]],
  ["transcribe.py", "with torch.no_grad():\n  x = m(y)\n", ["Inference code"]],
  ["segment/predictor.py", "@torch.no_grad()\ndef f(x): ...\n", ["Inference code"]],
  ["run_protein.py", "model.load_state_dict(torch.load(p))\n", ["Inference code"]],
  ["speech/model_api.py", "def transcribe(audio):\n  return model(audio).logits\n", ["Inference code"]],
  ["examples/robot/main.py", "def eval_robot(args):\n  successes = 0\n", ["Evaluation code"]],
  ["scripts/evaluation/evaluate.py", "from ev.metrics import MASE\n", ["Evaluation code"]],
  ["tools/parallel_inference/run.sh", "torchrun --nproc 4 generate.py\n", []],
  ["inference/demo/frames.py", TRAINS, []],
  ["scripts/run.sh", "torchrun --nproc 4 main.py\n", ["Training code"]],
  ["evaluation/rounds/score.py", "def score_answer(answer, label):\n  return answer in label\n", ["Evaluation code"]],
  ["evaluation/rounds/sizes.py", "def count(rows):\n  return len(rows)\n", []],
  ["make_data.py", "out.write(json.dumps(row))\n", ["Data preprocessing code"]],
  ["server/preprocess.py", "tokenizer = Tokenizer()\n", []],
  ["text/preprocess.py", "tokenizer = Tokenizer()\n", ["Data preprocessing code"]],
  ["lib/csv2arrow.py", "with pa.RecordBatchFileWriter(sink, schema) as w:\n  w.write_table(t)\n", ["Data preprocessing code"]],
  ["lib/json_to_parquet.py", "df.to_parquet(path)\n", ["Data preprocessing code"]],
  ["lib/text2tokens.py", "json.dump(tokens, out)\n", []],
  ["create_pretraining_data.py", "w = tf.python_io.TFRecordWriter(path)\n", ["Data preprocessing code"]],
  ["examples/arm/convert_arm_data_to_records.py", "dataset.save_episode()\n", ["Data preprocessing code"]],
  ["convert_weights.py", 'save_file(tensors, "model.safetensors")\n', []],
  ["mmap_dataset.py", "a = np.memmap(path)\n", []],
  ["plot_training.py", TRAINS, []],
  ["model_test.py", TRAINS, []],
  ["third_party/other/train.py", TRAINS, []],
  ["train_tokenizer.py", TRAINS, ["Training code"]],
];

for (const [name, text, is] of CODE) {
  test(`${name} with its calls is ${is.length === 0 ? "not a component" : is.join(" and ")}`, () => {
    assert.deepEqual(componentsIn(name, text), is);
  });
}

test("a notebook that loads a model and runs it is inference code, whatever it is called", () => {
  const runs = notebook('m = lib.load("x")\n', "with torch.no_grad():\n  m(x)\n");
  assert.deepEqual(componentsIn("docs/Interacting.ipynb", runs), ["Inference code"]);
  assert.deepEqual(componentsIn("lengths.ipynb", notebook('t = Tokenizer.from_pretrained("x")\nprint(len(t))\n')), []);
  assert.deepEqual(componentsIn("docs/intro.ipynb", notebook("print('hello')\n")), [], "its words are not code");
});

test("the code of a notebook is that of its cells, and of no other JSON", () => {
  assert.equal(codeOfNotebook(notebook("a = 1\nb = 2\n")), "a = 1\nb = 2\n");
  assert.equal(codeOfNotebook('{"cells": 3}'), undefined);
  assert.equal(codeOfNotebook("{"), undefined);
});

test("evidence names the line and the words", async () => {
  const findings = await findingsOf({ "train.py": `import torch\n\n${TRAINS}` });
  const seen = findings.findings.find(({ probe }) => probe === "code");
  assert.deepEqual(
    [seen?.file, seen?.location, seen?.facts.kind === "component" && seen.facts.why],
    ["train.py", "line 3", "has .backward"],
  );
});

test("fine-tuning for users is not the training code of the model, and that is said", async () => {
  for (const name of ["finetune/train.py", "sft_trainer.py", "ptuning/main.py", "scripts/lora/train.py", "tuning/train.py"]) {
    const training = component(await findingsOf({ [name]: TRAINS }), "Training code");
    assert.deepEqual([name, training.state, training.shortfall], [name, "unknown", `${name}: adapts a model that exists`]);
  }
});

test("a README above code that speaks of fine-tuning in its title says the same", async () => {
  const readme = "# Fine-tuning Acme for chat\n";
  assert.equal(stateOf(await findingsOf({ "chat/README.md": readme, "chat/src/train.py": TRAINS }), "Training code"), "unknown");
  assert.equal(stateOf(await findingsOf({ "chat/README.md": "# Training Acme\n", "chat/src/train.py": TRAINS }), "Training code"), "found");
  assert.equal(stateOf(await findingsOf({ "README.md": readme, "train.py": TRAINS }), "Training code"), "found", "the root is the model's");
});

test("a card that calls a fine-tuning script its training code decides: the model is an adapter", async () => {
  const called = `# Acme-LoRA\n\n${WORDS}\n\n### Training (\`finetune.py\`)\n`;
  assert.equal(stateOf(await findingsOf({ "README.md": called, "finetune.py": TRAINS }), "Training code"), "found");
  const other = `# Acme\n\n${WORDS}\n\n### Fine-tuning after training (\`finetune.py\`)\n`;
  assert.equal(stateOf(await findingsOf({ "README.md": other, "finetune.py": TRAINS }), "Training code"), "unknown");
});

test("the model's own definition is named before parts of it and adapters", async () => {
  const module = "class A(nn.Module):\n  def forward(self, x): ...\n";
  const findings = await findingsOf({ "a/lora.py": module, "a/modules/layers.py": module, "a/model.py": module, "extra.py": module });
  const [first] = component(findings, "Model architecture").signs;
  assert.equal(first?.file, "a/model.py");
});

test("every file of code is read, however many there are", async () => {
  const many = Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`src/part_${index}.py`, "x = 1\n"]));
  const findings = await findingsOf({ ...many, "src/z/z/z/train.py": TRAINS });
  assert.equal(stateOf(findings, "Training code"), "found");
  assert.deepEqual(findings.warnings, []);
});

test("code that is read in part is said", async () => {
  const findings = await findingsOf({ "train.py": `${TRAINS}${"x = 1\n".repeat(200_000)}` });
  assert.deepEqual(
    findings.warnings.filter(({ message }) => message.includes("of code over")).map(({ code, message }) => `${code}: ${message}`),
    ["EVIDENCE_NOT_ALL_READ: 1 file of code over 1024 kB: only the beginning was read"],
  );
});
