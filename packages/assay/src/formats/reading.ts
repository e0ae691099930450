/** What a file of parameters says of itself. Nothing in it is run or unpickled. */
export interface WeightsFacts {
  readonly format: WeightsFormat;
  readonly tensors: number | undefined;
  /** Numbers in all tensors. */
  readonly parameters: number | undefined;
  /** Types of the numbers, or the quantization: `BF16`, `Q4_K_M`. */
  readonly types: readonly string[];
  /** What its metadata say, where the format has any. */
  readonly statedName: string | undefined;
  readonly statedLicense: string | undefined;
  readonly statedArchitecture: string | undefined;
}

export type WeightsFormat =
  | "safetensors"
  | "GGUF"
  | "PyTorch"
  | "ONNX"
  | "HDF5 (Keras)"
  | "Keras"
  | "TensorFlow SavedModel"
  | "TensorFlow Lite"
  | "MessagePack (Flax)";

/** What a reader makes of a file: facts, or why it is not what its name says. */
export type WeightsReading =
  | { readonly kind: "weights"; readonly facts: WeightsFacts }
  /** A pointer of Git LFS in the place of the file. */
  | { readonly kind: "pointer"; readonly size: number | undefined }
  | { readonly kind: "damaged"; readonly why: string }
  | { readonly kind: "unreadable" };

export const NO_FACTS = {
  tensors: undefined,
  parameters: undefined,
  types: [],
  statedName: undefined,
  statedLicense: undefined,
  statedArchitecture: undefined,
} as const satisfies Omit<WeightsFacts, "format">;

export function damaged(why: string): WeightsReading {
  return { kind: "damaged", why };
}
