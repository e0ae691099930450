import type { ComponentName } from "../../openness/components.ts";
import { baseOf, isForFineTuning, isOfOtherProject, pathWords } from "../place.ts";
import { isTestCode } from "../test-assets.ts";
import { codeOfNotebook } from "./notebook.ts";
import { CODE_RULES, MAKES_DATA, type CodeRule } from "./rules.ts";

/** What a piece of code does, by its name and by plain search in its text; nothing is run. */
export interface CodeSign {
  readonly component: ComponentName;
  /** The words in it that show this. */
  readonly why: string;
  /** Where they are, from 1; within a notebook, of its code alone. */
  readonly line: number;
  /** How much the name says so: 0 for the file's own, 1 for a folder's, 2 for the text alone. Parts come after wholes. */
  readonly rank: number;
}

/** A notebook among documents shows how the model is used; a script there is about the documents. */
const DOCUMENTATION = /(?:^|\/)docs?\//;
const NOT_CODE = /(?:^|\/)(?:tests?|\.github)\//;

/** Which components a piece of code is. `name` is from the model's root. */
export function signsOfCode(name: string, text: string): CodeSign[] {
  const isNotebook = name.toLowerCase().endsWith(".ipynb");
  if (isAside(name, isNotebook)) return [];
  const code = isNotebook ? (codeOfNotebook(text) ?? text) : text;
  if (!hasCode(code)) return [];
  const own = new Set(pathWords(baseOf(name)));
  if (meets(own, SHOWS)) return [];
  const all = new Set(pathWords(name));
  const signs = CODE_RULES.flatMap((rule) => signOf(rule, own, all, code));
  if (isNotebook && !signs.some(({ component }) => component === "Inference code")) signs.push(...runsInNotebook(all, code));
  if (!signs.some(({ component }) => component === "Data preprocessing code")) signs.push(...makesData(own, code));
  return isForFineTuning(name) ? signs.map((sign) => ({ ...sign, rank: sign.rank + BEHIND })) : signs;
}

/** Whether a file is about the program or of another one, whatever it calls. */
function isAside(name: string, isNotebook: boolean): boolean {
  const lower = name.toLowerCase();
  if (NOT_CODE.test(lower) || isTestCode(name)) return true;
  if (isOfOtherProject(name)) return true;
  return !isNotebook && DOCUMENTATION.test(lower);
}

/** What draws or counts what others did. */
const SHOWS = new Set("plot plots plotting visualize visualization viz".split(" "));
/** What is not the model itself comes behind everything that is. */
const BEHIND = 8;
const PARTS = new Set(
  "layers layer utils util ops lora adapter adapters peft loss losses eval evaluation train training config configs tokenizer quant quantization init common".split(
    " ",
  ),
);

function signOf(
  { component, named, plain, unless, never }: CodeRule,
  own: ReadonlySet<string>,
  all: ReadonlySet<string>,
  code: string,
): CodeSign[] {
  if (never !== undefined && meets(all, never)) return [];
  const rank = rankOf(named, unless, own, all);
  const plainMatch = meets(all, unless) ? null : plainly(plain, code);
  const match = plainMatch ?? (rank < 2 ? named.text.exec(code) : null);
  if (match === null) return [];
  const part = component === "Model architecture" && meets(all, PARTS) ? 3 : 0;
  return [{ component, why: `has ${shorten(match[0])}`, line: lineAt(code, match.index), rank: rank + part }];
}

/** Where the file's own name speaks for something else, that of a folder or a word such as `run` does not count. */
function rankOf(named: CodeRule["named"], unless: CodeRule["unless"], own: ReadonlySet<string>, all: ReadonlySet<string>): number {
  if (meets(own, named.words)) return 0;
  if (meets(own, unless)) return 2;
  if (meets(own, named.own)) return named.notUnder !== undefined && meets(all, named.notUnder) ? 2 : 0;
  return meets(all, named.words) ? 1 : 2;
}

function plainly(lists: CodeRule["plain"], code: string): RegExpExecArray | null {
  for (const [first, ...more] of lists) {
    const match = first?.exec(code) ?? null;
    if (match !== null && more.every((sign) => sign.test(code))) return match;
  }
  return null;
}

const LOADS =
  /\bfrom_pretrained\(|\bload_\w{0,30}model\w{0,20}\(|\bload_state_dict\(|\bload_checkpoint\(|\bcheckpoint\.load\(|\brestore\(|\btorch\.(?:hub\.|jit\.)?load\(|\b\w{1,40}\.load\(\s{0,4}["']|\bInferenceSession\(/;
const RUNS =
  /\bno_grad\b|\binference_mode\b|\.(?:generate|predict|\w{0,20}_?prediction|transcribe|forecast|sample|rollout|decode|infer|encode|embed)(?:_\w{1,20})?\(|\b(?:generate|predict|transcribe|pipe|pipeline)\(/;
const NOT_INFERENCE = new Set(
  "train training finetune finetuning eval evaluation evaluate plot plots analysis analyze data test preprocess".split(" "),
);

/** A notebook that loads a model and runs it, whatever it is called. */
function runsInNotebook(all: ReadonlySet<string>, code: string): CodeSign[] {
  const loads = LOADS.exec(code);
  const runs = RUNS.exec(code);
  if (loads === null || runs === null || meets(all, NOT_INFERENCE)) return [];
  return [
    { component: "Inference code", why: `has ${shorten(loads[0])} and ${shorten(runs[0])}`, line: lineAt(code, loads.index), rank: 2 },
  ];
}

/** A program whose name says that it makes data, and that writes records. */
function makesData(own: ReadonlySet<string>, code: string): CodeSign[] {
  const { verbs, nouns, into, formats, alone, writes } = MAKES_DATA;
  if (!((meets(own, verbs) && meets(own, nouns)) || (meets(own, into) && meets(own, formats)) || meets(own, alone))) return [];
  const match = writes.exec(code);
  if (match === null) return [];
  return [{ component: "Data preprocessing code", why: `has ${shorten(match[0])}`, line: lineAt(code, match.index), rank: 0 }];
}

function meets(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  for (const one of some) if (others.has(one)) return true;
  return false;
}

/** A line that is neither blank nor a comment, among the first ones. */
function hasCode(text: string): boolean {
  let begin = 0;
  for (let line = 0; line < MAX_LINES; line++) {
    LINE_OF_CODE.lastIndex = begin;
    if (LINE_OF_CODE.test(text)) return true;
    begin = text.indexOf("\n", begin) + 1;
    if (begin === 0) return false;
  }
  return false;
}

const MAX_LINES = 2_000;
const LINE_OF_CODE = /[^\S\n]*[^\s#/*'"]/y;

function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < index; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}

/** Without the bracket that a call begins with and what follows. */
function shorten(word: string): string {
  const plain = word
    .replace(/\(\s{0,4}["']?$/s, "")
    .replace(/\s+/g, " ")
    .trim();
  return plain.length <= 40 ? plain : `${plain.slice(0, 39)}…`;
}
