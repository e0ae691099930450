import { encodeSafetensors, tensorBytes, type Tensor } from "./safetensors.ts";
import { BEGIN, END, makeTokenizer } from "./tokenizer.ts";
import { makeWeights, SHAPE } from "./weights.ts";

export const SHARDS = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"] as const;

/** Every file of a small model that the usual libraries load, by name. */
export function makeModelFiles(): ReadonlyMap<string, Uint8Array | string> {
  const tensors = makeWeights();
  const half = tensors.reduce((sum, tensor) => sum + tensorBytes(tensor), 0) / 2;
  const shards: [Tensor[], Tensor[]] = [[], []];
  let filled = 0;
  for (const tensor of tensors) {
    shards[filled < half ? 0 : 1].push(tensor);
    filled += tensorBytes(tensor);
  }
  const weightMap = Object.fromEntries(SHARDS.flatMap((file, index) => (shards[index] ?? []).map(({ name }) => [name, file] as const)));
  return new Map<string, Uint8Array | string>([
    ["LICENSE", LICENSE],
    ["README.md", CARD],
    ["config.json", json(CONFIG)],
    [SHARDS[0], encodeSafetensors(shards[0])],
    [SHARDS[1], encodeSafetensors(shards[1])],
    ["model.safetensors.index.json", json({ metadata: { total_size: filled }, weight_map: weightMap })],
    ["tokenizer.json", json(makeTokenizer())],
  ]);
}

const CONFIG = {
  architectures: ["LlamaForCausalLM"],
  model_type: "llama",
  vocab_size: SHAPE.vocabulary,
  hidden_size: SHAPE.hidden,
  intermediate_size: SHAPE.intermediate,
  num_hidden_layers: SHAPE.layers,
  num_attention_heads: SHAPE.heads,
  num_key_value_heads: SHAPE.heads,
  max_position_embeddings: 256,
  hidden_act: "silu",
  initializer_range: 0.02,
  rms_norm_eps: 1e-6,
  rope_theta: 10_000,
  tie_word_embeddings: false,
  bos_token_id: BEGIN.id,
  eos_token_id: END.id,
  torch_dtype: "bfloat16",
};

const CARD = `---
license: mit
language: en
library_name: transformers
pipeline_tag: text-generation
---

# Pebble

A Llama with ${SHAPE.layers} layers and random weights: small enough to be made on the spot, real enough to be loaded.
It was never trained, so it says nothing worth reading. Made by \`assay demo\` to show how a model is signed and verified.
`;

const LICENSE = `MIT License

Copyright (c) the Assay contributors

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

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
