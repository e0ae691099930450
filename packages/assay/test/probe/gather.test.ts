import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as fc from "fast-check";
import { AssayError } from "../../src/core/error.ts";
import type { RandomAccess } from "../../src/formats/random-access.ts";
import type { ModelFindings } from "../../src/openness/folder/findings.ts";
import { gatherFindings } from "../../src/probe/gather.ts";
import { readPart } from "../../src/probe/model-files.ts";
import type { ModelFileReader } from "../../src/probe/probe.ts";
import { filesOfModel } from "../../src/probe/model-on-disk.ts";
import { withModel } from "../../src/source/open-model.ts";
import type { ComponentName } from "../../src/openness/components.ts";
import { emptyModel, type DescribedComponent } from "../../src/openness/model.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { LICENSES } from "../support/openness/licenses.ts";
import { APACHE, card, gguf, makeFolder, MODEL_FOLDERS, PDF, safetensors, torchArchive } from "../support/models/described.ts";
import { effort } from "../support/effort.ts";
import { anyText } from "../support/any-text.ts";

const root = temporaryFolder();
let count = 0;

const KNOWLEDGE = {
  isOpen: (id: string): boolean => LICENSES.find(id)?.isOpen === true,
  isClosedName: (name: string): boolean => LICENSES.find(name)?.isOpen === false,
  find: (name: string): { readonly id: string; readonly isOpen: boolean } | undefined => LICENSES.find(name),
};

const noModelFile: ModelFileReader = () => {
  throw new Error("not asked for");
};

async function gather(files: Parameters<typeof makeFolder>[2], readModelFile = noModelFile, allowLinks = false): Promise<ModelFindings> {
  return gatherFolder(makeFolder(root, `model-${(count += 1)}`, files), readModelFile, allowLinks);
}

async function gatherFolder(folder: string, readModelFile = noModelFile, allowLinks = false): Promise<ModelFindings> {
  return withModel(folder, undefined, async (model) => {
    const inventory = await model.inventory({ allowSymlinks: allowLinks, ignoreGitPaths: false });
    return gatherFindings(filesOfModel(model, inventory), readModelFile, KNOWLEDGE);
  });
}

test("a file that cannot be read is named, and is not passed over as one that is not there", async () => {
  const files = (name: string): RandomAccess => ({
    size: 100,
    read: async () => Promise.reject(new AssayError("FILE_UNREADABLE", `the file ${name} cannot be read: permission denied (EACCES)`)),
  });
  const walked = {
    root,
    names: ["README.md", "model.safetensors"],
    links: [],
    others: [],
    isPartial: false,
    open: files,
    targetOf: () => undefined,
  };
  const { warnings } = await gatherFindings(walked, noModelFile, KNOWLEDGE);
  assert.equal(warnings.at(-1)?.code, "EVIDENCE_NOT_ALL_READ");
  assert.equal(
    warnings.at(-1)?.message,
    "the file README.md cannot be read: permission denied (EACCES); 1 more file cannot be read either",
  );
});

function state(findings: ModelFindings, name: ComponentName): string {
  return findings.components.find((component) => component.name === name)?.state ?? "none";
}

function found(findings: ModelFindings): string[] {
  return findings.components.filter((component) => component.state === "found").map(({ name }) => name);
}

function codes(findings: ModelFindings): string[] {
  return findings.warnings.map(({ code }) => code);
}

const SCRIPTS: readonly (readonly [ComponentName, string, string])[] = [
  ["Model architecture", "model.py", "import torch.nn as nn\nclass Net(nn.Module):\n    pass\n"],
  ["Training code", "scripts/pretrain.py", "loss.backward()\n"],
  ["Training code", "train.sh", "torchrun --nproc 8 main.py\n"],
  ["Inference code", "inference.py", "model.generate(x)\n"],
  ["Evaluation code", "eval/run.py", "import lm_eval\n"],
  ["Data preprocessing code", "prepare_data.py", "import pandas as pd\n"],
];

for (const [component, name, text] of SCRIPTS) {
  test(`${name} is ${component} when its text says so, and nothing when it does not`, async () => {
    assert.equal(state(await gather({ [name]: text }), component), "found");
    assert.equal(state(await gather({ [name]: "print('hello')\n" }), component), "unknown");
    assert.equal(state(await gather({ [name]: `# ${text.replaceAll("\n", " ")}\n` }), component), "unknown", "a comment is not code");
    assert.equal(state(await gather({ [name]: "" }), component), "unknown");
  });
}

test("code in a folder of tests or documentation is not the model's", async () => {
  assert.deepEqual(found(await gather({ "tests/train.py": "loss.backward()\n", "docs/train.py": "loss.backward()\n" })), []);
});

test("parameters in a folder of checkpoints are intermediate, others final", async () => {
  const findings = await gather({ "checkpoint-500/model.safetensors": safetensors() });
  assert.deepEqual(found(findings), ["Model parameters (Intermediate)"]);
  assert.deepEqual(found(await gather({ "model.safetensors": safetensors() })), ["Model parameters (Final)"]);
});

test("weights that are damaged or are pointers do not count", async () => {
  const damaged = await gather({ "model.safetensors": safetensors().subarray(0, 60) });
  assert.deepEqual([found(damaged), codes(damaged)], [[], ["EVIDENCE_FILE_DAMAGED"]]);
  const pointer = await gather({ "model.safetensors": "version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 5\n" });
  assert.equal(state(pointer, "Model parameters (Final)"), "claimed");
});

test("adapters are not the parameters: the base model is elsewhere", async () => {
  const findings = await gather(MODEL_FOLDERS["adapters-on-a-base-model"] ?? {});
  const parameters = findings.components.find(({ name }) => name === "Model parameters (Final)");
  assert.equal(parameters?.state, "claimed");
  assert.equal(parameters?.signs[0]?.target, "mistralai/Mistral-7B-v0.1");
  assert.deepEqual(findings.facts.baseModels, ["mistralai/Mistral-7B-v0.1"]);
});

test("a configuration claims an architecture, and is not its code", async () => {
  const findings = await gather({ "config.json": '{"architectures":["LlamaForCausalLM"],"transformers_version":"4"}' });
  assert.equal(state(findings, "Model architecture"), "claimed");
  assert.equal(findings.facts.architecture, "LlamaForCausalLM");
});

test("a card of a data set is a data card and no model card; its test part is evaluation data", async () => {
  const findings = await gather(MODEL_FOLDERS["data-set-card"] ?? {});
  assert.deepEqual(found(findings), ["Datasets", "Evaluation data", "Data card"]);
});

test("a card of few words documents nothing", async () => {
  assert.equal(state(await gather({ "README.md": "---\nlicense: mit\n---\n# Model\nSoon.\n" }), "Model card"), "unknown");
});

test("a card's statements are claims: data sets, papers, code elsewhere, snippets", async () => {
  const findings = await gather({
    "README.md": card(
      "license: mit\ndatasets: [acme/corpus]\nlibrary_name: transformers\ntags: ['arxiv:2401.00001']",
      "[Training code](https://github.com/a/b) and https://github.com/a/c, see the Technical Report https://arxiv.org/abs/2402.00002\n\n" +
        "```python\nAutoModel.from_pretrained('x')\n```\n",
    ),
  });
  const claimed = findings.components.filter((component) => component.state === "claimed").map(({ name }) => name);
  assert.deepEqual(claimed, [
    "Training code",
    "Inference code",
    "Supporting libraries and tools",
    "Datasets",
    "Technical report",
    "Research paper",
  ]);
  const [dataset] = findings.components.find(({ name }) => name === "Datasets")?.signs ?? [];
  assert.equal(dataset?.target, "https://huggingface.co/datasets/acme/corpus");
});

test("a link whose words name no component is a claim of none", async () => {
  const findings = await gather({
    "README.md": card("license: mit", "See https://github.com/a/b and https://huggingface.co/datasets/a/b\n"),
  });
  assert.deepEqual([state(findings, "Training code"), state(findings, "Datasets")], ["unknown", "unknown"]);
});

test("results: a model-index, a table under a heading, a file with figures", async () => {
  const index = "model-index:\n- name: x\n  results:\n  - dataset: {name: MMLU}\n    metrics:\n    - {type: acc, value: 0.7}";
  const byIndex = await gather({ "README.md": card(index) });
  assert.equal(state(byIndex, "Evaluation results"), "found");
  assert.equal(state(byIndex, "Evaluation data"), "claimed");
  assert.equal(
    state(await gather({ "README.md": card("license: mit", "## Results\n\n| a | b |\n|--|--|\n| x | 1.5 |\n") }), "Evaluation results"),
    "found",
  );
  assert.equal(
    state(await gather({ "README.md": card("license: mit", "## Usage\n\n| a | b |\n|--|--|\n| x | 1.5 |\n") }), "Evaluation results"),
    "unknown",
  );
  assert.equal(state(await gather({ "eval_results.json": '{"acc": 0.7}' }), "Evaluation results"), "found");
});

test("a table in HTML counts like one in Markdown", async () => {
  const table = "## Benchmarks\n\n<table>\n <tr>\n  <td>MMLU</td>\n  <td>68.4</td>\n </tr>\n</table>\n";
  assert.equal(state(await gather({ "README.md": card("license: mit", table) }), "Evaluation results"), "found");
});

test("a link to a document on a code host is not code", async () => {
  const text = "How we evaluate: https://github.com/a/b/blob/main/eval_details.md\n";
  assert.equal(state(await gather({ "README.md": card("license: mit", text) }), "Evaluation code"), "unknown");
});

test("what became a pipe or a link after the walk is not read", { skip: process.platform === "win32" }, async () => {
  const folder = makeFolder(root, "swapped", { "a.txt": "text", "pipe.txt": "text", "link.txt": "text" });
  await withModel(folder, undefined, async (model) => {
    const files = filesOfModel(model, await model.inventory());
    for (const name of ["pipe.txt", "link.txt"]) rmSync(join(folder, name));
    execFileSync("mkfifo", [join(folder, "pipe.txt")]);
    symlinkSync(join(folder, "a.txt"), join(folder, "link.txt"));
    assert.equal(await readPart(files, "pipe.txt", 10), undefined);
    assert.equal(await readPart(files, "link.txt", 10), undefined);
    assert.equal((await readPart(files, "a.txt", 3))?.bytes.length, 3);
  });
});

test("documents count by what they begin with", async () => {
  assert.equal(state(await gather({ "paper.pdf": PDF }), "Research paper"), "found");
  assert.equal(state(await gather({ "technical-report.pdf": PDF }), "Technical report"), "found");
  for (const stub of ["%PDF-1.4\n", PDF.replace("startxref", "")]) {
    assert.equal(state(await gather({ "paper.pdf": stub }), "Research paper"), "unknown");
  }
  const fake = await gather({ "paper.pdf": "hello" });
  assert.deepEqual([state(fake, "Research paper"), codes(fake)], ["unknown", ["EVIDENCE_FILE_DAMAGED"]]);
  const report = "What was measured and how. ".repeat(10);
  assert.equal(state(await gather({ "technical_report.md": report }), "Technical report"), "found");
  assert.equal(state(await gather({ "technical_report.md": "To follow." }), "Technical report"), "unknown");
  const cited = await gather({ "CITATION.cff": "cff-version: 1.2.0\ndoi: 10.48550/arXiv.2401.00001\n" });
  assert.equal(
    cited.components.find(({ name }) => name === "Research paper")?.signs[0]?.target,
    "https://doi.org/10.48550/arXiv.2401.00001",
  );
});

test("libraries, samples, training states and data are found by name and content", async () => {
  const findings = await gather({
    "requirements.txt": "torch\n",
    "samples/a.txt": "Hello",
    "trainer_state.json": "{}",
    "data/train.csv": "a,b\n1,2\n",
    "data/empty.csv": "",
  });
  assert.deepEqual(found(findings), ["Supporting libraries and tools", "Datasets", "Model metadata", "Sample model outputs"]);
});

test("a license file's text, its place and what it is for", async () => {
  const { licenseFiles } = await gather({
    LICENSE: APACHE,
    "LICENSE-DATA": "mine",
    "data/LICENSE.txt": APACHE,
    "LICENSES/Apache-2.0.txt": APACHE,
    "model_license.md": APACHE,
  });
  const seen = licenseFiles.map(({ path, folder, scope, text }) => [path, folder, scope, text.kind]);
  assert.deepEqual(seen, [
    ["LICENSE", "", undefined, "exact"],
    ["LICENSE-DATA", "", "data", "unknown"],
    ["model_license.md", "", "parameters", "exact"],
    ["data/LICENSE.txt", "data/", undefined, "exact"],
    ["LICENSES/Apache-2.0.txt", "LICENSES/", undefined, "exact"],
  ]);
});

test("a license file is there, read or not: more of them than are read do not hide one", async () => {
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`LICENSE-${index + 100}`, APACHE]));
  const { licenseFiles } = await gather({ ...many, "LICENSE-z": "mine", "LICENSE-zz": "mine" });
  assert.deepEqual(
    [licenseFiles.length, licenseFiles.at(-1)?.folder, licenseFiles.find(({ unread }) => unread !== undefined)?.text.kind],
    [101, "", "unknown"],
  );
});

test("the card's license, the one in GGUF metadata and license_name are statements", async () => {
  const findings = await gather({
    "README.md": card("license: other\nlicense_name: acme-license\nlicense_link: https://acme.example/license"),
    "m.gguf": gguf({ "general.license": "apache-2.0" }),
  });
  assert.deepEqual(findings.licenseClaims, [
    { file: "README.md", name: "acme-license", link: "https://acme.example/license", field: "license_name" },
    { file: "m.gguf", name: "apache-2.0", link: undefined, about: "parameters" },
  ]);
});

test("a use policy is told", async () => assert.deepEqual(codes(await gather({ "USE_POLICY.md": "No." })), ["EVIDENCE_USE_POLICY"]));

test("broken front matter is told with line and column, and the rest of the card counts", async () => {
  const findings = await gather({ "README.md": card("license: mit\nlicense: apache-2.0") });
  assert.deepEqual([codes(findings), state(findings, "Model card")], [["EVIDENCE_CARD_BROKEN"], "found"]);
  assert.match(findings.warnings[0]?.message ?? "", /README\.md, line 3, column 1/);
  assert.deepEqual(findings.licenseClaims, []);
});

function describing(components: readonly Partial<DescribedComponent>[]): ModelFileReader {
  const blank = { description: undefined, license: undefined, licensePath: undefined, path: undefined };
  return () => ({
    ...emptyModel("x"),
    components: components.map((component) => ({ ...blank, name: "Datasets", ...component })) as DescribedComponent[],
  });
}

test("an existing path in mof.yml is found; a missing path, an address and a bare name are claimed", async () => {
  const files = { "mof.yml": "x", "stuff/rows.dat": "1" };
  const there = await gather(files, describing([{ path: "./stuff/" }]));
  assert.deepEqual([state(there, "Datasets"), codes(there)], ["found", []]);
  for (const path of ["nowhere/", "https://example.com", undefined, "../outside", "/etc"]) {
    const findings = await gather(files, describing([{ path }]));
    assert.equal(state(findings, "Datasets"), "claimed", String(path));
    assert.ok(codes(findings).includes("EVIDENCE_CLAIM_NOT_FOUND"));
  }
});

test("mof.yml: the whole folder, an empty one and files that only speak of the model show no component", async () => {
  const files = { "mof.yml": "x", LICENSE: APACHE, "README.md": card(""), "stuff/.keep": "", "train.py": "" };
  for (const path of [".", "./", "stuff", "mof.yml", "LICENSE", "README.md", "train.py"]) {
    assert.equal(state(await gather(files, describing([{ path }])), "Datasets"), "claimed", path);
  }
  assert.equal(state(await gather(files, describing([{ name: "Technical report", path: "README.md" }])), "Technical report"), "found");
});

test("mof.yml: parameters count by their headers only, whatever is said of a file", async () => {
  const findings = await gather(
    { "mof.yml": "x", "weights.dat": "1" },
    describing([{ name: "Model parameters (Final)", path: "weights.dat" }]),
  );
  assert.equal(state(findings, "Model parameters (Final)"), "claimed");
});

test("mof.yml that cannot be read is told", async () => {
  assert.deepEqual(codes(await gather({ "mof.yml": "x" })), ["EVIDENCE_MOF_BROKEN"]);
});

test("links are not followed, out of the folder or inside, unless the caller allows them", async () => {
  const outside = makeFolder(root, "outside", { "README.md": card("license: mit"), "data/train.csv": "a,b\n" });
  const folder = makeFolder(root, "links", { "a.txt": "" });
  symlinkSync(join(outside, "README.md"), join(folder, "README.md"));
  symlinkSync(join(outside, "data"), join(folder, "data"));
  const findings = await gatherFolder(folder);
  assert.deepEqual([found(findings), codes(findings), findings.fileCount], [[], ["EVIDENCE_LINK_IGNORED"], 1]);
  assert.deepEqual(found(await gatherFolder(folder, noModelFile, true)), ["Datasets", "Model card"]);
});

test("a pipe is named and not opened", { skip: process.platform === "win32" }, async () => {
  const folder = makeFolder(root, "pipe", { "a.txt": "" });
  execFileSync("mkfifo", [join(folder, "README.md")]);
  const findings = await gatherFolder(folder);
  assert.deepEqual([found(findings), codes(findings)], [[], ["EVIDENCE_NOT_ALL_READ"]]);
});

test("a card of 2 GB is read to its first megabyte", async () => {
  const folder = makeFolder(root, "sparse", { "README.md": card("license: mit") });
  truncateSync(join(folder, "README.md"), 2 * 1024 * 1024 * 1024);
  const before = process.memoryUsage.rss();
  const findings = await gatherFolder(folder);
  assert.ok(process.memoryUsage.rss() - before < 200 * 1024 * 1024);
  assert.deepEqual([codes(findings), state(findings, "Model card")], [["EVIDENCE_CARD_LARGE"], "found"]);
});

test("an alias bomb and deep nesting in front matter are broken cards, at once", async () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefghi"
    .split("")
    .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${"abcdefghi"[index]}`).join(",")}]`)
    .join("\n")}`;
  for (const front of [
    bomb,
    `a: ${"[".repeat(5_000)}`,
    `${"- ".repeat(3_000)}x`,
    Array.from({ length: 900 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n"),
  ]) {
    const findings = await gather({ "README.md": card(front) });
    assert.ok(codes(findings).includes("EVIDENCE_CARD_BROKEN"), front.slice(0, 30));
  }
});

test("a huge archive under a weights' name is not opened", async () => {
  const folder = makeFolder(root, "bomb", {});
  const archive = torchArchive();
  writeFileSync(join(folder, "model.bin"), archive);
  truncateSync(join(folder, "model.bin"), 4 * 1024 * 1024 * 1024);
  appendFileSync(join(folder, "model.bin"), archive.subarray(-22));
  assert.deepEqual(found(await gatherFolder(folder)), ["Model parameters (Final)"]);
});

test("property: any bytes under any name of ours give findings, never an error", async () => {
  const names = fc.constantFrom(
    "README.md",
    "LICENSE",
    "config.json",
    "adapter_config.json",
    "CITATION.cff",
    "train.py",
    "data/train.jsonl",
    "paper.pdf",
    "results.json",
    "DATA_CARD.md",
  );
  const text = fc.oneof(
    anyText({ maxLength: 400 }),
    fc.json(),
    fc.string({ maxLength: 300 }).map((yaml) => `---\n${yaml}\n---\n`),
  );
  await fc.assert(
    fc.asyncProperty(names, text, async (name, content) => {
      const findings = await gather({ [name]: content });
      assert.equal(findings.components.length, 17);
    }),
    { numRuns: effort(20, 150) },
  );
});
