import assert from "node:assert/strict";
import { test } from "node:test";
import { readCard } from "../../src/probe/card/card.ts";
import { claimsOfCard } from "../../src/probe/card/claims.ts";
import type { ComponentName } from "../../src/openness/components.ts";

function targets(component: ComponentName, text: string): (string | undefined)[] {
  return claimsOfCard(readCard(text, "README.md"), { folder: "granite", files: ["README.md", "docs/card.md"] })
    .filter((claim) => claim.component === component)
    .map(({ target }) => target);
}

const PAPER = "https://arxiv.org/abs/2401.00001";

test("a paper is the model's where the link, its sentence or the citation says so", () => {
  for (const text of [
    `[Paper](${PAPER})`,
    `<a href="${PAPER}"><img alt="arXiv"></a>`,
    `It is described in [Layers of Rock](${PAPER}).`,
    `## Citation\n\n[link](${PAPER})`,
    "## 引用\n\n```\n@misc{a,\n  title={Granite},\n  eprint={2401.00001},\n}\n```",
    `[论文](${PAPER})`,
  ]) {
    assert.deepEqual(targets("Research paper", text), [PAPER], text);
  }
});

test("a paper that is only cited is not the model's", () => {
  for (const text of [
    `It uses [flash attention](${PAPER}).`,
    `## Acknowledgments\n\nThe [paper](${PAPER}) of others.`,
    `It was measured on [MMLU](${PAPER}).`,
  ]) {
    assert.deepEqual(targets("Research paper", text), [], text);
  }
  const two = "```\n@misc{a,\n title={Basalt},\n eprint={2401.00002}\n}\n@misc{b,\n title={Granite: a rock},\n eprint={2401.00001}\n}\n```";
  assert.deepEqual(targets("Research paper", two), [PAPER], "of two citations, the one with the model's name");
});

test("code is what the link's own words call it, whatever else the line says", () => {
  const repository = "https://github.com/acme/tools";
  assert.deepEqual(targets("Training code", `The [training code](${repository}) is public.`), [repository]);
  assert.deepEqual(targets("Training code", `Trained for weeks; see our [tools](${repository}).`), []);
  assert.deepEqual(targets("Training code", `We share training code soon, and a [chat client](${repository}) now.`), []);
  assert.deepEqual(targets("Training code", `[fine-tuning training scripts](${repository})`), []);
  assert.deepEqual(targets("Evaluation code", `Evaluate with [acme/tools](${repository}): evaluation code for all tasks.`), [repository]);
  assert.deepEqual(targets("Training code", `[training code](${repository}/issues/7)`), []);
});

test("data sets are those that it was trained on, or that its makers offer", () => {
  const set = "https://huggingface.co/datasets/acme/rocks";
  assert.deepEqual(targets("Datasets", `Pre-trained on [rocks](${set}).`), [set]);
  assert.deepEqual(targets("Datasets", `## Dataset\n\nIt can be had [here](${set}).`), [set]);
  assert.deepEqual(targets("Datasets", "The training data can be downloaded [here](https://files.example/rocks/)."), [
    "https://files.example/rocks/",
  ]);
  assert.deepEqual(targets("Datasets", `Bring your own data, such as [rocks](${set}), to fine-tune.`), []);
  assert.deepEqual(targets("Evaluation data", `Evaluated on [rocks](${set}).`), [set]);
});

test("a section describes the data only where it is about what the model learned from", () => {
  const words =
    "It has 300 billion tokens of text from books and the web, filtered and deduplicated by language and by quality of the pages, in twelve languages, and code in forty more.";
  for (const heading of ["Training data", "Data", "训练数据", "学習データ"]) {
    assert.deepEqual(targets("Data card", `## ${heading}\n\n${words}`), [undefined], heading);
  }
  for (const heading of ["Dataset preparation", "Evaluation data", "Data format"]) {
    assert.deepEqual(targets("Data card", `## ${heading}\n\n${words}`), [], heading);
  }
  assert.deepEqual(targets("Data card", `## Training data\n\n${words}\n\n\`\`\`\npython get.py\n\`\`\``), [], "how to prepare data");
});

test("a version of a program or data set on Zenodo is not a paper", () => {
  assert.deepEqual(targets("Research paper", "[Paper](https://doi.org/10.5281/zenodo.123)"), []);
  assert.deepEqual(targets("Research paper", "[Paper](https://doi.org/10.1000/182)"), ["https://doi.org/10.1000/182"]);
});

test("files under a heading of data are data, whatever their links are called", () => {
  const file = "https://storage.googleapis.com/acme/filtered.json";
  const table = `Source | Captions\n--- | ---\nWeb | <a href="${file}">Download</a>`;
  assert.deepEqual(targets("Datasets", `### Pre-training datasets download:\n\n${table}`), [file]);
  assert.deepEqual(targets("Datasets", `### Captions\n\n${table}`), []);
});

test("a repository of code is not data, whatever it is recommended for", () => {
  const tool = "https://github.com/other/img2dataset";
  assert.deepEqual(targets("Datasets", `## Data\n\nTo download datasets, we recommend [img2dataset](${tool}).`), []);
  assert.deepEqual(targets("Datasets", `## Data\n\nWe release our datasets [here](${tool}).`), [tool]);
});

test("a page of models or of their maker holds data only where the link says so", () => {
  const page = "https://huggingface.co/acme";
  const list = "https://huggingface.co/collections/acme/pretraining-1";
  const text = `We release the raw data that our evaluations made, which can be found [here](${page}).`;
  assert.deepEqual([targets("Datasets", text), targets("Evaluation data", text)], [[], []]);
  assert.deepEqual(targets("Datasets", `## Datasets\n\nWe release the [pretraining datasets](${list}).`), [list]);
});

test("a file of the folder is named by its path", () => {
  assert.deepEqual(targets("Model card", "See the [model card](./docs/card.md#top)."), ["docs/card.md"]);
  assert.deepEqual(targets("Model card", "See the [model card](docs/missing.md)."), []);
});
