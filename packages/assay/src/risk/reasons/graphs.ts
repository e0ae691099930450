import type { Reason } from "../reason.ts";
import { PROGRAM_REASONS } from "./programs.ts";

/** Graphs of operators and what holds them: ONNX, TensorFlow, HDF5. */
export const GRAPH_REASONS = {
  ...PROGRAM_REASONS,
  "onnx/code-operator": {
    outcome: "code",
    title: "an ONNX operator that runs code",
    advice: "ask-publisher",
    meaning:
      "A node of the graph has an operator that calls a function by its name (`PyOp`, `PythonOp`, `ATen`) or loads machine code for a " +
      "device (`EPContext`, `Snpe`). Nodes of subgraphs, functions and training graphs count alike.",
    abuse: "The graph looks like any other in a viewer; one node hands the input to a function that its author chose.",
  },
  "onnx/custom-operator": {
    outcome: "code",
    title: "an ONNX operator of a library that the runtime must load",
    advice: "read-code",
    meaning:
      "A node has an operator of a domain that no runtime has built in, and the model does not define it as a function. The session " +
      "only starts after a library with the operator was loaded, and that library is code.",
    abuse: "The model comes with a library and instructions to register it (`register_custom_ops_library`).",
  },
  "onnx/unknown-operator": {
    outcome: "unknown",
    title: "an ONNX operator that is not in the list",
    advice: "look-at-it",
    meaning:
      "The domain of the operator is one that runtimes have built in, and the operator is not in the list of this version of Assay. It may " +
      "be newer than the list.",
  },
  "onnx/outside-path": {
    outcome: "code",
    title: "ONNX weights in a file outside the model",
    advice: "ask-publisher",
    meaning:
      "A tensor is stored in another file, and the path to it is absolute, has `..` in it or is not a plain relative path. Loading the model " +
      "reads that file of the computer, or an address in memory (`*/_ORT_MEM_ADDR_/*`), and the graph can return what it has read.",
    abuse:
      "CVE-2022-25882 and CVE-2024-27318: files outside the model are read through `external_data`; CVE-2025-51480: files are written.",
  },
  "onnx/missing-data": {
    outcome: "unknown",
    title: "ONNX weights in a file that is not here",
    advice: "download",
    meaning:
      "A tensor is stored in another file of the folder, and this file was not examined with the model: it is missing, or the model was " +
      "given without its folder.",
  },
  "onnx/data-range": {
    outcome: "invalid",
    title: "ONNX weights beyond the end of their file",
    advice: "download-again",
    meaning: "A tensor is stored in another file, which ends before the last byte of the tensor.",
  },
  "onnx/unknown-field": {
    outcome: "unknown",
    title: "a field that ONNX does not define",
    advice: "look-at-it",
    meaning:
      "The model has a field that the published format does not have, a field of another type, or one twice that may be there once. A " +
      "loader that knows more, or takes the other of the two, sees another model than was examined.",
    abuse: "A scanner takes the first of two values, the loader the last.",
  },
  "tensorflow/code-operator": {
    outcome: "code",
    title: "a TensorFlow operator that acts outside of the graph",
    advice: "ask-publisher",
    meaning:
      "A node of the graph or of a function reads or writes files, connects to other computers, or calls a function of the Python " +
      "program (`ReadFile`, `WriteFile`, `PyFunc`, `DebugIdentity` ...). It does so as soon as the graph runs, and parts of a " +
      "SavedModel run when it is loaded.",
    abuse:
      "A model of `tf.keras` or TensorFlow is given a node that writes a file, or reads one into its answer; TensorFlow calls models " +
      "programs, and has no protection against it.",
  },
  "tensorflow/unknown-operator": {
    outcome: "unknown",
    title: "a TensorFlow operator that is not in the list",
    advice: "look-at-it",
    meaning:
      "A node has an operator that is neither among those that only compute nor a function of the model. It may be newer than the list, " +
      "or come from a library that must be loaded first.",
  },
  "tensorflow/checkpoint-path": {
    outcome: "code",
    title: "a checkpoint that is read or written where the model says",
    advice: "ask-publisher",
    meaning:
      "Every model that can be saved has operators that save and restore checkpoints, at the path which TensorFlow gives them. Here one " +
      "of them has a path of the model's own.",
    abuse: "`SaveV2` with a constant path writes a file of the model's choice without any operator that a list of dangerous ones has.",
  },
  "tensorflow/outside-path": {
    outcome: "code",
    title: "a TensorFlow model that names files outside of it",
    advice: "ask-publisher",
    meaning: "An asset or checkpoint of the model has a path that is absolute or has `..` in it: loading the model reads that file.",
  },
  "tensorflow/checkpoint-elsewhere": {
    outcome: "note",
    title: "a list of checkpoints that names one outside the model",
    advice: "none",
    meaning:
      "TensorFlow writes down where a checkpoint was saved. Where that is an absolute path, loading the newest checkpoint reads numbers " +
      "from there, if there are any.",
  },
  "tensorflow/registered-class": {
    outcome: "unknown",
    title: "an object of a class that a program registers",
    advice: "waive",
    meaning: "TensorFlow looks for a class of this name among those that the program has registered, and gives it data of the model.",
  },
  "tensorflow/keras-code": {
    outcome: "code",
    title: "a Keras layer in a SavedModel that carries or names code",
    advice: "ask-publisher",
    meaning:
      "The configuration of a Keras object has a layer such as `Lambda`, which runs Python code of the configuration. Keras 2 builds the " +
      "layer when `load_model` reads the SavedModel; TensorFlow itself does not.",
    abuse: "CVE-2024-3660: a Lambda layer runs its code when the model is loaded.",
  },
  "tensorflow/keras-metadata": {
    outcome: "unknown",
    title: "a Keras configuration in a SavedModel that cannot be read",
    advice: "look-at-it",
    meaning: "The configuration of a Keras object is not JSON, or longer than is read.",
  },
  "tensorflow/missing-data": {
    outcome: "unknown",
    title: "variables in a file that is not here",
    advice: "download",
    meaning:
      "The variables of the model are in files beside it, and one of them was not examined with it: it is missing, or the model was given " +
      "without its folder.",
  },
  "tensorflow/data-range": {
    outcome: "invalid",
    title: "variables beyond the end of their file",
    advice: "download-again",
    meaning: "The index of the checkpoint names bytes that the data file does not have.",
  },
  "tensorflow/unknown-field": {
    outcome: "unknown",
    title: "a field that TensorFlow does not define",
    advice: "look-at-it",
    meaning:
      "The graph has a field that TensorFlow 2.21 does not have, a field of another type, or one twice that may be there once. A loader " +
      "that knows more, or takes the other of the two, sees another graph than was examined.",
  },
  "hdf5/external-file": {
    outcome: "code",
    title: "HDF5 content in another file",
    advice: "ask-publisher",
    meaning:
      "A link, a dataset or a part of a dataset names another file. The library opens it wherever it is, and the program gets what is in " +
      "it as if it were a part of the model.",
    abuse: "CVE-2026-1669: Keras reads any file of the computer through external storage of an HDF5 file of weights.",
  },
  "hdf5/unknown-link": {
    outcome: "unknown",
    title: "a link that a program defines",
    advice: "look-at-it",
    meaning: "An HDF5 group has a link of a kind that is not in the specification: a program must register what it does.",
  },
  "hdf5/filter": {
    outcome: "unknown",
    title: "an HDF5 dataset that needs a filter of a library",
    advice: "look-at-it",
    meaning: "A dataset is compressed with a filter that HDF5 does not have built in: the library loads a plug-in to read it.",
  },
  "hdf5/pytables": {
    outcome: "unknown",
    title: "an HDF5 file of PyTables or hickle",
    advice: "convert",
    meaning:
      "PyTables and `pandas.read_hdf` unpickle attributes and arrays of objects of files that PyTables has written, and hickle those of its own. " +
      "Assay does not look into these.",
    abuse: "A pickle in an attribute runs when the file is opened.",
  },
  "hdf5/configuration": {
    outcome: "unknown",
    title: "a Keras configuration in an HDF5 file that cannot be read",
    advice: "look-at-it",
    meaning:
      "The attribute that holds the configuration of the Keras model is not one text, or is not at the root of the file, where Keras looks.",
  },
} as const satisfies Readonly<Record<string, Reason>>;
