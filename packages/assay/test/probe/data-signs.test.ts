import assert from "node:assert/strict";
import { test } from "node:test";
import { component, findingsOf, stateOf } from "../support/openness/gather.ts";
import { card, safetensors, torchArchive } from "../support/models/described.ts";

const LINES = '{"text": "one"}\n{"text": "two"}\n';

/** A file among data that is not data, and why. */
const NOT_DATA: readonly (readonly [name: string, text: string, why: string])[] = [
  ["data/example.jsonl", LINES, "an example by its name"],
  ["finetune/toy_dataset/data/train.jsonl", LINES, "an example by its name"],
  ["data/imagenet_labels.txt", "cat\ndog\n", "names of classes"],
  ["lib/data/ids/artist_ids.txt", "abba;1\nbach;2\n", "names of classes"],
  ["data/train_list.txt", "a.wav\nb.wav\n", "a text about files"],
  ["data/generation_config.json", "{}", "settings"],
  ["settings/dataset_configs/pile.json", "{}", "settings"],
  ["data/prompts.txt", "a photo of a cat\n", "prompts"],
  ["lib_data/tokenizers/bpe.json", "{}", "a tokenizer"],
  ["data/training_curve.csv", "a,b\n1,2\n", "the figures of a plot or run"],
  ["runs/data/maps.tsv", "score\tstate\tstep\tseed\n1\t2\t3\t4\n", "the figures of a run, by its columns"],
  ["finetune/data/train.jsonl", LINES, "for users who fine-tune"],
];

for (const [name, text, why] of NOT_DATA) {
  test(`${name} is not a data set: ${why}`, async () => {
    const datasets = component(await findingsOf({ [name]: text }), "Datasets");
    assert.deepEqual([datasets.state, datasets.shortfall], ["unknown", `${name}: ${why}`]);
  });
}

test("records for training are a data set, those for evaluation are evaluation data", async () => {
  assert.equal(stateOf(await findingsOf({ "SFT_data/part-0.jsonl": LINES }), "Datasets"), "found");
  for (const name of ["benchmark/multi_turn.jsonl", "Evaluation/Code/data/problems.jsonl", "mmlu_test_dataset/a.jsonl"]) {
    const findings = await findingsOf({ [name]: LINES });
    assert.deepEqual([stateOf(findings, "Evaluation data"), stateOf(findings, "Datasets")], ["found", "unknown"], name);
  }
});

test("the README beside data says what they are for", async () => {
  const data = { "data/talks.json": '{"a": {"text": "b"}}' };
  const evaluation = await findingsOf({ ...data, "data/README.md": "How we prepared the data for evaluation.\n" });
  assert.deepEqual([stateOf(evaluation, "Evaluation data"), stateOf(evaluation, "Datasets")], ["found", "unknown"]);
  const training = await findingsOf({ ...data, "data/README.md": "The data for training and evaluation.\n" });
  assert.equal(stateOf(training, "Datasets"), "found");
});

test("a list of requirements for tests is a list of libraries and no data", async () => {
  const findings = await findingsOf({ "app/test-requirements.txt": "pytest\n" });
  assert.deepEqual([stateOf(findings, "Supporting libraries and tools"), stateOf(findings, "Evaluation data")], ["found", "unknown"]);
});

test("what tests a program is not the model's: weights, configuration and data beside test code", async () => {
  const assets = {
    "test/dummy-model/model.safetensors": safetensors(),
    "test/dummy-model/config.json": '{"architectures":["T5ForConditionalGeneration"]}',
    "test/cases.jsonl": LINES,
    "lib/models/test_data/model.safetensors": safetensors(),
    "tests-data/stream.txt": "data: 1\n",
  };
  const code = { "test/test_model.py": "import lib\n", "lib/models/model_test.py": "import lib\n", "tests/test_api.py": "import lib\n" };
  const findings = await findingsOf({ ...assets, ...code });
  for (const name of ["Model parameters (Final)", "Model architecture", "Datasets", "Evaluation data"] as const) {
    assert.equal(stateOf(findings, name), "unknown", name);
  }
  assert.match(component(findings, "Model parameters (Final)").shortfall ?? "", /for tests of the program/);
});

test("a folder test/ without code is the test part of a data set", async () => {
  assert.equal(stateOf(await findingsOf({ "test/part-0.jsonl": LINES }), "Evaluation data"), "found");
});

test("weights with fewer parameters than the card's smallest model are a toy's", async () => {
  const weights = { "demo/reverse.pth": torchArchive() };
  const sized = card("license: mit", "Acme-7B and Acme 2 World 0.1B, trained on LAION-5B.\n").replace(/# .*/, "# The Acme Language Model");
  const parameters = component(await findingsOf({ ...weights, "README.md": sized }), "Model parameters (Final)");
  assert.equal(parameters.state, "unknown");
  assert.match(parameters.shortfall ?? "", /README\.md speaks of 100M or more/);
});

test("sizes of data sets and of others' models say nothing of the weights", async () => {
  const others = card("license: mit", "Trained on LAION-5B, and better than Other-7B.\n").replace(/# .*/, "# Acme");
  assert.equal(stateOf(await findingsOf({ "model.pth": torchArchive(), "README.md": others }), "Model parameters (Final)"), "found");
});

test("a model card comes before a README, and cards in a folder of model cards count", async () => {
  const text = "plain words about this model and what it is for, ".repeat(8);
  const findings = await findingsOf({
    "README.md": `# Acme\n${text}`,
    "model-card.md": `# Acme card\n${text}`,
    "model_cards/small.md": text,
  });
  assert.deepEqual(component(findings, "Model card").files, ["model-card.md", "model_cards/small.md", "README.md"]);
  assert.equal(stateOf(await findingsOf({ "Acme_v1_Model_Card.md": text }), "Model card"), "found");
});

test("settings of a training are metadata, settings of a fine-tuning or of a library are not", async () => {
  const yaml = '"hidden-size": 2048\n"lr": 0.1\n"train_batch_size": 4\n"warmup": 0.01\n';
  assert.equal(stateOf(await findingsOf({ "models/1B/acme-1b.yml": yaml }), "Model metadata"), "found");
  assert.equal(stateOf(await findingsOf({ "finetune/configs/lora.yml": yaml }), "Model metadata"), "unknown");
  assert.equal(stateOf(await findingsOf({ "inference/configs/671B.json": '{"dim": 7168, "n_layers": 61}' }), "Model metadata"), "unknown");
  assert.equal(stateOf(await findingsOf({ ".github/workflows/train-config.yml": yaml }), "Model metadata"), "unknown");
});

test("data of a benchmark by the README around them are for evaluation", async () => {
  const row = JSON.stringify([{ question: "How old is it?", answer: "Very" }]);
  const readme = (title: string) => ({ "README.md": "# Acme", "research/rocks/README.md": title, "research/rocks/data/1_age.json": row });
  const benchmark = await findingsOf(readme("<h1>Rocks: a Benchmark of Age</h1>"));
  assert.deepEqual([stateOf(benchmark, "Evaluation data"), stateOf(benchmark, "Datasets")], ["found", "unknown"]);
  const other = await findingsOf(readme("# Rocks\n\nIt does well on a benchmark."));
  assert.deepEqual([stateOf(other, "Evaluation data"), stateOf(other, "Datasets")], ["unknown", "found"]);
});

test("settings of a program, and lists of where data are, are not data", async () => {
  for (const [name, text] of [
    ["data/stages/one.json", '{"zero_optimization": {"stage": 1}}'],
    ["data/mixture.json", '{"rocks": {"root": "data/rocks/", "annotation": "data/rocks/train.jsonl", "length": 4}}'],
    ["meta_data/data/real.json", "[[], [970, 795]]"],
  ] as const) {
    assert.notEqual(stateOf(await findingsOf({ [name]: text }), "Datasets"), "found", name);
  }
  const paths = "/data/rocks/1/a.jpg /data/rocks/1/a_depth.png\n/data/rocks/2/b.jpg /data/rocks/2/b_depth.png\n";
  assert.notEqual(stateOf(await findingsOf({ "dataset/splits/train.txt": paths }), "Datasets"), "found");
  const described = "/data/rocks/1/a.jpg a red rock\n/data/rocks/2/b.jpg a grey one\n";
  assert.equal(stateOf(await findingsOf({ "dataset/splits/train.txt": described }), "Datasets"), "found");
  const rows = '[{"image": "a.png", "root": "igneous"}]';
  assert.equal(stateOf(await findingsOf({ "data/rocks.json": rows }), "Datasets"), "found");
});

test("a script that gets weights says where they are, under the model's name and in a line that it runs", async () => {
  const readme = { "README.md": "# Granite\n" };
  const claimed = async (name: string, script: string): Promise<string | undefined> =>
    stateOf(await findingsOf({ ...readme, [name]: script }), "Model parameters (Final)");
  const line = "wget https://files.example/granite/granite_base.pt -P checkpoints\n";
  assert.equal(await claimed("get_pretrained_models.sh", line), "claimed");
  assert.equal(await claimed("get_pretrained_models.sh", `# ${line}`), "unknown");
  assert.equal(await claimed("get_pretrained_models.sh", line.replaceAll("granite", "clip")), "unknown");
  assert.equal(await claimed("get_pretrained_models.sh", line.replace(".pt", ".txt")), "unknown");
  assert.equal(await claimed("build.sh", line), "unknown");
});

test("a document that the README links to says where the parameters are", async () => {
  const docs = {
    "docs/rocks.md":
      "- `acme/g7`: 300M model: [Hub](https://huggingface.co/acme/g7)\n\nWe provide the [data](https://huggingface.co/datasets/acme/g).",
  };
  const linked = await findingsOf({ ...docs, "README.md": "See [rocks](./docs/rocks.md)." });
  assert.deepEqual([stateOf(linked, "Model parameters (Final)"), stateOf(linked, "Datasets")], ["claimed", "unknown"]);
  assert.equal(stateOf(await findingsOf({ ...docs, "README.md": "See rocks." }), "Model parameters (Final)"), "unknown");
});

test("a citation of a program on Zenodo is not one of a paper", async () => {
  const zenodo = "doi: 10.5281/zenodo.123\n";
  assert.equal(stateOf(await findingsOf({ "CITATION.cff": zenodo }), "Research paper"), "unknown");
  assert.equal(
    stateOf(await findingsOf({ "CITATION.cff": `${zenodo}url: https://arxiv.org/abs/2401.00001\n` }), "Research paper"),
    "claimed",
  );
});

test("a script that asks for outputs is not among them", async () => {
  const findings = await findingsOf({ "generation/run.slurm": "srun python generate.py", "generation/one.txt": "Rocks are old." });
  assert.deepEqual(component(findings, "Sample model outputs").files, ["generation/one.txt"]);
});

test("pictures in a folder that is called after what a model made are samples", async () => {
  const findings = await findingsOf({ "assets/stable-samples/txt2img/1.png": "\u0089PNG", "assets/logo.png": "\u0089PNG" });
  assert.deepEqual(component(findings, "Sample model outputs").files, ["assets/stable-samples/txt2img/1.png"]);
});
