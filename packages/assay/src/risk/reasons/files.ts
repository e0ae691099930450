import type { Reason } from "../reason.ts";

/** What any file can show, and what a walk left out. */
export const FILE_REASONS = {
  "file/unknown-format": { outcome: "unknown", title: "a file of an unknown format", advice: "look-at-it" },
  "file/disguised": { outcome: "invalid", title: "content of another format than the name says", advice: "ask-publisher" },
  "file/polyglot": { outcome: "unknown", title: "one file that is valid in two formats", advice: "ask-publisher" },
  "file/empty": { outcome: "invalid", title: "an empty file", advice: "download-again" },
  "file/malformed": { outcome: "invalid", title: "a file that is not what its name says", advice: "download-again" },
  "file/not-understood": { outcome: "unknown", title: "a part of a file that is not understood", advice: "look-at-it" },
  "file/unreadable": { outcome: "unknown", title: "a file that cannot be read", advice: "look-at-it" },
  "file/reader-failed": { outcome: "unknown", title: "a file on which a reader of Assay failed", advice: "look-at-it" },
  "file/too-deep": { outcome: "unknown", title: "archives inside archives, more than are opened", advice: "ask-publisher" },
  "model/left-out": { outcome: "unknown", title: "a part of the model that was left out", advice: "look-at-it" },
  "model/nothing-examined": { outcome: "unknown", title: "no file that a loader reads", advice: "look-at-it" },
} as const satisfies Readonly<Record<string, Reason>>;
