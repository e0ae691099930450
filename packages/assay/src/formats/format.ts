import type { RandomAccess } from "./random-access.ts";

/** What results call a format. */
type FormatName =
  | "safetensors"
  | "GGUF"
  | "PyTorch"
  | "ONNX"
  | "HDF5 (Keras)"
  | "Keras"
  | "TensorFlow SavedModel"
  | "TensorFlow Lite"
  | "MessagePack (Flax)";

/** One format of files: how it is recognized, and its reader. All of them are listed in formats.ts. */
export interface Format {
  readonly name: FormatName;
  /** True where a name is one that files of this format have; `name` is in lowercase. */
  readonly isNamed: (name: string) => boolean;
  /** True where the first bytes are those of this format. `head` has at most HEAD_BYTES bytes, `size` is the whole file's. */
  readonly begins: (head: Uint8Array, size: number) => boolean;
  /** Whether only files of this format begin so: then they are recognized under any name. */
  readonly isDistinctive: boolean;
  /**
   * Reads what the file says of itself, never more of it than a stated bound, and executes nothing. A file that is
   * damaged or of another format is a `damaged` reading, not an error; rejects only where `file.read` does.
   */
  readonly read: (file: RandomAccess, head: Uint8Array) => Promise<FormatReading>;
}

/** The first bytes of a file, by which formats are recognized. */
export const HEAD_BYTES = 4096;

/** What a file says of itself. */
export interface FileFacts {
  readonly format: FormatName;
  readonly tensors: number | undefined;
  /** Numbers in all tensors. */
  readonly parameters: number | undefined;
  /** Types of the numbers, or the quantization: `BF16`, `Q4_K_M`. */
  readonly types: readonly string[];
  /** From the metadata, where the format has any. */
  readonly statedName: string | undefined;
  readonly statedLicense: string | undefined;
  readonly statedArchitecture: string | undefined;
}

/** What a reader makes of a file. */
export type FormatReading =
  | { readonly kind: "facts"; readonly facts: FileFacts }
  /** Not a whole file of the format that its name says; `why` follows the file's name and a colon. */
  | { readonly kind: "damaged"; readonly why: string };

export const NO_FACTS = {
  tensors: undefined,
  parameters: undefined,
  types: [],
  statedName: undefined,
  statedLicense: undefined,
  statedArchitecture: undefined,
} as const satisfies Omit<FileFacts, "format">;

export function damaged(why: string): FormatReading {
  return { kind: "damaged", why };
}

/** For `isNamed`: a name with one of these endings. */
export function hasExtension(...extensions: readonly string[]): (name: string) => boolean {
  return (name) => name.includes(".") && extensions.includes(name.slice(name.lastIndexOf(".") + 1));
}
