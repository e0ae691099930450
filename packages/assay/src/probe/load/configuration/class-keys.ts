import { IMPORTED_NAMES } from "../../../risk/allowed/configuration-names.ts";

/** Keys of files that are instructions to a library that instantiates whatever they name. */
const TARGETS = new Set(["_target_", "_component_", "class_path", "loader_module"]);
/**
 * Keys that are such an instruction to some libraries, and a plain word to others: `target` of latent diffusion, `type` of AllenNLP,
 * Haystack and Kedro, `implementation` of MLServer, `uses` of Rasa, nnU-Net's.
 */
const MAYBE_TARGETS = new Set(["target", "type", "implementation", "uses", "network_class_name"]);
/** `cls`, `class`, `worker_cls` and `worker-extension-cls` of vLLM; those that end in `_class` have a rule of their own. */
const CLASS_KEY = /^(?:class|(?:.*[-_])?cls)$/;
/** Keys of servers, whose text is a module and what to take from it, in either way. */
const ENTRY_KEYS = new Set(["class_name", "import_path", "entry_point", "entrypoint", "factory", "logits_processors", "logits-processors"]);
/** Keys of modules to import: of mmengine, and of AllenNLP. */
const MODULES = new Set(["custom_imports", "include_package"]);
/** Modules in the list under `imports`, of DeepPavlov. */
const MODULE = /^[A-Za-z_]\w*(?:\.\w+)*$/;
const IDENTIFIERS = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/;
/** DeepPavlov's way to write it. */
const MODULE_AND_CLASS = /^[A-Za-z_][\w.]*:[A-Za-z_]\w*$/;
/** Endings of file names, as they are written: the name of a class, such as `Model`, has another end. */
const FILE =
  /\.(?:bin|ckpt|csv|gguf|gz|h5|jpe?g|jsonl?|log|md|model|mp3|mp4|npy|npz|onnx|pkl|png|pth?|py|safetensors|tar|tsv|txt|wav|ya?ml|zip)$/;

/** Whether a library instantiates what this key names, whatever it is. */
export function isTarget(key: string): boolean {
  return TARGETS.has(key);
}

/** Whether a library instantiates the class or function that `text` names under this key. */
export function mayInstantiate(key: string, text: string): boolean {
  if (ENTRY_KEYS.has(key) && MODULE_AND_CLASS.test(text)) return true;
  return (MAYBE_TARGETS.has(key) || CLASS_KEY.test(key)) && namesClass(text);
}

/** Whether what is under this key, or in a list under it, are modules to import. */
function namesModules(key: string | number | undefined): boolean {
  return typeof key === "string" && MODULES.has(key);
}

/** Whether a text is a module to import, by the keys that lead to it. */
export function isModule(path: readonly (string | number)[], text: string): boolean {
  if (path.includes("custom_imports") || namesModules(path.at(-1)) || namesModules(path.at(-2))) return true;
  return typeof path.at(-1) === "number" && path.at(-2) === "imports" && MODULE.test(text);
}

/** Whether a text under a key such as `target` can only be a class or function: a name with dots that is not a file's. */
export function namesClass(text: string): boolean {
  return IDENTIFIERS.test(text) && !FILE.test(text) && !IMPORTED_NAMES.has(text);
}

/** What makes objects of a map in JSON: GluonTS by `__kind__`, LangChain by the type `constructor`. */
export function objectMaker(key: string | number | undefined, text: string): string | undefined {
  if (key === "__kind__") return "GluonTS";
  return key === "type" && text === "constructor" ? "LangChain" : undefined;
}

/** Whether a setting asks for trust, in any of the spellings that programs take: `trust-remote-code`, `trustRemoteCode`. */
export function isTrustKey(key: string): boolean {
  return key.replaceAll(/[-_]/g, "").toLowerCase() === "trustremotecode";
}
