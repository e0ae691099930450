import type { ComponentName } from "../../openness/components.ts";

/** What a piece of code does, by its name and by plain search in its text; nothing is run. */
export interface CodeSign {
  readonly component: ComponentName;
  /** The words in it that show this. */
  readonly why: string;
}

interface CodeRule {
  readonly component: ComponentName;
  /** The file's name, or a folder above it. */
  readonly name: RegExp;
  /** What its text must hold. */
  readonly signs: readonly RegExp[];
  /** Signs that are enough under any name. */
  readonly plain?: RegExp;
}

const NOT_CODE = /(?:^|\/)(?:tests?|docs?|examples?|\.github|node_modules|site-packages)\//;

/** In the order in which a file is tried; a file may be several. */
const RULES: readonly CodeRule[] = [
  {
    component: "Model architecture",
    name: /(?:^|[/_-])(?:model(?:l?ing)?|architecture|network|transformer)(?:[_./-]|$)/,
    signs: [
      /\bnn\.Module\b/,
      /\bPreTrainedModel\b/,
      /\bkeras\.(?:Model|layers)\b/,
      /\bflax\.linen\b|\beqx\.Module\b/,
      /\btf\.Module\b/,
      /\bSequential\(/,
    ],
    plain: /class\s+\w{1,80}\((?:\w+\.)?(?:nn\.Module|\w*PreTrainedModel|GenerationMixin|keras\.Model|tf\.keras\.Model)\b/,
  },
  {
    component: "Training code",
    name: /(?:^|[/_-])(?:pre_?)?(?:train(?:er|ing)?|finetun(?:e|ing)|fine_tun(?:e|ing)|sft|dpo|rlhf|pretrain(?:ing)?)(?:[_./-]|$)/,
    signs: [
      /\.backward\(/,
      /\boptimizer\b/i,
      /\b(?:SFT|DPO|PPO|Seq2Seq)?Trainer\(/,
      /\.fit\(/,
      /\b(?:torchrun|deepspeed|accelerate launch)\b/,
      /\bTrainingArguments\b/,
      /\bpytorch_lightning\b|\blightning\b/,
    ],
  },
  {
    component: "Inference code",
    name: /(?:^|[/_-])(?:infer(?:ence)?|generat(?:e|ion)|predict(?:ion)?|serv(?:e|er|ing)|chat|demo|app|sampl(?:e|ing)|handler|pipeline)(?:[_./-]|$)/,
    signs: [
      /\.generate\(/,
      /\bpipeline\(/,
      /\bfrom_pretrained\(/,
      /\bInferenceSession\(/,
      /\btorch\.(?:no_grad|inference_mode)\b/,
      /\.predict\(/,
      /\bload_model\(/,
      /\bload_state_dict\(/,
    ],
  },
  {
    component: "Evaluation code",
    name: /(?:^|[/_-])(?:eval(?:s|uate|uation)?|benchmarks?|lm_eval|score|metrics?)(?:[_./-]|$)/,
    signs: [
      /\blm_eval\b/,
      /\bevaluate\.load\(/,
      /\baccuracy\b/i,
      /\bcompute_metrics\b/,
      /\b(?:bleu|rouge|perplexity|f1_score|exact_match)\b/i,
      /\bpass(?:@|_at_)k?/,
    ],
  },
  {
    component: "Data preprocessing code",
    name: /(?:^|[/_-])(?:pre_?process(?:ing)?|prepare|prepare_data|data_prep(?:aration)?|clean(?:ing)?|dedup(?:licate|lication)?|filter(?:ing)?|tokenize_data|process_data|make_dataset)(?:[_./-]|$)/,
    signs: [
      /\bload_dataset\(/,
      /\bpandas\b|\bpd\./,
      /\.map\(/,
      /\btokenizer\b/,
      /\bjson\.loads\(/,
      /\bre\.sub\(/,
      /\bpyspark\b|\bdatatrove\b|\bpolars\b/,
      /\bdedup/i,
    ],
  },
];

/** Which components a piece of code is: its name and its text must both say so. `name` is from the model's root. */
export function signsOfCode(name: string, text: string): CodeSign[] {
  const lower = name.toLowerCase();
  if (NOT_CODE.test(lower) || !hasCode(text)) return [];
  const signs: CodeSign[] = [];
  for (const { component, name: pattern, signs: wanted, plain } of RULES) {
    const plainly = plain === undefined ? undefined : plain.exec(text)?.[0];
    const seen = pattern.test(lower) ? wanted.map((sign) => sign.exec(text)?.[0]).find((match) => match !== undefined) : undefined;
    const word = plainly ?? seen;
    if (word !== undefined) signs.push({ component, why: `has ${shorten(word)}` });
  }
  return signs;
}

/** A line that is neither blank nor a comment. */
function hasCode(text: string): boolean {
  return text.split("\n", 2_000).some((line) => /^\s*[^\s#/*'"]/.test(line));
}

/** Without the bracket that a call begins with and what follows. */
function shorten(word: string): string {
  const plain = word.replace(/\(.*$/s, "").replace(/\s+/g, " ").trim();
  return plain.length <= 40 ? plain : `${plain.slice(0, 39)}…`;
}
