import type { Reason } from "../reason.ts";

/** Configurations of Keras models, in archives and HDF5 files. */
export const KERAS_REASONS = {
  "keras/code": {
    outcome: "code",
    title: "a Keras layer that runs code of the file or of a place that it names",
    advice: "convert",
    meaning:
      "The configuration has a layer or function that carries compiled Python code, unpickles a module, or loads a program from a " +
      "path. Keras refuses some of these unless it is told otherwise; other versions do not.",
    abuse: "A Lambda layer runs its function as soon as the model is loaded (CVE-2024-3660, CVE-2025-9906).",
  },
  "keras/class": {
    outcome: "code",
    title: "a Keras model that names a class outside of Keras",
    advice: "waive",
    meaning:
      "Keras imports the module that the configuration names, or looks for a class that its caller has registered, and builds an " +
      "object of it with arguments of the file.",
    abuse:
      "Versions before 3.9 import and call anything: `module` and `class_name` of the configuration name any function of Python " +
      "(CVE-2025-1550).",
  },
  "keras/function": {
    outcome: "code",
    title: "a Keras model that names a function that is not allowed",
    advice: "waive",
    meaning:
      "The configuration names a function that is not one of the activations, losses, metrics, initializers, regularizers and " +
      "constraints of Keras.",
    abuse:
      "`keras.utils.get_file` writes a file from the network to where the configuration says (CVE-2025-8747); " +
      "`keras.config.enable_unsafe_deserialization` turns off the protection against the next object (CVE-2025-9906).",
  },
  "keras/file-access": {
    outcome: "code",
    title: "a Keras layer that reads a file or address",
    advice: "ask-publisher",
    meaning: "The vocabulary of a text layer is given as a path or an address, which Keras reads when it loads the model.",
    abuse: "Files of the machine become part of the model, and addresses inside of its network are asked (CVE-2025-12058).",
  },
  "keras/unknown-class": {
    outcome: "unknown",
    title: "a class of Keras that Assay does not know",
    advice: "waive",
    meaning: "The configuration names a class in a module of Keras that is not on the list: newer than the list, or not there at all.",
  },
  "keras/malformed": {
    outcome: "invalid",
    title: "a Keras archive that Keras cannot load",
    advice: "download-again",
    meaning:
      "The archive lacks `config.json`, `metadata.json` or the weights, or its configuration is not the JSON of a model. What can " +
      "be read of it is examined.",
  },
} as const satisfies Readonly<Record<string, Reason>>;
