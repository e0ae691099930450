import type { Reason } from "../reason.ts";

/** Tar archives, by the faults that formats/tar reports, and gzip around them. */
export const TAR_REASONS = {
  "tar/malformed": {
    outcome: "invalid",
    title: "a tar archive that is damaged or cut off",
    advice: "download-again",
    meaning: "A header is not one, or the archive ends within a member or without an end. Most often a download was interrupted.",
  },
  "tar/hidden-bytes": {
    outcome: "invalid",
    title: "bytes after the end of a tar archive",
    advice: "ask-publisher",
    meaning: "After the block of zeros that ends the archive there is more. Readers stop there, or go on.",
    abuse: "Members for the readers that go on.",
  },
  "tar/duplicate-member": {
    outcome: "invalid",
    title: "two members of a tar archive with the same name",
    advice: "ask-publisher",
    meaning: "The name is there twice. A reader that looks for one takes the first or the last. Both are examined.",
    abuse: "The harmless member is for the scanner, the other for the loader.",
  },
  "tar/path": {
    outcome: "invalid",
    title: "a member of a tar archive whose name leaves its folder",
    advice: "ask-publisher",
    meaning: "The name is absolute, leads out of the folder with `..`, or has characters that readers treat differently.",
    abuse: "A file written over a file of yours where the archive is unpacked (CVE-2007-4559).",
  },
  "tar/link": {
    outcome: "unknown",
    title: "a link in a tar archive",
    advice: "ask-publisher",
    meaning:
      "The member is a hard or symbolic link. Where it is unpacked, it leads elsewhere, and the next member may be written through " +
      "it.",
    abuse: "Files outside of the folder are read or written through links (CVE-2025-4517).",
  },
  "tar/member-kind": {
    outcome: "unknown",
    title: "a member of a tar archive that readers treat differently",
    advice: "ask-publisher",
    meaning:
      "The member is a device, a sparse file or of an unknown type, or an extended header says something that not every reader follows.",
    abuse: "One reader sees a member where another sees the content of one.",
  },
  "tar/bounds": {
    outcome: "unknown",
    title: "more in a tar archive than is read",
    advice: "look-at-it",
    meaning: "The archive has more members, or longer names, than Assay reads.",
  },
  "tar/empty": {
    outcome: "unknown",
    title: "a tar archive without files",
    advice: "download-again",
    meaning: "The archive is whole and has no file in it.",
  },
  "gzip/trailing-bytes": {
    outcome: "unknown",
    title: "more in a gzip file than one compressed file",
    advice: "ask-publisher",
    meaning:
      "After the compressed data there is more: a second compressed file, or other bytes. Readers join it, stop before it or refuse " +
      "it.",
  },
} as const satisfies Readonly<Record<string, Reason>>;
