/** What a file may be by its name; probes check the content. */
export type FileRole =
  | "card"
  | "data-card"
  | "license"
  | "use-policy"
  | "weights"
  | "configuration"
  | "adapter-configuration"
  | "tokenizer"
  | "code"
  | "results"
  | "training-state"
  | "settings"
  | "data"
  | "paper"
  | "report"
  | "citation"
  | "requirements"
  | "sample"
  | "mof"
  | "gguf";

const README = /^readme(?:\.(?:md|markdown|rst|txt))?$/;
/** `README_EN.md`: the same in another language. */
const TRANSLATION = /^readme[-_.](?:[a-z]{2}(?:[-_][a-z]{2,4})?|english|chinese|japanese|korean)\.(?:md|markdown|rst|txt)$/;
const MODEL_CARD = /^(?:[\w.-]{1,60}[-_.])?model[-_ ]?card(?:[-_.][\w.-]{0,60})?$/;
const MODEL_CARDS = /(?:^|\/)model[-_ ]?cards?\/[^/]+\.(?:md|markdown|rst|txt)$/;
const DATA_CARD = /^(?:data(?:set)?[-_]?card|datasheet(?:[-_]for[-_]datasets)?)(?:\.(?:md|markdown|rst|txt|pdf))?$/;
const LICENSE = /^(?:(?:model[-_]|data(?:set)?[-_]|code[-_])?licen[sc]e|copying)(?:[-_. ][a-z0-9.\-_ ]{0,60})?$/;
const USE_POLICY = /^(?:use[-_]policy|acceptable[-_]use[-_]policy|prohibited[-_]use[-_]policy)(?:\.(?:md|txt|pdf))?$/;
const TOKENIZER =
  /^(?:tokenizer(?:_config)?\.(?:json|model)|vocab\.(?:json|txt)|merges\.txt|spiece\.model|sentencepiece.*\.model|.*\.tiktoken)$/;
const RESULTS =
  /^(?:(?:all|eval(?:uation)?|test|benchmark)[-_]results?.*|results?(?:[-_.].*)?|metrics|leaderboard.*)\.(?:json|jsonl|csv|tsv|md|txt)$/;
const TRAINING_STATE =
  /^(?:trainer_state\.json|training_args\.(?:bin|json|yaml)|optimizer\.(?:pt|bin|safetensors)|scheduler\.pt|hparams\.ya?ml)$/;
const REQUIREMENTS =
  /^(?:(?:[a-z0-9_.-]{0,30}[-_.])?requirements[a-z0-9_.-]{0,30}\.(?:txt|in)|pyproject\.toml|setup\.(?:py|cfg)|environment\.ya?ml|pipfile|poetry\.lock|uv\.lock|dockerfile)$/;
const PAPER = /(?:^|[-_./ ])(?:paper|preprint|article|arxiv|manuscript)(?:[-_./ ]|$)|^\d{4}\.\d{4,5}(?:v\d+)?\.pdf$/;
const REPORT = /(?:tech(?:nical)?[-_ ]?report|[-_ ]report|^report)/;
const SAMPLE = /(?:^|\/)(?:samples?|sample[-_]outputs?|outputs?|generations?)(?:\/|\.(?:md|txt|json|jsonl)$)/;
/** Pictures, sounds and videos in a folder that is called after what a model made. */
const SAMPLE_MEDIA =
  /(?:^|\/)(?:[\w.]{1,40}[-_])?(?:samples|outputs|generations|generated)(?:[-_][\w.]{1,40})?\/(?:.{1,200}\/)?[^/]+\.(?:png|jpe?g|webp|gif|mp4|webm|wav|mp3|flac|ogg)$/;
const DATA_FOLDER = /(?:^|\/)(?:data|datasets?|corpus|corpora|train|training[-_]data|test|eval(?:uation)?[-_]data|validation)\//;
/** A README there describes data; one in a folder for training or tests describes those. */
const ABOUT_DATA = /(?:^|\/)(?:data|datasets?|corpus|corpora|training[-_]data|eval(?:uation)?[-_]data)\//;
/** Folders of results, or of what a model is evaluated on: the content decides. */
const EVALUATION_FOLDER =
  /(?:^|\/)(?:[\w.]{1,40}[-_])?(?:results?|evals?|evaluations?|leaderboards?|benchmarks?|scores)(?:[-_][\w.]{1,40})?\//;
/** A folder whose name has the word for data in it: `SFT_data`, `mmlu_test_dataset`. */
const DATA_IN_FOLDER = /(?:^|\/)(?:[\w.-]{1,40}[-_.])?(?:data|datasets?|corpus|corpora)(?:[-_.][\w.-]{1,40})?\//;
const SETTINGS =
  /(?:^|[/_.-])(?:configs?|conf|configurations?|train(?:ing)?|pre-?train(?:ing)?|h(?:yper)?-?params?|hyperparameters|recipes|experiments?|models?)(?:[/_.-])/;
const NOT_SETTINGS = /(?:^|\/)(?:\.[^/]+|docker[^/]*|mkdocs[^/]*|compose[^/]*|issue_template)(?:\/|\.ya?ml$)/;
const DATA_NAME = /^(?:train|training|test|valid(?:ation)?|dev|eval(?:uation)?|corpus|data(?:set)?)(?:[-_.].*)?$/;

const WEIGHTS = new Set(["safetensors", "bin", "pt", "pth", "ckpt", "onnx", "h5", "hdf5", "keras", "pb", "tflite", "msgpack"]);
const DATA = new Set(["parquet", "jsonl", "csv", "tsv", "arrow", "tfrecord", "json", "txt", "gz", "zst"]);
const CODE = new Set(["py", "ipynb", "sh", "cpp", "cc", "cu", "c", "rs", "go", "js", "ts", "jl", "java", "swift"]);

/** How a text is written by its name: prose for whatever is neither code nor records. */
export type Writing = "prose" | "code" | "records";

const RECORDS = new Set([
  ...DATA,
  "yaml",
  "yml",
  "toml",
  "xml",
  "lock",
  "map",
  "ini",
  "cfg",
  "log",
  "svg",
  "css",
  "diff",
  "patch",
  "vocab",
  "tiktoken",
  "model",
]);
/** Programs that a scheduler or shell runs: they ask for outputs, and are not outputs. */
const SCRIPTS = new Set(["slurm", "sbatch", "pbs", "bash", "zsh", "bat", "cmd", "ps1"]);
const MORE_CODE = new Set([
  "h",
  "hpp",
  "cuh",
  "cxx",
  "m",
  "mm",
  "r",
  "scala",
  "kt",
  "cs",
  "rb",
  "php",
  "pl",
  "lua",
  "jsx",
  "tsx",
  "mjs",
  "cjs",
  "bash",
  "ps1",
  "cmake",
  "proto",
  "sql",
]);

/** Whether a name is that of prose, code or records; `notes.txt` is prose, and so is a name without extension. */
export function writingOf(name: string): Writing {
  const plain = name.toLowerCase().slice(name.lastIndexOf("/") + 1);
  if (TOKENIZER.test(plain) || /vocab/.test(plain)) return "records";
  const base = plain.replace(/\.(?:gz|bz2|xz|zst)$/, "");
  const dot = base.lastIndexOf(".");
  const extension = dot <= 0 ? "" : base.slice(dot + 1);
  if (CODE.has(extension) || MORE_CODE.has(extension)) return "code";
  return RECORDS.has(extension) && extension !== "txt" ? "records" : "prose";
}

/** The role that a file's name gives it; undefined for a file that says nothing. `name` is from the model's root. */
export function roleOf(name: string): FileRole | undefined {
  const lower = name.toLowerCase();
  const base = lower.slice(lower.lastIndexOf("/") + 1);
  const dot = base.lastIndexOf(".");
  const extension = dot <= 0 ? "" : base.slice(dot + 1);
  if (extension === "gguf") return "gguf";
  if (base === "config.json" || base === "model_index.json") return "configuration";
  if (base === "adapter_config.json") return "adapter-configuration";
  if (TRAINING_STATE.test(base)) return "training-state";
  if (TOKENIZER.test(base)) return "tokenizer";
  if (REQUIREMENTS.test(base)) return "requirements";
  if (WEIGHTS.has(extension)) return "weights";
  if (base === "mof.yml" || base === "mof.yaml") return lower === base ? "mof" : undefined;
  if (DATA_CARD.test(base)) return "data-card";
  if (MODEL_CARD.test(base.replace(/\.(?:md|markdown|rst|txt)$/, "")) && isProse(extension)) return "card";
  if (README.test(base)) return ABOUT_DATA.test(lower) ? "data-card" : lower === base || MODEL_CARDS.test(lower) ? "card" : undefined;
  if (MODEL_CARDS.test(lower) || (lower === base && TRANSLATION.test(base))) return "card";
  if (USE_POLICY.test(base)) return "use-policy";
  if (LICENSE.test(base) && !CODE.has(extension)) return "license";
  if (base === "citation.cff" || extension === "bib") return "citation";
  if (extension === "pdf") return REPORT.test(base) ? "report" : PAPER.test(lower) ? "paper" : undefined;
  if (RESULTS.test(base)) return "results";
  if (!CODE.has(extension) && !SCRIPTS.has(extension) && SAMPLE.test(lower)) return "sample";
  if (SAMPLE_MEDIA.test(lower)) return "sample";
  if (/^tech(?:nical)?[-_]?report\.(?:md|tex)$/.test(base)) return "report";
  if (/^(?:ya?ml|gin|toml|json)$/.test(extension) && isSettings(lower, extension)) return "settings";
  if (DATA.has(extension)) return roleOfRecords(lower, base, extension);
  return CODE.has(extension) ? "code" : undefined;
}

function isProse(extension: string): boolean {
  return /^(?:|md|markdown|rst|txt)$/.test(extension);
}

/** Settings by name and place; in a folder of data or results a JSON file is records. */
function isSettings(lower: string, extension: string): boolean {
  if (NOT_SETTINGS.test(lower) || !SETTINGS.test(lower)) return false;
  return extension !== "json" || !(DATA_FOLDER.test(lower) || DATA_IN_FOLDER.test(lower) || EVALUATION_FOLDER.test(lower));
}

/** The nearest folder that says so decides: data of an evaluation are in `eval/data/`, results in `data/results/`. */
function roleOfRecords(lower: string, base: string, extension: string): FileRole | undefined {
  const isText = /^(?:jsonl?|csv|tsv|txt)$/.test(extension);
  const inData = Math.max(endOf(DATA_FOLDER, lower), endOf(DATA_IN_FOLDER, lower));
  const inEvaluation = endOf(EVALUATION_FOLDER, lower);
  if (inEvaluation > inData)
    return extension === "json" ||
      (isText && /(?:^|\/)(?:[\w.]{1,40}[-_])?(?:results?|leaderboards?|scores)(?:[-_][\w.]{1,40})?\//.test(lower))
      ? "results"
      : extension === "txt"
        ? undefined
        : "data";
  if (inData > 0 || DATA_NAME.test(base) || extension === "parquet" || extension === "arrow") return "data";
  return undefined;
}

/** Where the last folder of a kind ends in a path; 0 where it has no such folder. */
function endOf(folder: RegExp, path: string): number {
  let end = 0;
  for (let at = folder.exec(path); at !== null;) {
    end += at.index + at[0].length - 1;
    at = folder.exec(path.slice(end));
  }
  return end;
}

const INTERMEDIATE =
  /(?:^|\/)(?:checkpoint|ckpt|global[-_]?step|step|iter(?:ation)?|epoch)s?[-_]?\d+[a-z]?(?:\/|[-_.])|(?:^|\/)(?:intermediate[-_])?checkpoints?\//;

/** Whether weights at this path are of a state before the final one. */
export function isIntermediate(name: string): boolean {
  return INTERMEDIATE.test(name.toLowerCase());
}

/** Whether data at this path are for evaluation: `test`, `eval`, `validation`, `benchmark` in a name. */
export function isForEvaluation(name: string): boolean {
  return /(?:^|[/_.-])(?:test|eval|evaluation|valid|validation|dev|benchmark|mmlu|gsm8k|humaneval|mbpp|ceval|lambada|hellaswag)s?(?:[/_.-]|$)/.test(
    name.toLowerCase(),
  );
}
