// Measures `assay openness` on folders of code and of results, beside `assay digest` of the same folder, which walks and
// hashes it: what the search of the texts costs above that. The folders are made in a temporary folder and deleted.
//
// Usage: node bench/openness-code.ts [--code N] [--results N] [--runs N]   default: 500 files of code, 2000 of results, 5 runs
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measure, median, meterInUse, type Measurement } from "./measure.ts";
import { ASSAY_COMMAND } from "./tools.ts";

const { values } = parseArgs({
  options: {
    code: { type: "string", default: "500" },
    results: { type: "string", default: "2000" },
    runs: { type: "string", default: "5" },
  },
});

/** Lines as programs have them; some words are those of terms, as in real code. */
const LINES = [
  "    def forward(self, hidden_states, attention_mask=None, use_cache=False):",
  '        """Computes the loss; you can use any model that was trained on this data."""',
  "        output = self.dropout(self.dense(hidden_states)) * self.scale",
  "        # The copy is required, since the caller may modify what it gave us.",
  '        parser.add_argument("--train-file", type=str, required=True, help="where the training data are")',
  "        return self.norm(output + residual), attention_mask",
];
const FILE_LINES = 250;
const TASKS = 300;

const folder = mkdtempSync(join(tmpdir(), "assay-openness-"));
try {
  process.stdout.write(`${process.version}, ${meterInUse}, least of ${values.runs} runs\n\n`);
  process.stdout.write("| folder | command | wall s | CPU s | memory MB | CPU of `digest` |\n| --- | --- | --- | --- | --- | --- |\n");
  const code = Number(values.code);
  const results = Number(values.results);
  compare(`${code} files of code`, makeCode(join(folder, "code"), code));
  compare(`${results} files of results`, makeResults(join(folder, "results"), results));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function compare(name: string, path: string): void {
  const [digest, openness] = [least(["digest", path]), least(["openness", path, "--json"])];
  for (const [command, one] of [
    ["digest", digest],
    ["openness", openness],
  ] as const) {
    const ratio = (one.cpuSeconds ?? one.wallSeconds) / (digest.cpuSeconds ?? digest.wallSeconds);
    const cells = [one.wallSeconds.toFixed(3), one.cpuSeconds?.toFixed(3) ?? "", ((one.peakBytes ?? 0) / 1e6).toFixed(0), ratio.toFixed(2)];
    process.stdout.write(`| ${name} | ${command} | ${cells.join(" | ")} |\n`);
  }
}

/** The least of several runs: others on the machine only add to it. The median of the memory. */
function least(words: readonly string[]): Measurement {
  const runs = Array.from({ length: Number(values.runs) }, () => measure({ file: process.execPath, arguments: [ASSAY_COMMAND, ...words] }));
  const known = runs.flatMap(({ cpuSeconds }) => cpuSeconds ?? []);
  return {
    wallSeconds: Math.min(...runs.map(({ wallSeconds }) => wallSeconds)),
    cpuSeconds: known.length === 0 ? undefined : Math.min(...known),
    peakBytes: median(runs.flatMap(({ peakBytes }) => peakBytes ?? [])),
  };
}

function makeCode(path: string, count: number): string {
  makeModel(path);
  for (let at = 0; at < count; at += 1) {
    const lines = Array.from({ length: FILE_LINES }, (_, line) => LINES[(line * 7 + at) % LINES.length]);
    write(path, `src/part_${at % 20}/layer_${at}.py`, `import torch\n\nclass Layer${at}(torch.nn.Module):\n${lines.join("\n")}\n`);
  }
  return path;
}

function makeResults(path: string, count: number): string {
  makeModel(path);
  for (let at = 0; at < count; at += 1) {
    const tasks = Array.from(
      { length: TASKS },
      (_, task) => [`task_${task}`, { acc: (at * task) % 97, acc_stderr: 0.01, version: 1 }] as const,
    );
    write(path, `evals/step${at}/results.json`, `${JSON.stringify({ results: Object.fromEntries(tasks) }, undefined, 1)}\n`);
  }
  return path;
}

function makeModel(path: string): void {
  write(
    path,
    "README.md",
    `# A model\n\nThe weights are licensed under the terms of the Acme license.\n\n${"It answers questions. ".repeat(400)}\n`,
  );
  write(path, "LICENSE", "You may use the model for research only. You must not sell it.\n");
}

function write(path: string, name: string, text: string): void {
  const file = join(path, name);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
}
