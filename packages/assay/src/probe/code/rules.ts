import type { ComponentName } from "../../openness/components.ts";

/** What shows that a piece of code is one of the components; both halves of `named` must hold, or one list of `plain`. */
export interface CodeRule {
  readonly component: ComponentName;
  readonly named: {
    /** Words of the file's own name. */
    readonly own: ReadonlySet<string>;
    /** Words of folders under which `own` says nothing. */
    readonly notUnder?: ReadonlySet<string>;
    /** Words of the file's name or of a folder above it. */
    readonly words: ReadonlySet<string>;
    /** What the text must hold under such a name. */
    readonly text: RegExp;
  };
  /** Under any name: every expression of one of the lists. The first one is what is shown. */
  readonly plain: readonly (readonly RegExp[])[];
  /** Words of a name under which `plain` says nothing. */
  readonly unless: ReadonlySet<string>;
  /** Words of a path under which nothing is this component. */
  readonly never?: ReadonlySet<string>;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** A module with parameters, in PyTorch, Keras, Haiku, Flax, Equinox or Mesh TensorFlow, that is not called a part such as a loss. */
const MODULE_CLASS =
  /class\s+(?!\w{0,80}(?:lora|adapter|loss|criterion|criteria|metric|probe|callback|dataset|config|quant|schedul|optim)\w{0,80}\()\w{1,80}\((?:[\w.]{1,60},\s{0,4})?(?:\w{1,30}\.)?(?:nn\.Module|nnx\.Module|hk\.Module|eqx\.Module|linen\.Module|\w{0,60}PreTrainedModel|GenerationMixin|(?:tf\.)?keras\.(?:Model|layers\.Layer)|tf\.Module|LightningModule|snt\.(?:Module|AbstractModule))\b/i;

const RUNS_MODEL =
  /no_grad\b|inference_mode\b|\bjax\.(?:jit|pmap)\b|\bsess\.run\b|\bself\.(?:model|net|encoder|decoder|transformer|estimator)\b|\bestimator\b|\bmodel\(|\.apply\(|\blogits\b/;

/** Names of benchmarks and harnesses that programs of evaluation are called after (lm-evaluation-harness, HELM, MTEB, OpenCompass). */
const BENCHMARKS =
  "mmlu cmmlu ceval gsm gsm8k humaneval mbpp arc hellaswag winogrande truthfulqa bbh lambada squad glue superglue mteb longbench ifeval vbench harness opencompass";

/** By what names and calls a component is told; sources: the usual names in model repositories and the APIs of the libraries named. */
export const CODE_RULES: readonly CodeRule[] = [
  {
    component: "Model architecture",
    named: {
      own: words("encoder decoder unet vae backbone"),
      words: words("model models modeling architecture architectures network networks transformer transformers"),
      text: /\bnn\.Module\b|\bPreTrainedModel\b|\bkeras\.(?:Model|layers)\b|\bflax\.linen\b|\bnnx\.|\beqx\.Module\b|\bhk\.(?:Module|Linear|transform)|\btf\.(?:Module|layers|get_variable|variable_scope|compat\.v1\.(?:layers|get_variable|variable_scope))\b|\bmtf\.layers\b|\bmesh_tensorflow\b|\bSequential\(|\bggml_mul_mat\b|\btinygrad\b|\bmlx\.nn\b/,
    },
    plain: [[MODULE_CLASS, /\bdef\s+(?:forward|__call__|call|setup|_build)\b|\bnn\.compact\b/]],
    unless: words("test tests eval evaluation evaluate benchmark benchmarks loss losses"),
  },
  {
    component: "Training code",
    named: {
      own: words("main run"),
      notUnder: words("infer inference serve serving demo demos deploy deployment"),
      words: words("train trainer training pretrain pretraining pre finetune finetuning finetuner sft dpo rlhf tune tuning"),
      text: /\.backward\(|\boptimizer\b|\b(?:\w{1,30})?Trainer\(|\.fit\(|\b(?:torchrun|deepspeed|accelerate launch)\b|\bTrainingArguments\b|\bpytorch_lightning\b|\blightning\b|\boptax\b|\btrain_step\b/i,
    },
    plain: [
      [/\.backward\(/, /\boptim\w{0,20}\.(?:step|zero_grad)\(|\boptimizer\b/],
      [/\bTrainer(?:\.from_argparse_args)?\(/, /\.(?:fit|train)\(/],
      [/\b(?:TPU)?Estimator\w{0,20}\(/, /\.(?:train|train_and_evaluate)\(/],
      [/\bapply_gradients\(|\boptimizer\.minimize\(/, /\bGradientTape\b|\btf\.gradients\b|\boptimizer\b/],
      [/\boptax\./, /\bvalue_and_grad\(|\bjax\.grad\(/],
      [/\bmodel\.train\(\s{0,20}\w/, /\bmixture\w{0,40}\b|\bsteps\s{0,4}=/],
    ],
    unless: words("test tests eval evaluation evaluate linear knn probe tokenizer infer inference demo demos"),
  },
  {
    component: "Inference code",
    named: {
      own: words("run runner example examples usage quickstart rollout completion completions interactive cli hubconf"),
      words: words(
        "infer inference generate generation generator predict predictor prediction serve server serving chat chatbot demo demos app api webui gradio streamlit sample samples sampler sampling handler pipeline pipelines transcribe translate synthesize forecast",
      ),
      text: /\.generate\(|\bpipeline\(|\bfrom_pretrained\(|\bInferenceSession\b|\bno_grad\b|\binference_mode\b|\.predict\w{0,20}\(|\bload_model\(|\bload_state_dict\(|\btf\.train\.Saver\(|\bsaver\.restore\(|\bsess\.run\(|\btf\.while_loop\(|\bsaved_model\.load\(|\btorch\.(?:hub|jit)\.load\(|\.infer\(|\.forecast\(|\.transcribe\(|\bgr\.(?:Interface|Blocks|ChatInterface)\(|\bllama_decode\(|\bOrt::Session\b|\bvllm\b|\bjax\.(?:jit|pmap)\(|\bcreate_\w{0,40}policy\(/,
    },
    plain: [
      [
        /\bdef\s+(?:generate|sample|predict|transcribe|translate|infer|inference|forecast|synthesi[sz]e|segment|denoise|rollout|text_completion|chat_completion|stream_chat|chat)(?:_\w{1,40})?\(/,
        RUNS_MODEL,
      ],
    ],
    unless: words(
      "test tests eval evals evaluate evaluation evaluator benchmark benchmarks train trainer training loss losses metrics data dataset datasets",
    ),
  },
  {
    component: "Evaluation code",
    named: {
      own: words(`score scores scorer scoring ${BENCHMARKS}`),
      words: words(
        `eval evals evaluate evaluation evaluations evaluator evaluators benchmark benchmarks benchmarking metric metrics ${BENCHMARKS}`,
      ),
      text: /\blm_eval\b|\bevaluate\.load\(|\bacc(?:uracy)?\b|\bcompute_metrics\b|\b(?:bleu|rouge|perplexity|ppl|f1(?:_score)?|exact_match|wer|cer|mean_iou|miou|fid|auc|roc_auc\w{0,10}|ndcg\w{0,5}|recall|mase|wql|crps|s?mape|rmse|mae|success(?:_rate|es)?|top_?[15])\b|\bpass(?:@|_at_)k?|\bmetrics?\b|\bdef\s+\w{0,40}score\w{0,40}\([^)]{0,120}(?:label|gold|answer|reference|ground_truth|prediction|response)/i,
    },
    plain: [
      [
        /\bdef\s+eval(?:uate|uation)?(?:_\w{1,40})?\(/,
        /\b(?:accuracy|success(?:_rate|es)|bleu|rouge|exact_match|f1_score|wer|miou|perplexity)\b/i,
      ],
    ],
    unless: words("test tests train trainer training finetune finetuning"),
  },
  {
    component: "Data preprocessing code",
    named: {
      own: words("prepare prep clean cleaning cleaner dedup deduplicate deduplication filter filtering tokenize"),
      words: words("preprocess preprocessing preprocessor preprocessors"),
      text: /\bload_dataset\(|\bpandas\b|\bpd\.|\.map\(|\btokenizer?\b|\bjson\.loads?\(|\bre\.sub\(|\bpyspark\b|\bdatatrove\b|\bpolars\b|\bdedup|\bdatasets?\b|\bnp\.|\bnumpy\b/i,
    },
    plain: [],
    unless: words("test tests"),
    // What a server does with its input is not what was done with the data of the training.
    never: words("server serve serving infer inference deploy deployment runtime"),
  },
];

/** `make_data.py`, `create_pretraining_data.py`, `parse_chains.py`: what is done, and with what. */
export const MAKES_DATA = {
  verbs: words("make create build process convert generate gen download get collect extract prepare split mix tokenize"),
  nouns: words("data dataset datasets corpus corpora pretraining tfrecord tfrecords arrow jsonl records sentences documents instances"),
  /** `csv2arrow`, `json_to_parquet`: from one form of records into another. */
  into: words("2 to"),
  formats: words("arrow tfrecord tfrecords parquet jsonl lmdb webdataset mds"),
  /** What is parsed and written is data, whatever the rest of the name says. */
  alone: words("parse"),
  /** Writes records to a file; a model's parameters are written by other calls. */
  writes:
    /\bTFRecordWriter\(|\bto_(?:json|parquet|csv)\(|\bsave_to_disk\(|\bArrowWriter\(|\bRecordBatch(?:File|Stream)Writer\(|\blmdb\.open\(|\bIndexedDataset\w{0,20}|\bParquetWriter\(|\bwriterow\(|\.write\(\s{0,4}json\.dumps\(|\bjson\.dump\(|\bnp\.savez?\w{0,20}\(|\bMDSWriter\(|\bpush_to_hub\(|\.tofile\(|\bmemmap\(|\bsave_episode\(|\btorch\.save\(|\bwrite_to_file\(/,
} as const;
