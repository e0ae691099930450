import { HEAD_BYTES } from "../../../formats/format.ts";
import { tensorNames } from "../../../formats/safetensors/header.ts";
import { readHeaderText } from "../../../formats/safetensors/read-header.ts";
import type { FolderInput, FolderRule } from "../folder-rule.ts";
import { isShardIndex, readShardIndex } from "../shard-index.ts";

/** Of one index: the first ones say enough. */
const MAX_FINDINGS = 20;

/**
 * An index of weights says which tensor is in which file. Each file must be in the folder of the index, and each tensor in
 * the file that is named for it. Pickles do not say which tensors they have without being loaded: of theirs, only the files
 * are looked for.
 */
export const SHARD_INDEX: FolderRule = {
  name: "shard index",
  async examine(input) {
    for (const name of input.names) if (isShardIndex(name)) await examineIndex(input, name);
  },
};

async function examineIndex(input: FolderInput, name: string): Promise<void> {
  const index = input.open(name);
  const map = index === undefined ? "" : await readShardIndex(index);
  // What is wrong with the index itself is a finding of its examiner, as with the files below.
  if (typeof map === "string") return;
  let left = MAX_FINDINGS;
  const report: typeof input.report = (...finding) => {
    if (left-- > 0) input.report(...finding);
  };
  const folder = name.slice(0, name.lastIndexOf("/") + 1);
  for (const [shard, tensors] of map) {
    if (!/^[^/\\]+$/.test(shard) || shard === ".." || shard === ".") {
      report(name, "index/path", `names a file outside of its folder: ${shard}`);
      continue;
    }
    const file = input.open(`${folder}${shard}`);
    if (file === undefined) {
      report(name, "index/missing-file", `names ${shard}, which is missing`);
      continue;
    }
    if (!shard.toLowerCase().endsWith(".safetensors")) continue;
    const text = await readHeaderText(file, await file.read(0, HEAD_BYTES));
    if ("why" in text) continue;
    const known = new Set(tensorNames(text.header));
    for (const tensor of tensors) {
      if (!known.has(tensor)) report(name, "index/missing-tensor", `names the tensor ${tensor}, which ${shard} does not have`);
    }
  }
}
