import type { Examiner } from "../examiner.ts";
import { CHECKPOINT_EXAMINER, CHECKPOINT_STATE_EXAMINER, FINGERPRINT_EXAMINER, KERAS_METADATA_EXAMINER } from "./checkpoint.ts";
import { HDF5_EXAMINER } from "./hdf5.ts";
import { ONNX_EXAMINER } from "./onnx.ts";
import { CTRANSLATE2_EXAMINER, IMATRIX_EXAMINER, MESSAGE_PACK_EXAMINER } from "./plain-tensors.ts";
import { PROGRAM_EXAMINERS, SCRIPT_EXAMINER } from "./programs.ts";
import { RECOGNIZED_EXAMINERS } from "./recognized.ts";
import { FROZEN_GRAPH_EXAMINER, META_GRAPH_EXAMINER, SAVED_MODEL_EXAMINER } from "./tensorflow.ts";
import { TENSORFLOW_JS_EXAMINER } from "./tfjs.ts";
import { TFLITE_EXAMINER } from "./tflite.ts";
import { SENTENCEPIECE_EXAMINER, TIKTOKEN_EXAMINER } from "./tokenizers.ts";

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
  TFLITE_EXAMINER,
  TENSORFLOW_JS_EXAMINER,
  CTRANSLATE2_EXAMINER,
  TIKTOKEN_EXAMINER,
  SENTENCEPIECE_EXAMINER,
  MESSAGE_PACK_EXAMINER,
  IMATRIX_EXAMINER,
  ...RECOGNIZED_EXAMINERS,
  ...PROGRAM_EXAMINERS,
  SCRIPT_EXAMINER,
];
