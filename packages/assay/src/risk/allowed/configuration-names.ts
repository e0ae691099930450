import type { Allowlist } from "./allowlist.ts";

/** Names that configuration may have a library import. Data, with source and date: 2026-11-29. */

/**
 * Libraries of diffusers pipelines: `model_index.json` has each part load from one of them. Beside the two libraries themselves,
 * the pipeline packages of diffusers 0.36 and earlier that hold parts of their own.
 */
export const PIPELINE_LIBRARIES: ReadonlySet<string> = new Set(
  (
    "diffusers transformers " +
    "ace_step allegro animatediff aura_flow audioldm2 bria chroma cogvideo cogview3 cogview4 consisid consistency_models controlnet " +
    "controlnet_hunyuandit controlnet_sd3 cosmos ddim ddpm deepfloyd_if dit easyanimate flux flux2 hidream_image hunyuan_image " +
    "hunyuan_video hunyuandit kandinsky kandinsky2_2 kandinsky3 kandinsky5 kolors latent_consistency_models latent_diffusion latte " +
    "ledits_pp ltx ltx2 lumina lumina2 marigold mochi musicldm omnigen pag paint_by_example pixart_alpha qwenimage sana sana_video " +
    "semantic_stable_diffusion shap_e skyreels_v2 stable_audio stable_cascade stable_diffusion stable_diffusion_3 stable_diffusion_safe " +
    "stable_diffusion_xl stable_video_diffusion t2i_adapter unclip unidiffuser versatile_diffusion visualcloze wan wuerstchen z_image"
  ).split(" "),
);

/** Classes of sentence-transformers 2 to 6, by the modules that they were or are in. */
const SENTENCE_MODULES: Readonly<Record<string, string>> = {
  "sentence_transformers.models":
    "Asym BoW CLIPModel CNN Dense Dropout InputModule LayerNorm LSTM Module Normalize Pooling Router StaticEmbedding Transformer " +
    "WeightedLayerPooling WordEmbeddings WordWeights",
  "sentence_transformers.sparse_encoder.models": "MLMTransformer SparseAutoEncoder SparseStaticEmbedding SpladePooling",
};

/** The same in sentence-transformers 6: package, file and class. */
const SENTENCE_FILES: Readonly<Record<string, string>> = {
  "sentence_transformers.base.modules": "dense.Dense normalize.Normalize router.Router transformer.Transformer",
  "sentence_transformers.sentence_transformer.modules":
    "bow.BoW clip_model.CLIPModel cnn.CNN dropout.Dropout layer_norm.LayerNorm lstm.LSTM pooling.Pooling " +
    "static_embedding.StaticEmbedding weighted_layer_pooling.WeightedLayerPooling word_embeddings.WordEmbeddings word_weights.WordWeights " +
    "tokenizer.phrase.PhraseTokenizer tokenizer.whitespace.WhitespaceTokenizer Transformer Pooling Dense Normalize StaticEmbedding Router",
  "sentence_transformers.sparse_encoder.modules":
    "mlm_transformer.MLMTransformer sparse_auto_encoder.SparseAutoEncoder sparse_static_embedding.SparseStaticEmbedding " +
    "splade_pooling.SpladePooling",
  "sentence_transformers.cross_encoder.modules": "logit_score.LogitScore",
  "sentence_transformers.multi_vector_encoder.modules": "multi_vector_mask.MultiVectorMask token_pooling.TokenPooling",
  "sentence_transformers.models.tokenizer": "PhraseTokenizer.PhraseTokenizer WhitespaceTokenizer.WhitespaceTokenizer",
};

const ACTIVATIONS =
  "CELU ELU GELU GLU Hardshrink Hardsigmoid Hardswish Hardtanh LeakyReLU LogSigmoid LogSoftmax Mish PReLU ReLU ReLU6 RReLU SELU " +
  "Sigmoid SiLU Softmax Softmax2d Softmin Softplus Softshrink Softsign Tanh Tanhshrink Threshold";

/** What the configurations of Stable Diffusion 1 and 2 for inference name (`v1-inference.yaml`). A checkpoint that they load has a rule of its own. */
const LATENT_DIFFUSION: readonly string[] = [
  "ldm.models.diffusion.ddpm.LatentDiffusion",
  "ldm.models.autoencoder.AutoencoderKL",
  "ldm.modules.diffusionmodules.openaimodel.UNetModel",
  "ldm.modules.encoders.modules.FrozenCLIPEmbedder",
  "ldm.modules.encoders.modules.FrozenOpenCLIPEmbedder",
  "ldm.lr_scheduler.LambdaLinearScheduler",
];

/** What `modules.json`, `activation_function` and the like may name, exactly. */
export const IMPORTED_NAMES: ReadonlySet<string> = new Set([
  ...Object.entries(SENTENCE_MODULES).flatMap(([module, classes]) =>
    // Each class is also in a file of its own name.
    classes.split(" ").flatMap((name) => [`${module}.${name}`, `${module}.${name}.${name}`]),
  ),
  ...Object.entries(SENTENCE_FILES).flatMap(([module, classes]) => classes.split(" ").map((name) => `${module}.${name}`)),
  ...ACTIVATIONS.split(" ").flatMap((name) => [`torch.nn.modules.activation.${name}`, `torch.nn.${name}`]),
  ...LATENT_DIFFUSION,
  "torch.nn.modules.linear.Identity",
  "torch.nn.Identity",
]);

/** A module of the transformers library that holds one architecture: what PEFT names as `parent_library`. */
export const ARCHITECTURE_MODULE = /^transformers(?:\.models\.[a-z0-9_]+\.modeling_[a-z0-9_]+)?$/;

/** Handlers that TorchServe has built in (ts/torch_handler of 0.12): any other name is a Python file of the archive. */
export const BUILT_IN_HANDLERS: ReadonlySet<string> = new Set(
  "base_handler image_classifier image_segmenter object_detector text_classifier".split(" "),
);

/** The same, as they are printed. */
export const CONFIGURATION_ALLOWLISTS: readonly Allowlist[] = [
  {
    what: "libraries that parts of a diffusers pipeline may be from",
    source: "diffusers and transformers, and the pipelines of diffusers 0.36 and earlier that hold parts of their own.",
    date: "2026-11-29",
    names: [...PIPELINE_LIBRARIES],
  },
  {
    what: "names that configuration may have a library import",
    source:
      "the modules of sentence-transformers 2 to 6, the activations of torch.nn, and what Stable Diffusion's files for inference name.",
    date: "2026-11-29",
    names: [...IMPORTED_NAMES],
  },
];
