import type { Reason } from "../reason.ts";

/** Configuration in JSON and YAML. */
export const CONFIGURATION_REASONS = {
  "config/remote-code": {
    outcome: "code",
    title: "configuration that names code",
    advice: "read-code",
    meaning:
      "The file has `auto_map`, `custom_pipelines`, a pipeline class in a file of the model, or another entry that names Python code, in the model or in " +
      "another repository. Libraries run it where they are told to trust the repository (`trust_remote_code=True`), and some always do.",
    abuse:
      "A model that needs `trust_remote_code` runs whatever its repository holds on that day. The key can be spelled with escapes (`\\u0061uto_map`), " +
      "which a search for the text misses and JSON does not. In CVE-2025-66448 and CVE-2026-4944, vLLM ran such code although the caller had not allowed it.",
  },
  "config/trust-remote-code": {
    outcome: "code",
    title: "configuration that asks for code to be trusted",
    advice: "read-code",
    meaning:
      "The file sets `trust_remote_code`. Libraries that take the value from the file run the code of a repository without a question to the user.",
    abuse: "The caller never said that code may run: the model does.",
  },
  "config/imported-name": {
    outcome: "code",
    title: "configuration that imports a name that is not in the list",
    advice: "waive",
    meaning:
      "`modules.json`, `model_index.json`, `activation_function`, `_target_` and their like name a module and a class, which the library imports and calls; " +
      "so do `type` for AllenNLP, Haystack and Kedro, `implementation` for MLServer, `uses` for Rasa, where their text is a name with dots. " +
      "The list has those of sentence-transformers, diffusers, transformers and PyTorch. Others can be allowed by their exact names.",
    abuse: "CVE-2025-23304: a NeMo model's `_target_` names any function of any installed module, and loading calls it.",
  },
  "config/expression": {
    outcome: "unknown",
    title: "configuration with Python code in a text",
    advice: "ask-publisher",
    meaning:
      "A text of the file has `__import__` or another name by which Python code reaches its own objects, or is what a library is known to evaluate. " +
      "As data, it says nothing.",
    abuse:
      "Some libraries evaluate what their configuration says: YOLOv5 passes the names of layers in a YAML file, and metadata of an ONNX model, to `eval`; " +
      "MONAI evaluates texts that begin with `$`; torch.export hands `expr_str` to SymPy, which evaluates it.",
  },
  "config/encoded-pickle": {
    outcome: "code",
    title: "configuration with a pickle in base 64",
    advice: "ask-publisher",
    meaning:
      "A text of the file is a pickle of Python, written in base 64. A library that decodes it unpickles it, which can call anything.",
    abuse: "Stable-Baselines3 keeps classes and schedules under `:serialized:` in JSON, and unpickles them when the model is loaded.",
  },
  "config/outside-path": {
    outcome: "unknown",
    title: "configuration that leads out of the model",
    advice: "ask-publisher",
    meaning:
      "`modules.json`, or `ckpt_path` in YAML, has a part of the model loaded from an absolute path, from one with `..` in it, or from a checkpoint " +
      "that the model does not have. What is there was not examined.",
    abuse: "A part that another download left on the computer is loaded with this model.",
  },
  "config/adapter-base": {
    outcome: "note",
    title: "an adapter of another model",
    advice: "none",
    meaning: "The model is an adapter: loading it also loads the model that it names, which was not examined.",
    abuse: "The adapter is harmless, and the model that it names is not.",
  },
  "config/malformed": {
    outcome: "invalid",
    title: "configuration that is not JSON",
    advice: "download-again",
    meaning: "The file is not JSON, not even as Python reads it (with NaN and Infinity). It is truncated, empty or damaged.",
  },
  "config/too-large": {
    outcome: "unknown",
    title: "configuration beyond what is read",
    advice: "look-at-it",
    meaning: "The file is larger, or nested deeper, than any published one, or has more templates.",
    abuse: "Readers that call themselves for each level crash on JSON that is nested deep enough.",
  },
  "config/yaml-tag": {
    outcome: "code",
    title: "YAML that makes Python objects",
    advice: "ask-publisher",
    meaning: "A tag such as `!!python/object/apply:os.system` has PyYAML call what it names, where the file is not loaded by `safe_load`.",
    abuse: "CVE-2020-14343 and its predecessors; hyperparameters of training frameworks are often loaded that way.",
  },
  "config/yaml-unknown-tag": {
    outcome: "unknown",
    title: "YAML with a tag that is not YAML's own",
    advice: "look-at-it",
    meaning: "What a tag such as `!name` does is decided by the program that reads the file.",
  },
} as const satisfies Readonly<Record<string, Reason>>;
