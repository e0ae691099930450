import type { ScanCase } from "../../support/scan/case.ts";
import { GRAPH_HOSTILE_CASES } from "./graphs-hostile.ts";
import { HDF5_CASES } from "./hdf5.ts";
import { ONNX_CASES } from "./onnx.ts";
import { PLAIN_TENSOR_CASES } from "./plain-tensors.ts";
import { PROGRAM_CASES } from "./programs.ts";
import { TENSORFLOW_CASES } from "./tensorflow.ts";
import { TFLITE_CASES } from "./tflite.ts";

/** Graphs, compiled models and programs. */
export const GRAPH_CASES: readonly ScanCase[] = [
  ...GRAPH_HOSTILE_CASES,
  ...HDF5_CASES,
  ...ONNX_CASES,
  ...TENSORFLOW_CASES,
  ...TFLITE_CASES,
  ...PLAIN_TENSOR_CASES,
  ...PROGRAM_CASES,
];
