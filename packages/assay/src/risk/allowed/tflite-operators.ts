import type { Allowlist } from "./allowlist.ts";
import { tensorflowCodeOperator } from "./tensorflow-code.ts";
import { isAllowedTensorflowOperator } from "./tensorflow-operators.ts";

/** The last number of BuiltinOperator in TensorFlow 2.21.0 (schema.fbs), 2026-11-29. */
const LAST_BUILTIN = 209;
const CUSTOM = 32;
/** A part of the graph that was handed to a delegate, and a call of a function outside of the format. */
const NOT_BUILTIN: ReadonlySet<number> = new Set([51, 127, 173]);

/** Custom operators that the interpreter registers itself: TensorFlow Lite's own resolver and MediaPipe's, 2026-11-29. */
const REGISTERED: ReadonlySet<string> = new Set([
  "AudioSpectrogram",
  "Convolution2DTransposeBias",
  "Landmarks2TransformMatrix",
  "Landmarks2TransformMatrixV2",
  "MaxPoolingWithArgmax2D",
  "MaxUnpooling2D",
  "Mfcc",
  "NumericVerify",
  "TFLite_Detection_PostProcess",
  "TransformLandmarks",
  "TransformTensor",
  "TransformTensorBilinear",
]);
/** Operators of TensorFlow inside of TensorFlow Lite. */
const FLEX = "Flex";

/** What an operator of TensorFlow Lite is: it only computes, it acts outside of the graph, or it is in no list. */
export function tfliteOperator(
  code: number,
  custom: string | undefined,
): { readonly kind: "allowed" | "code" | "custom" | "unknown"; readonly name: string } {
  if (code !== CUSTOM) {
    const isBuiltin = code <= LAST_BUILTIN && !NOT_BUILTIN.has(code);
    return { kind: isBuiltin ? "allowed" : "unknown", name: `number ${code}` };
  }
  const name = custom ?? "";
  if (REGISTERED.has(name)) return { kind: "allowed", name };
  if (!name.startsWith(FLEX)) return { kind: "custom", name };
  const inner = name.slice(FLEX.length);
  if (tensorflowCodeOperator(inner) !== undefined) return { kind: "code", name };
  return { kind: isAllowedTensorflowOperator(inner) ? "allowed" : "unknown", name };
}

export const TFLITE_ALLOWLIST: Allowlist = {
  what: "custom operators that a TensorFlow Lite model may have",
  source:
    "The resolvers of TensorFlow Lite and MediaPipe. Operators of the format itself are allowed, those of TensorFlow by their own list.",
  date: "2026-11-29",
  names: [...REGISTERED],
};
