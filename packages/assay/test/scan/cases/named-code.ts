import type { LoadOutcome } from "../../../src/risk/load-outcome.ts";
import type { ReasonId } from "../../../src/risk/reasons.ts";
import type { ScanCase } from "../../support/scan/case.ts";
import { global, pickle, text, tuple } from "../../support/scan/pickle.ts";
import { safetensors } from "../../support/scan/safetensors.ts";

const MODEL = { "model.safetensors": safetensors({ weight: { shape: [2] } }), "config.json": "{}" };
const ENCODED = Buffer.from(pickle(4, global("os", "system"), tuple(text("id")), "R")).toString("base64");

type Row = readonly [name: string, files: Readonly<Record<string, string>>, expect: LoadOutcome, ...reasons: ReasonId[]];

const json = (value: unknown): string => JSON.stringify(value);

/** Configuration by which libraries beside the common ones import a class, decode a pickle or evaluate a text. */
const ROWS: readonly Row[] = [
  ["configuration of AllenNLP with a class", { "a.json": json({ model: { type: "evil.module.Model" } }) }, "code", "config/imported-name"],
  ["a pipeline of Haystack with a class", { "p.yaml": "components:\n  a:\n    type: evil.m.Component\n" }, "code", "config/imported-name"],
  ["a catalog of Kedro with a class", { "catalog.yml": "x:\n  type: evil.PickleDataset\n" }, "code", "config/imported-name"],
  ["settings of MLServer with a class", { "model-settings.json": json({ implementation: "evil.Model" }) }, "code", "config/imported-name"],
  ["a graph of Rasa with a class", { "metadata.json": json({ nodes: { a: { uses: "evil.Component" } } }) }, "code", "config/imported-name"],
  ["plans of nnU-Net with a class", { "plans.json": json({ network_class_name: "evil.Net" }) }, "code", "config/imported-name"],
  ["a chain of DeepPavlov with a class", { "d.json": json({ pipe: [{ class_name: "evil.module:C" }] }) }, "code", "config/imported-name"],
  ["a chain of DeepPavlov with a module", { "d.json": json({ metadata: { imports: ["evil"] } }) }, "code", "config/imported-name"],
  ["settings of vLLM with a class", { "v.yaml": "worker-cls: evil.Worker\n" }, "code", "config/imported-name"],
  ["settings of Ray with an entry", { "r.yaml": "import_path: evil:app\n" }, "code", "config/imported-name"],
  ["plugins of ModelScope", { "configuration.json": json({ plugins: ["evil"] }) }, "code", "config/imported-name"],
  ["an old pickle of Stable-Baselines3", { "data.json": json({ ":serialized:": "Y29zCnN5c3RlbQop" }) }, "code", "config/encoded-pickle"],
  ["YAML with one module to import", { "d.yaml": "include_package: evil\n" }, "code", "config/imported-name"],
  ["a part of GluonTS with a function", { "p.json": json({ __kind__: "instance", class: "system" }) }, "code", "config/imported-name"],
  ["a predictor of GluonTS with a class", { "type.txt": "evil.module.Predictor\n" }, "code", "config/imported-name"],
  [
    "a chain of LangChain with an object",
    { "c.json": json({ lc: 1, type: "constructor", id: ["a", "B"] }) },
    "code",
    "config/imported-name",
  ],
  ["configuration with types that are words", { "a.json": json({ type: "bert", uses: "cpu", class: "a b.c", kind: "lc" }) }, "data-only"],
  ["a package with imports of its own", { "package.json": json({ imports: { "#a": "./a.js", "#b": ["./b.js"] } }) }, "data-only"],
  ["configuration with types that are files", { "a.json": json({ type: "model.onnx", target: "labels.csv" }) }, "data-only"],
  ["YAML with types that are words", { "a.yaml": "type: bert\nimplementation: fast\nclass: person\n" }, "data-only"],

  [
    "a pickle in JSON as Stable-Baselines3 keeps it",
    { "data.json": json({ p: { ":serialized:": ENCODED } }) },
    "code",
    "config/encoded-pickle",
  ],
  ["a pickle in base 64 in JSON", { "data.json": json({ state: ENCODED }) }, "code", "config/encoded-pickle"],
  ["a pickle in base 64 in YAML", { "data.yaml": `state: ${ENCODED}\n` }, "code", "config/encoded-pickle"],
  [
    "an image in base 64",
    { "data.json": json({ icon: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ", word: "gAzette gAmes" }) },
    "data-only",
  ],
  [
    "a token that is code",
    { "tekken.json": json({ vocab: [{ token_str: "__import__" }] }), "vocabulary.json": json(["__import__"]) },
    "data-only",
  ],

  ["an expression of torch.export", { "model.json": json({ s0: { as_expr: { expr_str: "exit()" } } }) }, "unknown", "config/expression"],
  ["an import in a bundle of MONAI", { "b.json": json({ a: "$import os" }) }, "unknown", "config/expression"],
  ["an expression in a bundle of MONAI", { "b.json": json({ a: "$os.system('id')" }) }, "unknown", "config/expression"],
  ["configuration with prices and variables", { "b.json": json({ a: "$5 (USD)", b: "${x}", c: "$HOME/models" }) }, "data-only"],
  ["a layer of YOLO that is a call", { "y.yaml": "backbone:\n  - [-1, 1, \"os.system('id')\", [64]]\n" }, "unknown", "config/expression"],
  [
    "an activation of YOLO that is a call",
    { "y.yaml": "activation: torch.hub.load('a/b', 'c')\nbackbone: []\n" },
    "unknown",
    "config/expression",
  ],
  [
    "a layer of YOLO under a key with escapes",
    { "y.yaml": '"back\\x62one":\n  - [-1, 1, "exit()", [64]]\n' },
    "unknown",
    "config/expression",
  ],
  ["YAML of YOLO", { "y.yaml": "activation: nn.LeakyReLU(0.1)\nbackbone:\n  - [-1, 1, Conv, [64, 3, None, 'nearest']]\n" }, "data-only"],

  ["trust in YAML with dashes", { "vllm.yaml": "trust-remote-code: true\n" }, "code", "config/trust-remote-code"],
  ["trust in JSON in another case", { "a.json": json({ trustRemoteCode: true }) }, "code", "config/trust-remote-code"],
  ["trust in TOML", { "a.toml": "trust_remote_code = true\n" }, "code", "config/trust-remote-code"],
  [
    "trust in settings of spaCy",
    { "config.cfg": 'transformer_config = {"trust_remote_code": true}\n' },
    "code",
    "config/trust-remote-code",
  ],
  ["trust in settings of a server", { "serving.properties": "option.trust_remote_code=true\n" }, "code", "config/trust-remote-code"],
  ["settings that trust no code", { "config.cfg": "trust_remote_code = false\n", "a.toml": "a = 1\n" }, "data-only"],
];

/** An expression that tries these again takes hours. */
const HOSTILE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "with very many escapes": { "c.yaml": `a: "${"\\x41".repeat(500_000)}"\n` },
  "with very many escapes and no end": { "c.yaml": `a: "${"\\x41".repeat(500_000)}` },
  "with very many empty lines": { "c.yaml": "\n".repeat(2_000_000) },
  "with a text of blanks": { "c.json": json({ a: `gAJ${" ".repeat(500_000)}!` }) },
};

const CODE_CASES: readonly ScanCase[] = ROWS.map(([name, files, expect, ...reasons]) => ({
  name: `${name} is ${expect}`,
  kind: expect === "data-only" ? "benign" : "dangerous",
  files: { ...MODEL, ...files },
  expect,
  reasons,
}));

/** What other configuration names. */
export const NAMED_CODE_CASES: readonly ScanCase[] = [
  ...CODE_CASES,
  ...Object.entries(HOSTILE).map(([name, files]): ScanCase => ({
    name: `configuration ${name} has an answer`,
    kind: "hostile",
    files: { ...MODEL, ...files },
    expect: name.endsWith("no end") ? "invalid" : "data-only",
  })),
];
