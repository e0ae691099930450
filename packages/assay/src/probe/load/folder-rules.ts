import type { FolderRule } from "./folder-rule.ts";

/** Every rule about the folder as a whole. */
export const FOLDER_RULES: readonly FolderRule[] = [];
