import { safetensors } from "../../support/scan/safetensors.ts";

/** A small model, whose names are as awkward as each kind of server takes them. */
export const GRANITE: Readonly<Record<string, string | Uint8Array>> = {
  "README.md": "---\nlicense: apache-2.0\n---\n# Granite\n",
  "config.json": '{"model_type":"llama"}',
  "empty.txt": "",
  "tokenizer/a b+ü&=%.json": "{}",
  "weights/model.safetensors": safetensors({ w: { shape: [700_000] } }),
};
