import { hasExtension } from "../../../formats/format.ts";
import { hasSignature } from "../../../formats/first-bytes.ts";
import type { Examiner } from "../examiner.ts";

/** A format that is recognized and not read: what a loader does with the file is not known from here. */
function recognized(format: string, extensions: readonly string[], begins: Examiner["begins"], isDistinctive = true): Examiner {
  return {
    format,
    isNamed: extensions.length === 0 ? () => false : hasExtension(...extensions),
    begins,
    isDistinctive,
    async examine({ report }) {
      report("format/not-read", `is of the format ${format}, which Assay recognizes and does not read`);
    },
  };
}

/** Plans that a runtime hands to a processor. */
function compiled(format: string, extensions: readonly string[], begins: Examiner["begins"], isDistinctive = true): Examiner {
  return {
    format,
    isNamed: hasExtension(...extensions),
    begins,
    isDistinctive,
    async examine({ report }) {
      report("format/compiled", `is ${format}: it holds machine code for a device, and may bring plug-ins`);
    },
  };
}

const starts =
  (...signatures: readonly string[]): Examiner["begins"] =>
  (head) =>
    signatures.some((signature) => hasSignature(head, signature));
const startsAt =
  (signature: string, offset: number): Examiner["begins"] =>
  (head) =>
    hasSignature(head, signature, offset);
const never: Examiner["begins"] = () => false;

export const RECOGNIZED_EXAMINERS: readonly Examiner[] = [
  compiled("a TensorRT engine", ["engine", "plan", "trt"], starts("ftrt", "ptrt")),
  compiled("a model compiled for Core ML", ["mlmodelc"], never, false),
  compiled("an RKNN model", ["rknn"], starts("RKNN")),
  compiled("an ExecuTorch program", ["pte"], startsAt("ET1", 4)),
  compiled("a Hailo program", ["hef"], starts("\u0001HEF")),
  compiled("a Qualcomm context binary", ["dlc"], never, false),
  recognized("ONNX Runtime", ["ort"], startsAt("ORTM", 4)),
  recognized("Core ML", ["mlmodel"], never, false),
  recognized("OpenVINO", [], (head) => /^\s*(?:<\?xml[^>]*>)?\s*<net\s/.test(String.fromCharCode(...head.subarray(0, 512)))),
  recognized("ggml", ["ggml"], starts("lmgg", "fmgg", "tjgg", "algg")),
  recognized("fastText", ["ftz"], starts("\u00ba\u0016\u004f\u002f")),
  recognized("KenLM", ["klm", "arpa"], starts("mmap lm http://kheafield.com/code")),
  recognized("CatBoost", ["cbm"], starts("CBM1")),
  {
    ...recognized("LightGBM", ["lgb"], (head) => /^tree\r?\nversion=/.test(String.fromCharCode(...head.subarray(0, 32)))),
    // As its own `save_model` is shown everywhere.
    mayBeNamed: hasExtension("txt"),
  },
  recognized("XGBoost", ["ubj", "bst"], starts("binf", "{L\0\0\0\0\0\0\0\u0007learner")),
  recognized("MNN", ["mnn"], never, false),
  recognized("ncnn", ["param"], starts("7767517\n")),
  recognized("Caffe", ["caffemodel", "prototxt"], never, false),
  recognized("MXNet", ["params"], starts("\u0012\u0001\0\0\0\0\0\0")),
  recognized("Paddle", ["pdmodel", "pdiparams"], never, false),
  recognized("word2vec", ["vec", "kv"], never, false),
  recognized("PMML", ["pmml"], never, false),
  recognized("Parquet", ["parquet"], starts("PAR1")),
  recognized("Arrow", ["arrow", "feather"], starts("ARROW1")),
];
