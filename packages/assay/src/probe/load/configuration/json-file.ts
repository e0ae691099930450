import { walkJson, type JsonEvent } from "../../../formats/json/walk-json.ts";
import type { LoadFacts } from "../../../risk/findings.ts";
import { namedCode, type NamedCode } from "./names-code.ts";
import { isTrustKey } from "./class-keys.ts";
import { isVocabularyName } from "./vocabulary-names.ts";

/** What a JSON file of a model holds beyond data. */
export interface JsonFile {
  readonly code: readonly NamedCode[];
  /** Texts under keys of templates, with the way to each. */
  readonly templates: readonly { readonly path: string; readonly text: string }[];
  readonly facts: LoadFacts;
  /** Whether an object in it names a class as Keras does: `class_name` beside `config` or `module`. */
  readonly isKeras: boolean;
  /** The model that an adapter is for. */
  readonly base: string | undefined;
}

const MAX_CODE = 100;
const MAX_TEMPLATES = 64;
/** Keys of templates, in any file: `chat_template`, `rag_template`, `chatTemplate`. */
const TEMPLATE = /template/i;
const CONTEXT = /^(?:max_position_embeddings|n_positions|n_ctx|max_sequence_length|seq_length|max_seq_len|model_max_length)$/;

/** Reads a JSON file of a model. Throws `FormatError`. */
export function readJsonFile(bytes: Uint8Array, name: string): JsonFile {
  const base = name.slice(name.lastIndexOf("/") + 1).toLowerCase();
  const code = new Map<string, NamedCode>();
  const templates: { path: string; text: string }[] = [];
  const facts: { -readonly [Key in keyof LoadFacts]: LoadFacts[Key] } = {};
  let adapted: string | undefined;
  const ofKeras = new KerasObjects();
  const isVocabulary = isVocabularyName(base);
  walkJson(bytes, (event) => {
    // A million words of a vocabulary, in a list or as keys of numbers, name nothing.
    if (isVocabulary && event.path.length > 1 && isWord(event)) return;
    ofKeras.see(event);
    const named = namedCode(event, base);
    if (named !== undefined && code.size < MAX_CODE) code.set(`${named.reason} ${named.what}`, named);
    if (event.kind === "text" && isTemplate(event.path)) templates.push({ path: event.path.join("."), text: event.value() });
    if (base === "config.json" || base === "generation_config.json") addFact(facts, event);
    if (base === "adapter_config.json" && event.kind === "text" && event.path.join(".") === "base_model_name_or_path")
      adapted = event.value();
  });
  return { code: [...code.values()], templates: templates.slice(0, MAX_TEMPLATES + 1), facts, isKeras: ofKeras.isMet, base: adapted };
}

/** Looks for an object that has `class_name` and `config`, or `class_name` and `module`, in whatever order. */
class KerasObjects {
  isMet = false;
  readonly #seen = new Map<string, Set<string>>();

  see({ kind, path }: JsonEvent): void {
    const key = path.at(-1);
    if (this.isMet || typeof key !== "string" || !KERAS_KEYS.has(key) || (key === "class_name" && kind !== "text")) return;
    const parent = path.slice(0, -1).join("\0");
    const keys = this.#seen.get(parent) ?? new Set();
    this.#seen.set(parent, keys.add(key));
    this.isMet = keys.has("class_name") && keys.size > 1;
  }
}

const KERAS_KEYS: ReadonlySet<string> = new Set(["class_name", "config", "module"]);

/** A word of a vocabulary: `model.vocab.WORD`, `model.merges.0`, `model.vocab.0.1`. */
function isWord({ path, kind }: JsonEvent): boolean {
  const key = path.at(-1);
  if (kind === "number") return typeof key !== "string" || !isTrustKey(key);
  return path[0] === "model" && (path[1] === "merges" || (path[1] === "vocab" && typeof path[2] === "number"));
}

/** A text under such a key, at any depth below it: a list of named templates, too. */
function isTemplate(path: JsonEvent["path"]): boolean {
  return path.some((key) => typeof key === "string" && TEMPLATE.test(key));
}

function addFact(facts: { -readonly [Key in keyof LoadFacts]: LoadFacts[Key] }, { kind, path, value }: JsonEvent): void {
  const [first, second, third] = path;
  if (kind === "text" && first === "architectures" && second === 0) facts.architecture = value();
  if (kind === "text" && first === "quantization_config" && second === "quant_method" && third === undefined) facts.quantization = value();
  if (kind !== "number" || path.length > 2) return;
  const key = path.at(-1);
  const length = Number(value());
  if (typeof key === "string" && CONTEXT.test(key) && Number.isSafeInteger(length) && length > 0 && length < 1e12)
    facts.contextLength ??= length;
}
