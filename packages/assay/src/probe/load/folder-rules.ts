import type { FolderRule } from "./folder-rule.ts";
import { NAMED_CODE } from "./folder-rules/named-code.ts";
import { NUMBERED_PARTS } from "./folder-rules/numbered-parts.ts";
import { SHARD_INDEX } from "./folder-rules/shard-index.ts";

/** Every rule about the folder as a whole. */
export const FOLDER_RULES: readonly FolderRule[] = [SHARD_INDEX, NUMBERED_PARTS, NAMED_CODE];
