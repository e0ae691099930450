import type { Reason } from "../reason.ts";

/** What only the folder shows: configuration, remote code, indexes, links, pointers. */
export const FOLDER_REASONS = {
  "folder/link": { outcome: "unknown", title: "a link that was not followed", advice: "look-at-it" },
  "folder/not-regular": { outcome: "unknown", title: "a pipe, socket, device or unreadable folder", advice: "look-at-it" },
  "folder/name-not-utf8": { outcome: "unknown", title: "a file whose name is not UTF-8", advice: "ask-publisher" },
  "folder/lfs-pointer": { outcome: "unknown", title: "a git-LFS pointer: the file itself was not downloaded", advice: "download" },
} as const satisfies Readonly<Record<string, Reason>>;
