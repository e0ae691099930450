import { bytes, littleEndian } from "../../support/scan/bytes.ts";
import { npy, npyHeader } from "../../support/scan/pickle.ts";
import { onnx } from "../../support/scan/onnx.ts";
import { safetensors } from "../../support/scan/safetensors.ts";
import { sample } from "../../support/scan/sample.ts";
import { torch } from "../../support/scan/torch.ts";
import { zip } from "../../support/scan/zip.ts";

// Plain layouts of the field whose writers are many: checkpoints of trainers, exports for one runtime, voices, adapters.

type Files = Readonly<Record<string, string | Uint8Array>>;

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
const WEIGHTS = safetensors({ weight: { shape: [4, 2] } }, { format: "pt" });
const PICKLED = torch();
const GRAPH = onnx();
const PIECES = sample("sentencepiece-bpe.model");
const CARD = { "README.md": "---\nlicense: mit\n---\n# Model\n", ".gitattributes": "*.bin filter=lfs diff=lfs merge=lfs -text\n" };
const CONFIG = { "config.json": json({ architectures: ["BertModel"], model_type: "bert" }) };

function wav(): Uint8Array {
  return bytes("RIFF", littleEndian(36, 4), "WAVEfmt ");
}

/** A sentence part for each, and its files. */
const LAYOUTS: Readonly<Record<string, Files>> = {
  "of Llama as Meta publishes it": {
    "consolidated.00.pth": PICKLED,
    "params.json": json({ dim: 4096, n_layers: 32, vocab_size: -1 }),
    "checklist.chk": "d41d8cd98f00b204e9800998ecf8427e  consolidated.00.pth\n",
    "tokenizer.model": PIECES,
    "USE_POLICY.md": "# Policy\n",
  },
  "of Mistral as Mistral publishes it": {
    "consolidated.safetensors": WEIGHTS,
    "params.json": json({ dim: 4096, moe: { num_experts: 8 } }),
    "tekken.json": json({ config: { version: "v3" }, vocab: [{ rank: 0, token_bytes: "AA==", token_str: "__import__" }] }),
    "tokenizer.model.v3": PIECES,
    "tokenizer.model.v7m1": PIECES,
    "SYSTEM_PROMPT.txt": "You are {name}.\n",
  },
  "for Transformers.js": {
    "onnx/model.onnx": GRAPH,
    "onnx/model_quantized.onnx": GRAPH,
    "quantize_config.json": json({ modes: ["q8"], per_model_config: { model: { op_types: ["MatMul"], weight_type: "QInt8" } } }),
    ...CONFIG,
  },
  "for ONNX Runtime GenAI": {
    "model.onnx": GRAPH,
    "genai_config.json": json({ model: { decoder: { filename: "model.onnx", inputs: { past_key_names: "past.%d.key" } }, type: "phi3" } }),
    ...CONFIG,
  },
  "of a checkpoint of a trainer with plain states": {
    "model.safetensors": WEIGHTS,
    "optimizer.pt": PICKLED,
    "scheduler.pt": PICKLED,
    "trainer_state.json": '{"log_history": [{"loss": Infinity}], "stateful_callbacks": {"TrainerControl": {"args": {}}}}',
    latest: "global_step500",
    ...CONFIG,
  },
  "of pickled weights with variants": {
    "model_index.json": json({ _class_name: "StableDiffusionPipeline", unet: ["diffusers", "UNet2DConditionModel"] }),
    "unet/diffusion_pytorch_model.bin": PICKLED,
    "unet/diffusion_pytorch_model.fp16.bin": PICKLED,
    "unet/diffusion_pytorch_model.fp16.safetensors": WEIGHTS,
    "unet/config.json": json({ _class_name: "UNet2DConditionModel", act_fn: "silu" }),
    "v1-5-pruned.ckpt": PICKLED,
  },
  "of a textual inversion": {
    "learned_embeds.bin": PICKLED,
    "learned_embeds.safetensors": WEIGHTS,
    "token_identifier.txt": "<cat>",
    "type_of_concept.txt": "object",
    "concept_images/0.jpeg": Buffer.from("\xff\xd8\xff\xe0", "latin1"),
  },
  "of AdapterHub": {
    "pytorch_adapter.bin": PICKLED,
    "pytorch_model_head.bin": PICKLED,
    "adapter_config.json": json({ config: { non_linearity: "swish" }, model_class: "RobertaAdapterModel" }),
    "head_config.json": json({ config: { head_type: "classification" } }),
  },
  "of weights quantized by ExLlama": {
    "output.safetensors": WEIGHTS,
    "measurement.json": json({ measurement: { "model.layers.0.self_attn": [{ accuracy: 0.9 }] } }),
    ...CONFIG,
  },
  "of weights with a recipe": {
    "model.safetensors": WEIGHTS,
    "recipe.yaml":
      "default_stage:\n  default_modifiers:\n    GPTQModifier:\n      targets: [Linear]\n      ignore: [lm_head, 're:.*gate$']\n",
    "mergekit_config.yml":
      "models:\n  - model: A/B\nmerge_method: slerp\nparameters:\n  t:\n    - filter: self_attn\n      value: [0, 0.5]\n",
    "hf_quant_config.json": json({ producer: { name: "modelopt" }, quantization: { quant_algo: "FP8" } }),
    ...CONFIG,
  },
  "of voices": {
    "kokoro.pth": PICKLED,
    "voices/af.pt": PICKLED,
    "en_US-amy-low.onnx": GRAPH,
    "en_US-amy-low.onnx.json": json({ audio: { sample_rate: 16_000 }, phoneme_id_map: { _: [0] } }),
    MODEL_CARD: "# Model card for amy\n",
    ALIASES: "amy\n",
    "samples/speaker_0.wav": wav(),
    ...CONFIG,
  },
  "of MLX with arrays": {
    "weights.npz": zip([{ name: "encoder.weight.npy", data: npy(npyHeader("'<f4'", "(3,)")) }]),
    "mean.npy": npy(npyHeader("'<f4'", "(3,)")),
    ...CONFIG,
  },
  "of a LoRA of kohya": {
    "lora.safetensors": safetensors(
      { weight: { shape: [2] } },
      { ss_network_module: "networks.lora", ss_tag_frequency: '{"x": {"a": 1}}', "modelspec.title": "x" },
    ),
    "workflow.json": json({ nodes: [{ id: 1, type: "CheckpointLoaderSimple", widgets_values: ["x.safetensors"] }], links: [[1, 2, 0]] }),
  },
  "of detection in ONNX": {
    "yolov8n.onnx": GRAPH,
    "metadata.yaml": "description: a model\nauthor: Ultralytics\nstride: 32\nnames:\n  0: person\n  1: bicycle\n",
    "args.yaml": "task: detect\nmode: train\nmodel: yolov8n.pt\ndevice: null\n",
    "coco.names": "person\nbicycle\n",
  },
  "of results of an evaluation": {
    "model.safetensors": WEIGHTS,
    "eval/results.json": json({ configs: { hellaswag: { process_docs: "def process_docs(dataset):\n    return dataset\n", task: "x" } } }),
    "croissant.json": json({ "@context": { sc: "https://schema.org/" }, "@type": "sc:Dataset" }),
    "CITATION.cff": "cff-version: 1.2.0\n",
    "LICENSE.pdf": "%PDF-1.7\n",
    ...CONFIG,
  },
};

/** Each with a card. */
export const MORE_LAYOUTS: Readonly<Record<string, Files>> = Object.fromEntries(
  Object.entries(LAYOUTS).map(([name, files]) => [name, { ...CARD, ...files }]),
);
