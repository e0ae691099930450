import type { Reason } from "../reason.ts";

/** What any file can show, and what a walk left out. */
export const FILE_REASONS = {
  "file/unknown-format": {
    outcome: "unknown",
    title: "a file of an unknown format",
    advice: "look-at-it",
    meaning:
      "Neither the content nor the name of the file is that of a format that Assay knows. What a loader does with it cannot be told.",
    abuse: "A scanner that passes over what it does not know calls a model safe of which it read nothing (modelscan issues 134, 218, 328).",
  },
  "file/disguised": {
    outcome: "invalid",
    title: "content of another format than the name says",
    advice: "ask-publisher",
    meaning:
      "The content of the file is that of one format, its name that of another. The content is examined as what it is; whatever follows " +
      "from it is reported beside this.",
    abuse:
      "A pickle with the extension of another format passes a scanner that chooses by extension, and is loaded all the same " +
      "(CVE-2025-1889).",
  },
  "file/polyglot": {
    outcome: "unknown",
    title: "one file that is valid in two formats",
    advice: "ask-publisher",
    meaning:
      "The file is of one format from its start and of another from its end: a zip archive may follow anything. Which of the two is loaded " +
      "depends on the loader. Both are examined.",
    abuse: "The scanner reads one half, the loader the other.",
  },
  "file/empty": {
    outcome: "invalid",
    title: "an empty file",
    advice: "download-again",
    meaning: "The file has no bytes, and its name is that of a format in which no file is empty. Most often a download was interrupted.",
  },
  "file/malformed": {
    outcome: "invalid",
    title: "a file that is not what its name says",
    advice: "download-again",
    meaning: "The content breaks a rule of its format: the file is truncated, damaged or made by hand. The finding says which rule.",
    abuse: "A file on which a scanner stops and a loader does not hides what follows (CVE-2025-1944, CVE-2025-10156).",
  },
  "file/not-understood": {
    outcome: "unknown",
    title: "a part of a file that is not understood",
    advice: "look-at-it",
    meaning:
      "A part of the file is beyond what Assay reads: a version, a feature, or a bound on size, depth or count. The finding says which part.",
  },
  "file/unreadable": {
    outcome: "unknown",
    title: "a file that cannot be read",
    advice: "look-at-it",
    meaning: "The system does not let this user read the file.",
  },
  "file/reader-failed": {
    outcome: "unknown",
    title: "a file on which a reader of Assay failed",
    advice: "look-at-it",
    meaning: "A fault in Assay, not an answer about the file: please report it. The other files of the model were examined.",
  },
  "file/too-deep": {
    outcome: "unknown",
    title: "archives inside archives, more than are opened",
    advice: "ask-publisher",
    meaning: "Archives are opened three deep. No layout of the field has more.",
    abuse: "Nesting hides a file from a scanner that stops earlier than the loader.",
  },
  "file/too-many-members": {
    outcome: "unknown",
    title: "more members than are examined",
    advice: "ask-publisher",
    meaning:
      "The archives in one file have more members than any layout of the field: 20,000, or 1,000 in archives inside it. The rest was not examined.",
    abuse: "Members that overlap make a small file into more than a scanner ever finishes with.",
  },
  "model/left-out": {
    outcome: "unknown",
    title: "a part of the model that was left out",
    advice: "look-at-it",
    meaning: "The caller's options leave out this file or folder: nothing is said of it, and the model as a whole is not called data only.",
  },
  "model/nothing-examined": {
    outcome: "unknown",
    title: "no file that a loader reads",
    advice: "look-at-it",
    meaning: "The model has no file, or only text, images and the like. Nothing was examined, which is not the same as nothing found.",
    abuse: '"No issues found" where every file was skipped is read as a yes (modelscan issue 218).',
  },
} as const satisfies Readonly<Record<string, Reason>>;
