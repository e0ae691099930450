import type { Examiner } from "../examiner.ts";
import { CHECKPOINT_EXAMINER, CHECKPOINT_STATE_EXAMINER, FINGERPRINT_EXAMINER, KERAS_METADATA_EXAMINER } from "./checkpoint.ts";
import { HDF5_EXAMINER } from "./hdf5.ts";
import { ONNX_EXAMINER } from "./onnx.ts";
import { FROZEN_GRAPH_EXAMINER, META_GRAPH_EXAMINER, SAVED_MODEL_EXAMINER } from "./tensorflow.ts";

/** Graphs, compiled models and programs. Of two that a name fits, the one with the longer name is first. */
export const GRAPH_EXAMINERS: readonly Examiner[] = [
  HDF5_EXAMINER,
  ONNX_EXAMINER,
  SAVED_MODEL_EXAMINER,
  FINGERPRINT_EXAMINER,
  KERAS_METADATA_EXAMINER,
  FROZEN_GRAPH_EXAMINER,
  META_GRAPH_EXAMINER,
  CHECKPOINT_EXAMINER,
  CHECKPOINT_STATE_EXAMINER,
];
