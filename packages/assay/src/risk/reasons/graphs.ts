import type { Reason } from "../reason.ts";

/** Graphs and compiled models: ONNX, SavedModel, HDF5, TensorFlow Lite, executables. */
export const GRAPH_REASONS = {} as const satisfies Readonly<Record<string, Reason>>;
