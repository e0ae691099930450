import type { Reason } from "../reason.ts";

/** What only the folder shows: configuration, remote code, indexes, links, pointers. */
export const FOLDER_REASONS = {
  "folder/link": {
    outcome: "unknown",
    title: "a link that was not followed",
    advice: "look-at-it",
    meaning:
      "A symbolic link is not followed unless the caller allows it, and a link out of the model never is without. What it leads to is loaded all the same.",
    abuse: "A link in a downloaded archive leads to a file outside the model, which the loader then reads.",
  },
  "folder/not-regular": {
    outcome: "unknown",
    title: "a pipe, socket, device or unreadable folder",
    advice: "look-at-it",
    meaning: "Only regular files are read. A model has no use for anything else, and a folder that cannot be listed may hold anything.",
  },
  "folder/name-not-utf8": {
    outcome: "unknown",
    title: "a file whose name is not UTF-8",
    advice: "ask-publisher",
    meaning: "The name of the file is not UTF-8, and the file was not read.",
  },
  "folder/lfs-pointer": {
    outcome: "unknown",
    title: "a git-LFS pointer: the file itself was not downloaded",
    advice: "download",
    meaning:
      "The repository was cloned without git-LFS: in the place of a large file is a short text that names it. Nothing can be said of the file itself.",
  },
  "folder/incomplete-download": {
    outcome: "unknown",
    title: "a download that did not end",
    advice: "download-again",
    meaning: "The name is that of a file which a download has not finished. What it will be is not known.",
  },
  "folder/missing-part": {
    outcome: "invalid",
    title: "numbered weights of which a part is missing",
    advice: "download",
    meaning: "The names of the weights count them, and not all of them are in the model: no loader can load it.",
  },
} as const satisfies Readonly<Record<string, Reason>>;
