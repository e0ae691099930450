import { gguf, ggufWithTemplate } from "../../support/scan/gguf.ts";
import { safetensors } from "../../support/scan/safetensors.ts";

// Plain layouts of the field, as public repositories have them: weights, configuration, tokenizer, card and license.

type Files = Readonly<Record<string, string | Uint8Array>>;

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
const WEIGHTS = safetensors({ "model.embed_tokens.weight": { shape: [4, 2] }, "lm_head.weight": { shape: [4, 2] } }, { format: "pt" });
const CARD =
  '---\nlicense: apache-2.0\nlibrary_name: transformers\ntags:\n- text-generation\n---\n# Tiny\n\n<p align="center"><img src="logo.png" width="200"/></p>\n\n```python\nfrom transformers import pipeline\n```\n';
const GIT = { ".gitattributes": "*.safetensors filter=lfs diff=lfs merge=lfs -text\n" };
const PAPERS = { "README.md": CARD, LICENSE: "Apache License\nVersion 2.0\n", ...GIT };
const PNG = Buffer.from("\x89PNG\r\n\x1a\n0000", "latin1");
const JPEG = Buffer.from("\xff\xd8\xff\xe0\x00\x10JFIF\x00", "latin1");

const CHATML =
  "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}" +
  "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

function config(architecture: string, type: string, more: Readonly<Record<string, unknown>> = {}): string {
  return json({
    architectures: [architecture],
    model_type: type,
    hidden_size: 64,
    torch_dtype: "bfloat16",
    transformers_version: "4.46.0",
    ...more,
  });
}

const TOKENIZER_JSON = json({
  version: "1.0",
  truncation: null,
  added_tokens: [{ id: 0, content: "<s>", special: true }],
  pre_tokenizer: { type: "ByteLevel", add_prefix_space: false },
  post_processor: {
    type: "TemplateProcessing",
    single: [{ SpecialToken: { id: "<s>", type_id: 0 } }, { Sequence: { id: "A", type_id: 0 } }],
  },
  model: { type: "BPE", vocab: { "<s>": 0, template: 1, auto_map: 2, Ġthe: 3, __class__: 4 }, merges: ["Ġ t", "h e"] },
});
const TOKENIZER = {
  "tokenizer.json": TOKENIZER_JSON,
  "tokenizer_config.json": json({
    tokenizer_class: "PreTrainedTokenizerFast",
    bos_token: "<s>",
    model_max_length: 1e30,
    chat_template: CHATML,
  }),
  "special_tokens_map.json": json({ bos_token: "<s>", eos_token: { content: "</s>", lstrip: false } }),
};
const GPT_TOKENIZER = { "vocab.json": json({ "!": 0, Ġa: 1 }), "merges.txt": "#version: 0.2\nĠ t\nh e\n", ...TOKENIZER };
const BERT_TOKENIZER = {
  "vocab.txt": "[PAD]\n[UNK]\n[CLS]\n##s\n",
  "tokenizer.json": TOKENIZER_JSON,
  "tokenizer_config.json": json({ do_lower_case: true, tokenizer_class: "BertTokenizer" }),
  "special_tokens_map.json": json({ unk_token: "[UNK]", cls_token: "[CLS]" }),
};
const GENERATION = {
  "generation_config.json": json({ _from_model_config: true, bos_token_id: 0, temperature: 0.6, transformers_version: "4.46.0" }),
};

function causal(architecture: string, type: string, more: Files = {}): Files {
  return {
    "model.safetensors": WEIGHTS,
    "config.json": config(architecture, type, { max_position_embeddings: 4096, vocab_size: 4 }),
    ...GENERATION,
    ...TOKENIZER,
    ...PAPERS,
    ...more,
  };
}

function encoder(architecture: string, type: string, more: Files = {}): Files {
  return { "model.safetensors": WEIGHTS, "config.json": config(architecture, type), ...BERT_TOKENIZER, ...PAPERS, ...more };
}

function sharded(): Files {
  const weights = (name: string): Uint8Array => safetensors({ [name]: { shape: [2] } }, { format: "pt" });
  return {
    "model-00001-of-00002.safetensors": weights("a"),
    "model-00002-of-00002.safetensors": weights("b"),
    "model.safetensors.index.json": json({
      metadata: { total_size: 16 },
      weight_map: { a: "model-00001-of-00002.safetensors", b: "model-00002-of-00002.safetensors" },
    }),
  };
}

const { "model.safetensors": _, ...WITHOUT_WEIGHTS } = causal("LlamaForCausalLM", "llama");

function vision(architecture: string, type: string, processor: Readonly<Record<string, unknown>>): Files {
  return {
    "model.safetensors": WEIGHTS,
    "config.json": config(architecture, type, { image_size: 224, id2label: { "0": "tench, Tinca tinca" } }),
    "preprocessor_config.json": json({ image_mean: [0.5, 0.5, 0.5], do_resize: true, ...processor }),
    ...PAPERS,
  };
}

function sentences(modules: readonly (readonly [path: string, type: string])[], more: Files = {}): Files {
  return {
    ...encoder("BertModel", "bert"),
    "modules.json": json(modules.map(([path, type], idx) => ({ idx, name: String(idx), path, type }))),
    "config_sentence_transformers.json": json({
      __version__: { sentence_transformers: "3.0.0" },
      prompts: { query: "query: " },
      similarity_fn_name: "cosine",
    }),
    "sentence_bert_config.json": json({ max_seq_length: 512, do_lower_case: false }),
    "1_Pooling/config.json": json({ word_embedding_dimension: 64, pooling_mode_mean_tokens: true }),
    ...more,
  };
}

function pipeline(
  name: string,
  parts: Readonly<Record<string, readonly [library: string | null, name: string | null]>>,
  more: Files = {},
): Files {
  const folders = Object.entries(parts).flatMap(([part, [library, type]]): (readonly [string, string | Uint8Array])[] => {
    if (library === null || type === null) return [];
    if (part === "scheduler")
      return [["scheduler/scheduler_config.json", json({ _class_name: type, _diffusers_version: "0.30.0", trained_betas: null })]];
    if (part.startsWith("tokenizer"))
      return [
        [`${part}/vocab.json`, json({ a: 0 })],
        [`${part}/merges.txt`, "#version: 0.2\na b\n"],
        [`${part}/tokenizer_config.json`, json({ tokenizer_class: type })],
        [`${part}/special_tokens_map.json`, json({ eos_token: "x" })],
      ];
    if (part === "feature_extractor") return [["feature_extractor/preprocessor_config.json", json({ do_resize: true })]];
    const isDiffusers = library === "diffusers";
    return [
      [
        `${part}/config.json`,
        isDiffusers
          ? json({ _class_name: type, _diffusers_version: "0.30.0", down_block_types: ["DownBlock2D", "os"] })
          : config(type, "clip_text_model"),
      ],
      [`${part}/${isDiffusers ? "diffusion_pytorch_model" : "model"}.safetensors`, WEIGHTS],
    ];
  });
  return {
    "model_index.json": json({ _class_name: name, _diffusers_version: "0.30.0", requires_safety_checker: true, ...parts }),
    ...Object.fromEntries(folders),
    ...PAPERS,
    ...more,
  };
}

const STABLE = {
  scheduler: ["diffusers", "PNDMScheduler"],
  text_encoder: ["transformers", "CLIPTextModel"],
  tokenizer: ["transformers", "CLIPTokenizer"],
  unet: ["diffusers", "UNet2DConditionModel"],
  vae: ["diffusers", "AutoencoderKL"],
} as const;

const TIMM = json({
  architecture: "resnet50",
  num_classes: 1000,
  num_features: 2048,
  pretrained_cfg: { tag: "a1_in1k", custom_load: false, input_size: [3, 224, 224], url: "https://example.com/x.pth", classifier: "fc" },
});
const ADAPTER = json({
  auto_mapping: null,
  base_model_name_or_path: "owner/base",
  peft_type: "LORA",
  r: 8,
  target_modules: ["q_proj", "v_proj"],
  task_type: "CAUSAL_LM",
});
const BIG = gguf({
  metadata: [
    ["general.architecture", "llama"],
    ["general.file_type", 15],
    ["llama.context_length", 8192],
    ["tokenizer.chat_template", CHATML],
  ],
  tensors: [{ name: "token_embd.weight", shape: [256, 2], type: 12, length: 288 }],
});

/** A sentence part for each, and its files. */
export const LAYOUTS: Readonly<Record<string, Files>> = {
  "of Llama": causal("LlamaForCausalLM", "llama", { "USE_POLICY.md": "# Policy\n", "LICENSE.txt": "LLAMA\n" }),
  "of Llama in two files": { ...WITHOUT_WEIGHTS, ...sharded() },
  "of Qwen": causal("Qwen2ForCausalLM", "qwen2", GPT_TOKENIZER),
  "of Qwen with templates in a file": causal("Qwen3ForCausalLM", "qwen3", { "chat_template.jinja": CHATML, "merges.txt": "a b\n" }),
  "of Mistral": causal("MistralForCausalLM", "mistral", {
    "params.json": json({ dim: 64, n_layers: 2 }),
    "tekken.json": json({ config: { pattern: "[^\\r\\n]+" }, vocab: [] }),
  }),
  "of Gemma": causal("Gemma2ForCausalLM", "gemma2", { "added_tokens.json": json({ "<pad>": 0 }) }),
  "of DeepSeek": causal("DeepseekV3ForCausalLM", "deepseek_v3", {
    "LICENSE-MODEL": "DEEPSEEK\n",
    "LICENSE-CODE": "MIT\n",
    "figures/benchmark.jpg": JPEG,
    "figures/niah.png": PNG,
  }),
  "of Phi": causal("Phi3ForCausalLM", "phi3", {
    "CODE_OF_CONDUCT.md": "# Conduct\n",
    "SECURITY.md": "# Security\n",
    "NOTICE.md": "x\n",
    "data_summary_card.md": "x\n",
  }),
  "of gpt-oss": causal("GptOssForCausalLM", "gpt_oss", {
    USAGE_POLICY: "Use it well.\n",
    "chat_template.jinja": CHATML,
    "original/config.json": json({ num_hidden_layers: 2 }),
    "original/model.safetensors": WEIGHTS,
  }),
  "of Command R with several templates": causal("CohereForCausalLM", "cohere", {
    "tokenizer_config.json": json({
      chat_template: [
        { name: "default", template: CHATML },
        { name: "tool_use", template: CHATML },
        { name: "rag", template: CHATML },
      ],
    }),
    "additional_chat_templates/rag.jinja": CHATML,
  }),
  "of Granite": causal("GraniteForCausalLM", "granite", { "model.sig": '{"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json"}' }),
  "of OLMo": causal("Olmo2ForCausalLM", "olmo2"),
  "of Falcon": causal("FalconForCausalLM", "falcon", { "configs.txt": "a\n" }),
  "of GPT-2": causal("GPT2LMHeadModel", "gpt2", {
    ...GPT_TOKENIZER,
    "generation_config_for_text_generation.json": json({ max_length: 50 }),
  }),
  "of SmolLM with training logs": causal("LlamaForCausalLM", "llama", {
    "all_results.json": json({ epoch: 1, loss: NaN }),
    "trainer_state.json": '{"log_history": [{"loss": NaN}]}',
    "runs/plot.png": PNG,
    "train_results.json": json({ epoch: 1 }),
  }),
  "quantized by GPTQ": causal("LlamaForCausalLM", "llama", {
    "quantize_config.json": json({ bits: 4, group_size: 128, desc_act: false, model_file_base_name: "model" }),
  }),
  "quantized by AWQ": causal("LlamaForCausalLM", "llama", { "quant_config.json": json({ zero_point: true, w_bit: 4 }) }),
  "for MLX": causal("LlamaForCausalLM", "llama", {
    "model.safetensors.index.json": json({
      metadata: { total_size: 64 },
      weight_map: { "model.embed_tokens.weight": "model.safetensors", "lm_head.weight": "model.safetensors" },
    }),
  }),
  "of BERT": encoder("BertForMaskedLM", "bert"),
  "of RoBERTa": encoder("RobertaForMaskedLM", "roberta", { "dict.txt": "the 100\n", ...GPT_TOKENIZER }),
  "of DistilBERT for classification": encoder("DistilBertForSequenceClassification", "distilbert", { "map.jpeg": JPEG }),
  "of ModernBERT": encoder("ModernBertForMaskedLM", "modernbert"),
  "of a cross encoder": encoder("BertForSequenceClassification", "bert", {
    "config.json": config("BertForSequenceClassification", "bert", {
      sentence_transformers: { activation_fn: "torch.nn.modules.activation.Sigmoid", version: "4.0.1" },
    }),
    "CEBinaryClassificationEvaluator_results.csv": "epoch,steps\n0,1\n",
  }),
  "of sentence-transformers": sentences([
    ["", "sentence_transformers.models.Transformer"],
    ["1_Pooling", "sentence_transformers.models.Pooling"],
    ["2_Normalize", "sentence_transformers.models.Normalize"],
  ]),
  "of sentence-transformers with a dense layer": sentences(
    [
      ["", "sentence_transformers.models.Transformer"],
      ["1_Pooling", "sentence_transformers.models.Pooling"],
      ["2_Dense", "sentence_transformers.models.Dense"],
    ],
    {
      "2_Dense/config.json": json({ in_features: 64, out_features: 32, activation_function: "torch.nn.modules.activation.Tanh" }),
      "2_Dense/model.safetensors": WEIGHTS,
      "train_script.log": "done\n",
    },
  ),
  "of sentence-transformers in its newer spelling": sentences([
    ["", "sentence_transformers.base.modules.transformer.Transformer"],
    ["1_Pooling", "sentence_transformers.sentence_transformer.modules.pooling.Pooling"],
  ]),
  "of a sparse encoder": sentences([
    ["", "sentence_transformers.sparse_encoder.models.MLMTransformer"],
    ["1_SpladePooling", "sentence_transformers.sparse_encoder.models.SpladePooling"],
  ]),
  "of static embeddings": {
    "modules.json": json([{ idx: 0, name: "0", path: ".", type: "sentence_transformers.models.StaticEmbedding" }]),
    "model.safetensors": WEIGHTS,
    "tokenizer.json": TOKENIZER_JSON,
    "config_sentence_transformers.json": json({ prompts: {} }),
    ...PAPERS,
  },
  "of Stable Diffusion": pipeline("StableDiffusionPipeline", {
    ...STABLE,
    feature_extractor: ["transformers", "CLIPImageProcessor"],
    safety_checker: ["stable_diffusion", "StableDiffusionSafetyChecker"],
  }),
  "of SDXL": pipeline(
    "StableDiffusionXLPipeline",
    { ...STABLE, text_encoder_2: ["transformers", "CLIPTextModelWithProjection"], tokenizer_2: ["transformers", "CLIPTokenizer"] },
    { "sd_xl_base.safetensors": WEIGHTS, "01.png": PNG },
  ),
  "of Flux": pipeline(
    "FluxPipeline",
    {
      scheduler: ["diffusers", "FlowMatchEulerDiscreteScheduler"],
      transformer: ["diffusers", "FluxTransformer2DModel"],
      vae: ["diffusers", "AutoencoderKL"],
      image_encoder: [null, null],
    },
    { "flux1-dev.safetensors": WEIGHTS, "LICENSE.md": "x\n", "dev_grid.jpg": JPEG },
  ),
  "of a ControlNet": {
    "config.json": json({ _class_name: "ControlNetModel", _diffusers_version: "0.16.0", down_block_types: ["CrossAttnDownBlock2D"] }),
    "diffusion_pytorch_model.safetensors": WEIGHTS,
    "images/bird.png": PNG,
    ...PAPERS,
  },
  "of a LoRA for images": { "pytorch_lora_weights.safetensors": WEIGHTS, "image_0.png": PNG, ...PAPERS },
  "of a LoRA adapter": { "adapter_config.json": ADAPTER, "adapter_model.safetensors": WEIGHTS, ...TOKENIZER, ...PAPERS },
  "of an adapter with its mapping": {
    "adapter_config.json": json({
      auto_mapping: { base_model_class: "BertModel", parent_library: "transformers.models.bert.modeling_bert" },
      base_model_name_or_path: "owner/base",
      peft_type: "IA3",
    }),
    "adapter_model.safetensors": WEIGHTS,
    ...PAPERS,
  },
  "of timm": { "config.json": TIMM, "model.safetensors": WEIGHTS, ...PAPERS },
  "of OpenCLIP": {
    "open_clip_config.json": json({ model_cfg: { embed_dim: 64, text_cfg: { hf_tokenizer_name: "owner/t" } } }),
    "open_clip_model.safetensors": WEIGHTS,
    ...GPT_TOKENIZER,
    ...PAPERS,
  },
  "of ViT": vision("ViTForImageClassification", "vit", { image_processor_type: "ViTImageProcessor" }),
  "of CLIP": { ...vision("CLIPModel", "clip", {}), ...GPT_TOKENIZER },
  "of DETR": vision("DetrForObjectDetection", "detr", { size: { shortest_edge: 800 } }),
  "of SAM with a processor": { ...vision("SamModel", "sam", {}), "processor_config.json": json({ processor_class: "SamProcessor" }) },
  "of LLaVA": {
    ...causal("LlavaForConditionalGeneration", "llava"),
    "preprocessor_config.json": json({ processor_class: "LlavaProcessor" }),
    "chat_template.json": json({ chat_template: CHATML }),
    "processor_config.json": json({ image_token: "<image>" }),
  },
  "of Qwen-VL": {
    ...causal("Qwen2VLForConditionalGeneration", "qwen2_vl", GPT_TOKENIZER),
    "preprocessor_config.json": json({ min_pixels: 3136 }),
    "video_preprocessor_config.json": json({ fps: 2 }),
  },
  "of Whisper": {
    ...causal("WhisperForConditionalGeneration", "whisper", GPT_TOKENIZER),
    "preprocessor_config.json": json({ feature_extractor_type: "WhisperFeatureExtractor" }),
    "normalizer.json": json({ accessorise: "accessorize" }),
    "added_tokens.json": json({ "<|en|>": 1 }),
  },
  "of wav2vec2": {
    "model.safetensors": WEIGHTS,
    "config.json": config("Wav2Vec2ForCTC", "wav2vec2"),
    "vocab.json": json({ "|": 0 }),
    "preprocessor_config.json": json({ sampling_rate: 16_000 }),
    "feature_extractor_config.json": json({}),
    "sample.wav": Buffer.from("RIFF\0\0\0\0WAVEfmt "),
    "sample.flac": "fLaC",
    ...PAPERS,
  },
  "of one GGUF file": { "tiny-q4_k_m.gguf": BIG },
  "of GGUF files with a card": {
    "tiny-q4_k_m.gguf": BIG,
    "tiny-f16.gguf": ggufWithTemplate(CHATML),
    "imatrix.txt": "x\n",
    "config.json": json({ model_type: "llama" }),
    ...PAPERS,
    ".DS_Store": Buffer.from("\0\0\0\x01Bud1\0", "latin1"),
  },
  "of GGUF in parts": {
    "tiny-00001-of-00002.gguf": gguf({
      metadata: [
        ["split.count", 2],
        ["split.no", 0],
      ],
    }),
    "tiny-00002-of-00002.gguf": gguf({
      metadata: [
        ["split.count", 2],
        ["split.no", 1],
      ],
    }),
    "README.md": CARD,
  },
  "of GGUF with an image projector": {
    "model.gguf": BIG,
    "mmproj-model-f16.gguf": gguf({ metadata: [["general.architecture", "clip"]] }),
    params: '{"stop": ["</s>"]}',
    template: "{{ .Prompt }}",
    Modelfile: "FROM ./model.gguf\n",
  },
  "of a vocabulary in GGUF": { "ggml-vocab.gguf": gguf({ metadata: [["tokenizer.ggml.tokens", ["a"]]] }), "README.md": CARD },
  "of T5": { ...causal("T5ForConditionalGeneration", "t5") },
  "of Marian": { ...causal("MarianMTModel", "marian"), "vocab.json": json({ a: 0 }), "metadata.json": json({ name: "x" }) },
  "of a reward model": causal("LlamaForSequenceClassification", "llama", {
    "eval/results.csv": "a,b\n1,2\n",
    "eval/results.tsv": "a\tb\n",
    "eval/samples.jsonl": '{"a": 1}\n',
  }),
  "of GLiNER": {
    "gliner_config.json": json({ model_name: "microsoft/deberta", ent_token: "<<ENT>>" }),
    "model.safetensors": WEIGHTS,
    "tokenizer.json": TOKENIZER_JSON,
    ...PAPERS,
  },
  "of ColBERT": encoder("HF_ColBERT", "bert", { "artifact.metadata": json({ query_token: "[Q]" }) }),
  "as a clone of git keeps it": {
    ...causal("LlamaForCausalLM", "llama"),
    ".git/HEAD": "ref: refs/heads/main\n",
    ".git/config": "[core]\n\tbare = false\n",
    ".git/index": Buffer.from("DIRC\0\0\0\x02", "latin1"),
    ".git/hooks/pre-commit.sample": "#!/bin/sh\n",
    ".git/objects/pack/pack-1.pack": Buffer.from("PACK\0\0\0\x02", "latin1"),
    ".git/lfs/objects/aa/bb/aabb": WEIGHTS,
  },
  "with logs of its training": causal("LlamaForCausalLM", "llama", {
    "runs/Jan01_00-00-00_host/events.out.tfevents.1700000000.host.1.0": Buffer.concat([
      Buffer.of(0x18, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 9),
      Buffer.alloc(28),
    ]),
  }),
  "as a download keeps it": {
    ...causal("LlamaForCausalLM", "llama"),
    ".cache/huggingface/.gitignore": "*",
    ".cache/huggingface/download/config.json.lock": "",
    ".cache/huggingface/download/config.json.metadata": "abc\ndef\n1700000000.0\n",
    ".cache/huggingface/CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n",
  },
  "with a card in another language and a paper": causal("LlamaForCausalLM", "llama", {
    "README_zh.md": "# 模型\n",
    "paper.pdf": "%PDF-1.7\n",
    "demo.gif": "GIF89a",
    "demo.webp": "RIFF\0\0\0\0WEBPVP8 ",
    "demo.mp4": "\0\0\0\x20ftypisom",
    "voice.mp3": "ID3\x04",
    "voice.ogg": "OggS",
    "logo.svg": '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
  }),
};
