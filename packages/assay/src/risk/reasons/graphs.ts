import type { Reason } from "../reason.ts";

/** Graphs and compiled models: ONNX, SavedModel, HDF5, TensorFlow Lite, executables. */
export const GRAPH_REASONS = {
  "onnx/code-operator": { outcome: "code", title: "an ONNX operator that runs code", advice: "ask-publisher" },
  "onnx/custom-operator": { outcome: "code", title: "an ONNX operator of a library that the runtime must load", advice: "read-code" },
  "onnx/unknown-operator": { outcome: "unknown", title: "an ONNX operator that is not in the list", advice: "look-at-it" },
  "onnx/outside-path": { outcome: "code", title: "ONNX weights in a file outside the model", advice: "ask-publisher" },
  "onnx/missing-data": { outcome: "unknown", title: "ONNX weights in a file that is not here", advice: "download" },
  "onnx/data-range": { outcome: "invalid", title: "ONNX weights beyond the end of their file", advice: "download-again" },
  "onnx/unknown-field": { outcome: "unknown", title: "a field that ONNX does not define", advice: "look-at-it" },
} as const satisfies Readonly<Record<string, Reason>>;
