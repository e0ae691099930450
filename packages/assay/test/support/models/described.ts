import { readFileSync } from "node:fs";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Buffer } from "node:buffer";
import { gguf as ggufFile } from "../scan/gguf.ts";

/** Ten folders after the shape of well-known public models, made on the spot. */

export const APACHE = readFileSync(new URL("../../../../../LICENSE", import.meta.url), "utf8");

export const MIT = `MIT License

Copyright (c) 2024 Acme AI

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
`;

export const LLAMA = `LLAMA 3.1 COMMUNITY LICENSE AGREEMENT
Llama 3.1 Version Release Date: July 23, 2024

"Agreement" means the terms and conditions for use, reproduction, distribution and modification of the Llama Materials set forth herein.
2. Additional Commercial Terms. If the monthly active users are greater than 700 million, you must request a license.
`;

type Files = Readonly<Record<string, string | Uint8Array>>;

/** Writes files below a new folder, and gives back the folder. */
export function makeFolder(root: string, name: string, files: Files): string {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** A whole safetensors file with one tensor of this many numbers. */
export function safetensors(count = 16, metadata?: Readonly<Record<string, string>>): Uint8Array {
  const tensor = { "layer.weight": { dtype: "BF16", shape: [count], data_offsets: [0, 2 * count] } };
  const header = Buffer.from(JSON.stringify(metadata === undefined ? tensor : { __metadata__: metadata, ...tensor }));
  return Buffer.concat([uint64(BigInt(header.length)), header, Buffer.alloc(2 * count)]);
}

/** What torch.save writes, seen from outside: the first entry's header, some bytes, and the record that ends the archive. */
export function torchArchive(size = 512): Uint8Array {
  const head = Buffer.concat([Buffer.from("PK\u0003\u0004"), Buffer.alloc(26), Buffer.from("archive/data.pkl")]);
  const end = Buffer.concat([Buffer.from("PK\u0005\u0006"), Buffer.alloc(18)]);
  return Buffer.concat([head, Buffer.alloc(size - head.length - end.length), end]);
}

/** A GGUF file of two tensors with these texts and numbers as metadata; counts of the header may be others. */
export function gguf(metadata: Readonly<Record<string, string | number>>, tensorCount = 2n, keyCount?: bigint): Uint8Array {
  const tensors = ["token_embd.weight", "output.weight"].map((name) => ({ name, shape: [8, 2] }));
  return ggufFile({ metadata: Object.entries(metadata), tensors, tensorCount, ...(keyCount !== undefined && { keyCount }) });
}

function uint64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
}

const WORDS =
  "This model was trained to answer questions in several languages, and this card tells what it is good for, where it fails, how it was measured and who made it, with the limits that a user should know of before it is used. ";

export function card(frontMatter: string, body = ""): string {
  return `---\n${frontMatter}\n---\n# Granite\n\n${WORDS}\n\n${body}`;
}

const CONFIG = JSON.stringify({ architectures: ["LlamaForCausalLM"], model_type: "llama", transformers_version: "4.44.0" });
const MODELING =
  'import torch.nn as nn\n\nclass GraniteModel(nn.Module):\n    """The architecture."""\n    def forward(self, x):\n        return x\n';
const TRAIN = "import torch\n\nfor batch in data:\n    loss = model(batch)\n    loss.backward()\n    optimizer.step()\n";
const GENERATE = 'from transformers import AutoModel\nmodel = AutoModel.from_pretrained(".")\nprint(model.generate("hello"))\n';
const EVALUATE = "import lm_eval\nresults = lm_eval.simple_evaluate(model)\nprint(results['accuracy'])\n";
const PREPARE = "import pandas as pd\nframe = pd.read_csv('raw.csv')\nframe.to_parquet('data/train.parquet')\n";
export const PDF = "%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n";
const RESULTS_TABLE = "## Evaluation\n\n| Benchmark | Score |\n|---|---|\n| MMLU | 71.3 |\n";

export const MODEL_FOLDERS: Readonly<Record<string, Files>> = {
  "weights-and-community-license": {
    "README.md": card(
      "license: llama3.1\nbase_model: meta-llama/Llama-3.1-8B\nlibrary_name: transformers",
      `${RESULTS_TABLE}\nThe paper: https://arxiv.org/abs/2407.21783\n`,
    ),
    LICENSE: LLAMA,
    "USE_POLICY.md": "# Acceptable use\nYou agree you will not use it for ...\n",
    "config.json": CONFIG,
    "tokenizer.json": "{}",
    "model-00001-of-00002.safetensors": safetensors(64),
    "model-00002-of-00002.safetensors": safetensors(64),
  },
  "weights-code-and-paper": {
    "README.md": card(
      "license: apache-2.0\nlibrary_name: transformers\ndatasets:\n- acme/corpus",
      `${RESULTS_TABLE}\nTraining code: [the training code](https://github.com/acme/granite-training)\n`,
    ),
    LICENSE: APACHE,
    "config.json": CONFIG,
    "modeling_granite.py": MODELING,
    "generate.py": GENERATE,
    "paper.pdf": PDF,
    "model.safetensors": safetensors(1024),
  },
  "everything-open": {
    "README.md": card("license: apache-2.0\ndatasets:\n- acme/corpus", RESULTS_TABLE),
    LICENSE: APACHE,
    "DATA_CARD.md": `# Data card\n${WORDS}`,
    "modeling_granite.py": MODELING,
    "train.py": TRAIN,
    "generate.py": GENERATE,
    "eval/run_eval.py": EVALUATE,
    "eval/data/test.jsonl": '{"question": "2+2", "answer": "4"}\n',
    "prepare_data.py": PREPARE,
    "requirements.txt": "torch\ntransformers\n",
    "data/train.parquet": "PAR1........PAR1",
    "checkpoint-1000/model.safetensors": safetensors(1024),
    "model.safetensors": safetensors(1024),
    "trainer_state.json": '{"global_step": 2000}',
    "paper.pdf": PDF,
    "technical-report.pdf": PDF,
    "samples/hello.txt": "Hello, world, said the model.\n",
  },
  "adapters-on-a-base-model": {
    "README.md": card("license: apache-2.0\nbase_model: mistralai/Mistral-7B-v0.1\nlibrary_name: peft", ""),
    "adapter_config.json": JSON.stringify({ base_model_name_or_path: "mistralai/Mistral-7B-v0.1", peft_type: "LORA" }),
    "adapter_model.safetensors": safetensors(32),
  },
  "quantized-gguf-only": {
    "granite-7b.Q4_K_M.gguf": gguf({
      "general.architecture": "granite",
      "general.name": "Granite 7B",
      "general.license": "apache-2.0",
      "general.file_type": 15,
    }),
  },
  "data-set-card": {
    "README.md": card(
      "license: cc-by-4.0\ntask_categories:\n- question-answering\npretty_name: Questions\nsize_categories:\n- 1K<n<10K",
      "",
    ),
    "data/train-00000-of-00001.parquet": "PAR1........PAR1",
    "data/test-00000-of-00001.parquet": "PAR1........PAR1",
  },
  "card-against-license-file": {
    "README.md": card("license: apache-2.0", ""),
    LICENSE: LLAMA,
    "model.safetensors": safetensors(64),
    "config.json": CONFIG,
  },
  "no-card": {
    "pytorch_model.bin": torchArchive(),
    "config.json": CONFIG,
    "vocab.txt": "a\nb\n",
  },
  "broken-card": {
    "README.md": card('license: apache-2.0\ntags: [a, b\nmodel-index:\n  - name: "x', RESULTS_TABLE),
    LICENSE: APACHE,
    "model.safetensors": safetensors(64),
  },
  "mof-claims-more": {
    "mof.yml": `framework:
  name: Model Openness Framework
  version: '1.0'
  date: '2024-12-15'
release:
  name: Granite # the short name
  version: 7B
  date: '2024-10-01'
  license:
    distribution:
      name: Apache-2.0
      path: LICENSE
  type: language
  architecture: transformer decoder
  producer: Acme
  house_rule: keep me
  components:
    # the weights
    - name: Model parameters (Final)
      component_path: model.safetensors
      license: Apache-2.0
    - name: Training code
      component_path: training/
    - name: Datasets
      component_path: https://example.com/data
      license: CC-BY-4.0
    - name: Evaluation code
    - name: Research paper
      component_path: https://arxiv.org/abs/2410.00001
      license: CC-BY-4.0
`,
    LICENSE: APACHE,
    "README.md": card("license: mit", RESULTS_TABLE),
    "model.safetensors": safetensors(64),
    "generate.py": GENERATE,
  },
};
