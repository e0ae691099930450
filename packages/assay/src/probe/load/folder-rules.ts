import type { FolderRule } from "./folder-rule.ts";
import { SHARD_INDEX } from "./folder-rules/shard-index.ts";

/** Every rule about the folder as a whole. */
export const FOLDER_RULES: readonly FolderRule[] = [SHARD_INDEX];
