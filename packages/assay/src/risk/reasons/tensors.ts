import type { Reason } from "../reason.ts";

/** Containers of tensors: safetensors, GGUF. */
export const TENSOR_REASONS = {
  "safetensors/malformed": {
    outcome: "invalid",
    title: "a safetensors file whose header does not describe it",
    advice: "download-again",
    meaning:
      "The header of a safetensors file gives each tensor its type, shape and range of bytes, and the ranges fill the file exactly. Here " +
      "they do not: the file is truncated, damaged or was made by hand.",
  },
} as const satisfies Readonly<Record<string, Reason>>;
