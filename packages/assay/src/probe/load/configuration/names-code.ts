import type { JsonEvent } from "../../../formats/json/walk-json.ts";
import { ARCHITECTURE_MODULE, BUILT_IN_HANDLERS, IMPORTED_NAMES, PIPELINE_LIBRARIES } from "../../../risk/allowed/configuration-names.ts";
import type { ReasonId } from "../../../risk/reasons.ts";
import { isModule, isTarget, isTrustKey, mayInstantiate, objectMaker } from "./class-keys.ts";
import { isEncodedPickle } from "./encoded-pickle.ts";
import { isVocabularyName } from "./vocabulary-names.ts";

/** Something in configuration that has a loader import or run code. */
export interface NamedCode {
  readonly reason: ReasonId;
  readonly what: string;
  /** The exact name that is imported, where there is one. */
  readonly name: string | undefined;
  /** Only to be reported where the model has this file. */
  readonly file?: string | undefined;
}

/** Keys under which sentence-transformers imports what a text with dots names. */
const IMPORTING = new Set([
  "activation_function",
  "activation_fn",
  "sbert_ce_default_activation_function",
  "tokenizer_class",
  "module_class",
]);
/** Keys that make transformers fetch kernels from a hub, where the text names a repository. */
const KERNELS = /^_?(?:attn|experts)_implementation(?:_internal)?$/;
/** Lists of the parts of a pipeline: `[library, class]` each. */
const PIPELINES = new Set(["model_index.json", "modular_model_index.json"]);
/** What PEFT imports for layers of Megatron, as it writes it into every file. */
const MEGATRON = "megatron.core";

const EXPRESSION = /\b__(?:import|builtins|globals|subclasses)__\b/;
/** What MONAI evaluates: `$import os`, `$os.system("id")`. */
const DOLLAR = /^\$(?:\s*(?:import|from)\s|(?![{\d\s])[\s\S]*\()/;
const DOTTED = /^[^\s.\d][^\s]*\.[^\s.]+$/;

/** What one value of a configuration file names; undefined where it is data. `base` is the file's name without its folder. */
export function namedCode({ kind, path, value }: JsonEvent, base: string): NamedCode | undefined {
  const key = path.at(-1);
  if (typeof key === "string" && isTrustKey(key)) return trusted(kind, value);
  // jsonpickle makes objects and calls of them: {"py/reduce": [{"py/function": "os.system"}, ...]}.
  if (typeof key === "string" && key.startsWith("py/"))
    return imported(kind === "text" ? value() : key, "has jsonpickle make an object of");
  if (kind !== "text") return undefined;
  if (path.includes("auto_map")) return autoMap(value(), path.at(-1));
  if (base === "configuration.json" && path.at(-2) === "plugins") return imported(value(), "has ModelScope install and import");
  if (isModule(path, value())) return imported(value(), "has a library import");
  if (path.includes("custom_pipelines") || key === "custom_pipeline") return remote(`names a pipeline of its own: ${value()}`, value());
  if (PIPELINES.has(base) && path.length === 2) return pipelinePart(path, value());
  if (PIPELINES.has(base) && path.at(-2) === "type_hint") return pipelinePart([path[0] ?? "", key ?? 0], value());
  if (typeof key === "string" && (isTarget(key) || mayInstantiate(key, value()))) return imported(value(), "instantiates");
  const maker = objectMaker(key, value());
  if (maker !== undefined) return { reason: "config/imported-name", what: `has ${maker} make objects of it`, name: undefined };
  if (key === "megatron_core" && value() !== MEGATRON) return imported(value(), "imports");
  if (base === "manifest.json" && key === "handler" && path[0] === "model" && !BUILT_IN_HANDLERS.has(value()))
    return remote(`names the handler ${value()}, which TorchServe runs`, value());
  if (key === "custom_generate") return remote(`names code that generates: ${value()}`, value());
  if (path.some((one) => typeof one === "string" && KERNELS.test(one)) && /[/:]/.test(value()))
    return remote(`names machine code of a hub: ${value()}`, value());
  if (key === "parent_library" && !ARCHITECTURE_MODULE.test(value())) return imported(value(), "imports");
  if (base === "modules.json" && key === "path" && isOutside(value())) return outside(value());
  if (isImporting(path, base, value)) return IMPORTED_NAMES.has(value()) ? undefined : imported(value(), "imports");
  if (isVocabularyName(base)) return undefined;
  // torch.export hands it to SymPy, which evaluates it.
  if (isExpression(value()) || key === "expr_str")
    return { reason: "config/expression", what: `has a text that is Python code: ${value().slice(0, 80)}`, name: undefined };
  if (isEncodedPickle(value()) || key === ":serialized:")
    return { reason: "config/encoded-pickle", what: `has a pickle in base 64, under ${JSON.stringify(key ?? "")}`, name: undefined };
  if (key === "class_name" && value() === "Lambda") return remote("has a Lambda layer of Keras, which holds code", "Lambda");
  if (/^[^\n]{1,300}\.pyw?$/i.test(value())) {
    // A file that the model does not have is at most where it was trained; MLX loads `model_file` from wherever it is.
    return { ...remote(`names the Python file ${value()}`, value()), file: key === "model_file" ? undefined : value() };
  }
  return undefined;
}

/** Whether a text reaches for Python's own objects, as only code does. Templates have an examiner of their own. */
export function isExpression(text: string): boolean {
  return EXPRESSION.test(text) || DOLLAR.test(text);
}

function isImporting(path: JsonEvent["path"], base: string, value: () => string): boolean {
  const key = path.at(-1);
  if (base === "modules.json" && key === "type") return true;
  // Of a module that routes to others: {"types": {"0_Transformer": "sentence_transformers.models.Transformer"}}.
  const mayImport = path.at(-2) === "types" || (typeof key === "string" && IMPORTING.has(key));
  // Without a dot, it is a name that the library looks up in a list of its own.
  return mayImport && DOTTED.test(value());
}

function trusted(kind: JsonEvent["kind"], value: () => string): NamedCode | undefined {
  if (kind === "false" || kind === "null" || (kind === "number" && Number(value()) === 0) || (kind === "text" && value() === ""))
    return undefined;
  return { reason: "config/trust-remote-code", what: "asks for trust_remote_code, which runs code of a repository", name: undefined };
}

/** `modeling_x.XModel`, or `owner/repository--modeling_x.XModel`. */
function autoMap(text: string, key: string | number | undefined): NamedCode | undefined {
  if (text === "") return undefined;
  const [repository, local] = text.includes("--") ? text.split("--", 2) : [undefined, text];
  const forWhat = typeof key === "string" ? ` for ${key}` : "";
  const where = repository === undefined ? "" : ` of the repository ${repository}`;
  return remote(`has auto_map, which names code${forWhat}: ${local ?? ""}${where}`, text);
}

/** A part of a diffusers pipeline: `[library, class]`; `_class_name` with two texts is a pipeline in a file of the model. */
function pipelinePart([part, index]: JsonEvent["path"], text: string): NamedCode | undefined {
  if (typeof index !== "number") return undefined;
  if (part === "_class_name") return index === 0 ? remote(`names a pipeline of its own: ${text}`, text) : undefined;
  return index > 0 || PIPELINE_LIBRARIES.has(text) ? undefined : imported(text, `has the part ${String(part)} import`);
}

function imported(name: string, verb: string): NamedCode {
  return { reason: "config/imported-name", what: `${verb} ${name}, which is not in the list`, name };
}

function remote(what: string, name: string): NamedCode {
  return { reason: "config/remote-code", what, name };
}

/** Whether a path that is relative to the model leads out of it. */
export function isOutside(path: string): boolean {
  return /^(?:[/\\]|[a-z]:)/i.test(path) || path.split(/[/\\]/).includes("..");
}

function outside(path: string): NamedCode {
  return { reason: "config/outside-path", what: `loads a part from outside the model: ${path}`, name: undefined };
}
