import { AssayError } from "../../core/error.ts";
import { parseJson } from "../../encoding/json.ts";
import type { RandomAccess } from "../../formats/random-access.ts";

const MAX_INDEX_BYTES = 64 * 1024 * 1024;
const MAX_DEPTH = 16;
const MAX_VALUES = 4_000_000;

/** `model.safetensors.index.json`, `pytorch_model.bin.index.json`, `model.safetensors.index.fp16.json`. */
export function isShardIndex(name: string): boolean {
  return /\.(?:safetensors|bin|h5|msgpack)\.index(?:\.[^/.]+)?\.json$/i.test(name);
}

/** Names of files with those of the tensors that an index says are in them, or why it is not an index. */
export async function readShardIndex(file: RandomAccess): Promise<ReadonlyMap<string, readonly string[]> | string> {
  if (file.size > MAX_INDEX_BYTES) return "is larger than an index of weights";
  const map = new Map<string, string[]>();
  try {
    const bytes = await file.read(0, file.size);
    const root = parseJson(bytes, { what: "index", shapeCode: "JSON_SYNTAX", maxDepth: MAX_DEPTH, maxValues: MAX_VALUES });
    for (const [tensor, shard] of root.object().require("weight_map").object().members()) {
      const name = shard.string();
      const tensors = map.get(name);
      if (tensors === undefined) map.set(name, [tensor]);
      else tensors.push(tensor);
    }
  } catch (error) {
    if (error instanceof AssayError && error.code.startsWith("JSON_")) return `is not an index of weights: ${error.message}`;
    throw error;
  }
  return map.size === 0 ? "names no weights" : map;
}
