import type { Reason } from "../reason.ts";

/** Programs, compiled models, and formats that are recognized by name or first bytes only. */
export const PROGRAM_REASONS = {
  "tflite/code-operator": {
    outcome: "code",
    title: "a TensorFlow Lite operator that acts outside of the graph",
    advice: "ask-publisher",
    meaning: "The model has an operator of TensorFlow, such as `FlexWriteFile`, that reads or writes files or connects to other computers.",
    abuse:
      "The operators of TensorFlow that are a danger in a SavedModel are one in TensorFlow Lite too, where the program has the Flex library.",
  },
  "tflite/custom-operator": {
    outcome: "code",
    title: "a TensorFlow Lite operator of a library that must be loaded",
    advice: "read-code",
    meaning:
      "The model has a custom operator that the interpreter does not bring: a library with it must be loaded first, and that is code.",
  },
  "tflite/unknown-operator": {
    outcome: "unknown",
    title: "a TensorFlow Lite operator that is not in the list",
    advice: "look-at-it",
    meaning: "The model has an operator that is neither one of TensorFlow Lite 2.21 nor one of TensorFlow that only computes.",
  },
  "format/not-read": {
    outcome: "unknown",
    title: "a format that Assay recognizes and does not read",
    advice: "look-at-it",
    meaning:
      "The file is of a known format of models or data, by its first bytes or its name, and Assay has no reader for it. What a loader does " +
      "with it cannot be told.",
  },
  "format/compiled": {
    outcome: "code",
    title: "a model compiled for a device",
    advice: "ask-publisher",
    meaning:
      "The file holds code for a processor or accelerator, which the runtime starts without a look at it: a TensorRT engine, a plan for a " +
      "neural processor. It may also carry plug-ins.",
    abuse: "A TensorRT engine can hold the library of a plug-in, which is loaded with it.",
  },
  "program/machine-code": {
    outcome: "code",
    title: "a program or library",
    advice: "read-code",
    meaning: "The file is machine code or the like: a program, a shared library, a WebAssembly module. Data has no need of it.",
    abuse: "A library beside a model is loaded by a custom operator or by code of the model.",
  },
  "program/byte-code": {
    outcome: "code",
    title: "compiled code of Python or Java",
    advice: "read-code",
    meaning: "The file is compiled Python, a Java class or an archive of them. An import runs it, and its source is not there to be read.",
    abuse: "A module is imported from its compiled form where the source is missing.",
  },
  "program/script": {
    outcome: "unknown",
    title: "a script",
    advice: "read-code",
    meaning: "The file is a script. No loader runs it, but instructions that come with a model may ask people to.",
    abuse: "The card of a model says to start `install.sh` first.",
  },
  "program/git": {
    outcome: "unknown",
    title: "a setting or hook by which git runs a program",
    advice: "look-at-it",
    meaning:
      "The model has a `.git` folder whose settings may name a program, or a hook that is not git-lfs's own. No loader reads them: git runs them " +
      "as soon as it is used in the folder, which an editor or a prompt does by itself.",
    abuse: "An archive with a model brings `.git/config` with `fsmonitor`: a clone never copies one, an archive does.",
  },
} as const satisfies Readonly<Record<string, Reason>>;
