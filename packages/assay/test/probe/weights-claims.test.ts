import assert from "node:assert/strict";
import { test } from "node:test";
import { readCard } from "../../src/probe/card/card.ts";
import type { CardClaim } from "../../src/probe/card/claim.ts";
import { claimsOfCard } from "../../src/probe/card/claims.ts";

const FINAL = "Model parameters (Final)";
const INTERMEDIATE = "Model parameters (Intermediate)";

function claims(text: string, folder = "granite"): CardClaim[] {
  return claimsOfCard(readCard(text, "README.md"), { folder, files: ["README.md", "docs/card.md"] });
}

function targets(text: string, component: string = FINAL): (string | undefined)[] {
  return claims(text)
    .filter((claim) => claim.component === component)
    .map(({ target }) => target);
}

for (const [what, text, address] of [
  ["a page of a hub under the model's name", "Try [it](https://huggingface.co/acme/granite-7b).", "https://huggingface.co/acme/granite-7b"],
  ["another hub", "[ModelScope](https://modelscope.cn/models/acme/granite)", "https://modelscope.cn/models/acme/granite"],
  [
    "a page under another name, beside the word weights",
    "Get the weights [here](https://huggingface.co/acme/g7).",
    "https://huggingface.co/acme/g7",
  ],
  [
    "a cell under a column for checkpoints",
    "| Size | Checkpoint |\n|---|---|\n| 7B | [get](https://huggingface.co/acme/g7) |",
    "https://huggingface.co/acme/g7",
  ],
  [
    "an anchor over several lines",
    '<a href="https://huggingface.co/acme/granite">\n  <img alt="Weights" src="x.svg"/>\n</a>',
    "https://huggingface.co/acme/granite",
  ],
  ["a badge", "[![Hub](https://img.example/x)](https://huggingface.co/acme/granite)", "https://huggingface.co/acme/granite"],
  ["an address that is named below", "See the [checkpoints][1].\n\n[1]: https://huggingface.co/acme/g7", "https://huggingface.co/acme/g7"],
  ["a file of weights", "- base: <https://files.example/v1/base.pth>", "https://files.example/v1/base.pth"],
  [
    "an archive in a store, beside the words",
    "The pre-trained model is at https://storage.googleapis.com/acme/base.zip.",
    "https://storage.googleapis.com/acme/base.zip",
  ],
  [
    "a bucket in a table of checkpoints",
    "## Model checkpoints\n\n| Name | Path |\n|---|---|\n| base | `gs://acme/checkpoints/base` |",
    "gs://acme/checkpoints/base",
  ],
  ["a command that downloads", "```sh\nhf download acme/granite-7b --local-dir x\n```", "https://huggingface.co/acme/granite-7b"],
  [
    "an entry of a list of models",
    "- `acme/g7-small`: 300M model, text only: [🤗 Hub](https://huggingface.co/acme/g7-small)",
    "https://huggingface.co/acme/g7-small",
  ],
  ["a heading in Chinese", "## 模型下载\n\n[地址](https://huggingface.co/acme/g7)", "https://huggingface.co/acme/g7"],
  ["a sentence in Japanese", "重みは[こちら](https://huggingface.co/acme/g7)で公開しています。", "https://huggingface.co/acme/g7"],
] as const) {
  test(`parameters are claimed by ${what}`, () => assert.deepEqual(targets(text), [address]));
}

for (const [what, text] of [
  ["the model that it is made from", "It was fine-tuned from [Basalt](https://huggingface.co/other/basalt-7b)."],
  ["an encoder that it uses", "The text encoder is [T](https://huggingface.co/other/encoder)."],
  ["a page of a hub that the entry does not name", "- a 300M model for rocks: [Hub](https://huggingface.co/other/basalt)"],
  ["a data set", "The weights of its samples are in [this set](https://huggingface.co/datasets/acme/granite)."],
  ["a demonstration", "[Try the weights](https://huggingface.co/spaces/acme/granite)"],
  ["documentation of a library", "See [models](https://huggingface.co/docs/transformers/model_doc/granite)."],
  ["an archive of data", "Download the dataset: https://storage.googleapis.com/acme/train.zip"],
  ["data beside the word checkpoint", "The dataset that the checkpoint was trained on: https://storage.googleapis.com/acme/train.zip"],
  ["an address to fill in", "```sh\ngsutil cp s3://my-bucket/checkpoints/model.pt .\n```"],
  ["thanks to others", "## Acknowledgments\n\nWeights of [B](https://huggingface.co/other/b) helped us."],
  ["a picture", "![weights](https://files.example/weights.pth)"],
] as const) {
  test(`parameters are not claimed by ${what}`, () => assert.deepEqual(targets(text), []));
}

test("states of a training are intermediate parameters, by words or address", () => {
  assert.deepEqual(targets("We also give 11 intermediate checkpoints: [link](https://huggingface.co/acme/granite-ckpts)", INTERMEDIATE), [
    "https://huggingface.co/acme/granite-ckpts",
  ]);
  const step = "https://huggingface.co/acme/granite/tree/stage1-step1000";
  assert.deepEqual([targets(`[at 1000](${step})`, INTERMEDIATE), targets(`[at 1000](${step})`)], [[step], []]);
  assert.deepEqual(targets("We release all intermediate checkpoints of the training.", INTERMEDIATE), [undefined]);
  assert.deepEqual(targets("We publish all training checkpoints.", INTERMEDIATE), [undefined]);
  assert.deepEqual(targets("## 中间 Checkpoints\n\n[下载](https://huggingface.co/acme/granite-mid)", INTERMEDIATE), [
    "https://huggingface.co/acme/granite-mid",
  ]);
  for (const none of [
    "You can save intermediate checkpoints to `out`, and we provide a flag for it.",
    "Gradient checkpoints save memory: we provide them.",
    "[Weights](https://huggingface.co/acme/granite)",
    "We also provide a memo for more details, including training details and model performance.",
    "# Granite: Effective Training of Diffusion Models\n\n[Weights](https://huggingface.co/acme/granite)",
    "We release results of partial fine-tuning for all models.",
  ]) {
    assert.deepEqual(targets(none, INTERMEDIATE), [], none);
  }
});

test("a claim has the line that it is in, below front matter as well", () => {
  const claim = claims("---\nlicense: mit\n---\n\n# Granite\n\nIts\n[weights](https://huggingface.co/acme/granite).").find(
    ({ component }) => component === FINAL,
  );
  assert.equal(claim?.line, 8);
});

test("what names the model comes before what only speaks of weights", () => {
  const text = "The weights are [there](https://huggingface.co/acme/g7), and [here](https://huggingface.co/acme/granite).";
  assert.deepEqual(targets(text), ["https://huggingface.co/acme/granite", "https://huggingface.co/acme/g7"]);
});

test("a page of any host counts where the sentence says that the weights are to be had there", () => {
  const page = "https://models.acme.example/granite/";
  assert.deepEqual(targets(`Download the checkpoint from [here](${page}).`), [page]);
  assert.deepEqual(targets(`To get the weights, fill in [this form](${page}).`), [page]);
  assert.deepEqual(targets(`Read about the weights [on our page](${page}).`), []);
  assert.deepEqual(targets("Download the checkpoint as told [here](https://acme.readthedocs.io/en/x)."), []);
});
