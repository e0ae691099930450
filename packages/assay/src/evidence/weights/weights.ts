import type { FolderListing } from "../folder.ts";
import { readPart } from "../folder.ts";
import { readGguf } from "./gguf.ts";
import { nameFormat } from "./magic.ts";
import { readSafetensors } from "./safetensors.ts";

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

const HEAD = 4096;
const LFS_POINTER = "version https://git-lfs.github.com/spec/";

/** Reads a file of parameters as far as it must: never more than a header of bounded size. */
export function readWeights(listing: FolderListing, name: string): WeightsReading {
  const head = readPart(listing, name, HEAD);
  if (head === undefined) return { kind: "unreadable" };
  const text = Buffer.from(head.bytes.subarray(0, 300)).toString("latin1");
  if (text.startsWith(LFS_POINTER)) return { kind: "pointer", size: lfsSize(text) };
  if (head.size === 0) return { kind: "damaged", why: "it is empty" };
  const lower = name.toLowerCase();
  if (lower.endsWith(".safetensors")) return readSafetensors(head, (from, length) => readPart(listing, name, length, from)?.bytes);
  if (lower.endsWith(".gguf")) return readGguf(head.size, (length) => readPart(listing, name, length)?.bytes ?? new Uint8Array());
  return nameFormat(lower, head);
}

function lfsSize(pointer: string): number | undefined {
  const size = Number(/\nsize (\d{1,15})\n/.exec(pointer)?.[1]);
  return Number.isSafeInteger(size) ? size : undefined;
}
