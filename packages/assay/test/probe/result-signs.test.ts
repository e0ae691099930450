import assert from "node:assert/strict";
import { test } from "node:test";
import { resultsInFile } from "../../src/probe/results/result-file.ts";
import { findResultTable } from "../../src/probe/results/result-table.ts";
import { component, findingsOf, stateOf } from "../support/openness/gather.ts";

const TABLE = "| Model | MMLU | GSM8K |\n| --- | ---: | ---: |\n| Acme-7B | 63.1 | 41.0 |\n";

/** A document and whether it reports how good a model is. */
const TABLES: readonly (readonly [what: string, text: string, names: string | undefined])[] = [
  ["a column that names a benchmark", TABLE, "MMLU"],
  ["a table without outer bars", "Model | SQuAD 1.1 F1\n--- | ---\nAcme | 91.0/84.3\n", "SQuAD 1.1 F1"],
  ["a Chinese heading over results", "## 评测结果\n\n| 模型 | 平均 |\n| - | - |\n| Acme | 47.86 |\n", "评测结果"],
  ["a Japanese heading over results", "## 評価\n\n| モデル | 平均 |\n| - | - |\n| Acme | 47.86 |\n", "評価"],
  ["a heading that names a benchmark", "### C-Eval\n\n| Model | Average |\n| - | - |\n| Acme | 51.7 |\n", "C-Eval"],
  ["one row under Results", "## Results\n\n| Model | Spatial | Goal |\n| - | - | - |\n| Acme | 98.8 | 98.0 |\n", "Results"],
  ["a table in HTML", "<table><tr><th>Model</th><th>Accuracy</th></tr>\n<tr><td>Acme</td><td><b>71.5</b></td></tr></table>\n", "Accuracy"],
  [
    "HTML under Comparisons",
    "## Comparisons\n\n<table><tr><th>Model</th><th>Clarity (%)</th></tr>\n<tr><td>Acme</td><td>71.5</td></tr></table>\n",
    "Comparisons",
  ],
  ["a metric in capitals that is an everyday word too", "| Model | IS (mean) |\n| - | - |\n| Acme | 171.5 |\n", "IS (mean)"],
  ["an everyday word that is a metric in capitals", "| `My name` | `name is` |\n| - | - |\n| 2 | 1 |\n", undefined],
  ["shapes of models", "## Results\n\n| Model | Layers | Hidden size |\n| - | - | - |\n| Acme | 32 | 4096.0 |\n", undefined],
  ["shapes without a heading", "|   | H=128 | H=256 |\n|---|---|---|\n| L=2 | 2/128 | 2/256 |\n", undefined],
  ["speed", "## Benchmark\n\n| Model | Tokens/s |\n| - | - |\n| Acme | 31.49 |\n", undefined],
  ["speed by its heading", "## 推理性能\n\n| Model | 字符 |\n| - | - |\n| Acme | 31.49 |\n", undefined],
  ["a score under a heading on speed", "## Inference speed\n\n| Model | Score |\n| - | - |\n| Acme | 31.49 |\n", undefined],
  ["a benchmark of speed", "## Benchmark offline\n\n| Mode | Gain | RTF |\n| - | - | - |\n| batch | 1.5 | 0.04 |\n", undefined],
  ["seconds in cells", "## Reference results\n\n| Input | Stock | Ours |\n| - | - | - |\n| 60 min | 11.87 s | 4.83 s |\n", undefined],
  ["memory", "## Evaluation\n\n| Model | GPU memory |\n| - | - |\n| Acme | 16.5 |\n", undefined],
  ["a table in a code block", `\`\`\`\n${TABLE}\`\`\`\n`, undefined],
  ["figures under another heading", "## Downloads\n\n| Month | Count |\n| - | - |\n| May | 1.5 |\n", undefined],
];

for (const [what, text, names] of TABLES) {
  test(`${what} ${names === undefined ? "is not a result" : "is a result"}`, () => {
    assert.equal(findResultTable(text)?.names, names);
  });
}

test("a file of figures is one of results where it names a metric or benchmark", () => {
  assert.equal(resultsInFile("evals/acme.json", '{"results": {"arc_challenge": {"acc_norm": 0.41}}}'), "acc_norm");
  assert.equal(resultsInFile("results/acme.csv", "dataset,model,MASE,WQL\nETTh,acme,0.76,0.08\n"), "MASE");
  assert.equal(resultsInFile("results/acme.csv", "dataset,model,MASE,WQL\n"), undefined, "without a figure");
  assert.equal(resultsInFile("result.json", '{"tokens_per_second": 31.5}'), undefined);
  assert.equal(resultsInFile("results.md", "# Speed\n\n| Model | Tokens/s |\n| - | - |\n| Acme | 31.5 |\n"), undefined);
});

test("results are found in documents of any folder, and named with heading and line", async () => {
  const findings = await findingsOf({ "examples/arm/README.md": `# Arm\n\n## Results\n\n${TABLE}` });
  assert.deepEqual(
    component(findings, "Evaluation results").signs.map(({ file, why }) => `${file}: ${why}`),
    ['examples/arm/README.md: a table of figures under "Results", of MMLU'],
  );
  assert.equal(findings.findings.find(({ probe }) => probe === "results")?.location, "line 5");
});

test("results of others' projects and in histories do not count", async () => {
  const findings = await findingsOf({ "third_party/other/README.md": TABLE, "CHANGELOG.md": TABLE, "tests/README.md": TABLE });
  assert.equal(stateOf(findings, "Evaluation results"), "unknown");
});

test("all files of results are read: the last of a thousand counts", async () => {
  const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`evals/${index}.json`, "{}"]));
  const findings = await findingsOf({ ...many, "evals/z/last.json": '{"acc": 0.5}' });
  assert.deepEqual(component(findings, "Evaluation results").files, ["evals/z/last.json"]);
});

test("the table of a data set's card is not a result of a model", async () => {
  const text = `---\nlicense: mit\ntask_categories: [text-generation]\n---\n# Acme data\n\n## Results\n\n${TABLE}`;
  assert.equal(stateOf(await findingsOf({ "README.md": text }), "Evaluation results"), "unknown");
});
