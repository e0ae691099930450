import type { Reason } from "../reason.ts";

/** Graphs of operators: ONNX. */
export const GRAPH_REASONS = {
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
} as const satisfies Readonly<Record<string, Reason>>;
