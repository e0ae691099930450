import { readShardIndex, isShardIndex } from "../shard-index.ts";
import type { Examiner } from "../examiner.ts";

/** The index of weights in several files; what it names is looked for by the folder rule of the same name. */
export const SHARD_INDEX_EXAMINER: Examiner = {
  format: "index of weights",
  isNamed: isShardIndex,
  // By content, it is JSON like any other.
  begins: () => false,
  isDistinctive: false,
  async examine({ file, report }) {
    const map = await readShardIndex(file);
    if (typeof map === "string") report("index/malformed", map);
  },
};
