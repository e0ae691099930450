import type { Reason } from "../reason.ts";

/** Containers of tensors: safetensors, GGUF. */
export const TENSOR_REASONS = {
  "safetensors/malformed": {
    outcome: "invalid",
    title: "a safetensors file whose header does not describe it",
    advice: "download-again",
  },
} as const satisfies Readonly<Record<string, Reason>>;
