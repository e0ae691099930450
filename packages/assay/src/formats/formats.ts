import type { Format } from "./format.ts";
import { GGUF } from "./gguf/gguf.ts";
import { HDF5, KERAS, MESSAGE_PACK, ONNX, PYTORCH, SAVED_MODEL, TENSORFLOW_LITE } from "./recognized.ts";
import { SAFETENSORS } from "./safetensors/safetensors.ts";

/** Every known format. Where a name or the first bytes fit several, the first of them is meant. */
export const WEIGHT_FORMATS: readonly Format[] = [
  SAFETENSORS,
  GGUF,
  PYTORCH,
  KERAS,
  HDF5,
  ONNX,
  TENSORFLOW_LITE,
  SAVED_MODEL,
  MESSAGE_PACK,
];

/** The formats that have files of this name, likeliest first; none for a name that says nothing. */
export function formatsOfName(name: string): readonly Format[] {
  const lower = name.toLowerCase();
  return WEIGHT_FORMATS.filter(({ isNamed }) => isNamed(lower));
}

/** The format by content alone, whatever the name; undefined where the first bytes are not those of one format only. */
export function sniff(head: Uint8Array, size: number): Format | undefined {
  return WEIGHT_FORMATS.find(({ isDistinctive, begins }) => isDistinctive && begins(head, size));
}
