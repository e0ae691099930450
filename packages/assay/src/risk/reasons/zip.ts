import type { Reason } from "../reason.ts";

/** Zip archives, by the faults that formats/zip reports. */
export const ZIP_REASONS = {
  "zip/malformed": {
    outcome: "invalid",
    title: "a zip archive whose records do not fit each other",
    advice: "download-again",
    meaning:
      "A record of the archive is missing, cut off, or says something else than the records around it. Most often a download was " +
      "interrupted. Readers do different things with such an archive: what they find in it is examined all the same.",
    abuse:
      "Python's zipfile rejects the archive, PyTorch's reader loads it, and a scanner built on the former sees nothing " +
      "(CVE-2025-1944, CVE-2025-1945).",
  },
  "zip/hidden-bytes": {
    outcome: "invalid",
    title: "bytes of a zip archive that no record accounts for",
    advice: "ask-publisher",
    meaning:
      "There are bytes before the archive, after it, or between its members. Headers, data and directory of an archive follow each " +
      "other without a gap; what is in a gap is found by some readers and not by others. Members in it are examined.",
    abuse: "A second archive, or a second `data.pkl`, for the reader that looks from the other end.",
  },
  "zip/duplicate-member": {
    outcome: "invalid",
    title: "two members of a zip archive with the same name",
    advice: "ask-publisher",
    meaning: "The directory of the archive has the name twice. One reader takes the first, another the last. Both are examined.",
    abuse: "The harmless member is for the scanner, the other for the loader.",
  },
  "zip/similar-names": {
    outcome: "unknown",
    title: "members of a zip archive that some readers take for the same",
    advice: "ask-publisher",
    meaning:
      "Two names differ in nothing but upper and lower case, in the composition of characters, or in dots and spaces at the end. " +
      "PyTorch finds members without regard to case, and file systems may keep only one of the two.",
    abuse: "As with two equal names: one for the scanner, one for the loader.",
  },
  "zip/overlap": {
    outcome: "invalid",
    title: "members of a zip archive that share bytes",
    advice: "ask-publisher",
    meaning: "The data of one member begins before that of another ends. No writer of archives makes that.",
    abuse: "Zip bombs that unpack the same bytes thousands of times, and members that are another thing for another reader.",
  },
  "zip/path": {
    outcome: "invalid",
    title: "a member of a zip archive whose name is not a plain relative path",
    advice: "ask-publisher",
    meaning:
      "The name is absolute, leads out of the folder with `..`, or has a backslash, a control character or an empty part. Where it " +
      "is unpacked, a file is written elsewhere; where it is looked up, readers cut it off or rewrite it in different ways.",
    abuse: "A file written over a file of yours (zip slip), or a name that ends at a NUL for Python and not for PyTorch.",
  },
  "zip/name-encoding": {
    outcome: "unknown",
    title: "a member of a zip archive whose name depends on the reader",
    advice: "look-at-it",
    meaning: "The name has characters outside of ASCII and is not declared as UTF-8. Python reads it as code page 437, others as UTF-8.",
  },
  "zip/header-mismatch": {
    outcome: "invalid",
    title: "two headers of a member of a zip archive that differ",
    advice: "ask-publisher",
    meaning:
      "The archive describes each member twice: in its directory and in front of the data. Name, flags, compression, checksum and " +
      "sizes must be the same, but for the places that the format leaves open there.",
    abuse: "Python rejects a member with another name in front of its data, PyTorch loads it (CVE-2025-1944).",
  },
  "zip/encrypted": {
    outcome: "unknown",
    title: "an encrypted member of a zip archive",
    advice: "ask-publisher",
    meaning: "The member is marked as encrypted, so that its content cannot be read. It is also examined as if the mark were wrong.",
    abuse: "A wrong mark makes Python's zipfile refuse what PyTorch loads (CVE-2025-1945).",
  },
  "zip/flags": {
    outcome: "unknown",
    title: "a member of a zip archive with unknown flags",
    advice: "ask-publisher",
    meaning:
      'The flags of the member say more than "sizes follow the data" and "the name is UTF-8", or it asks for a later version of the ' +
      "format than there is. Readers refuse it or pass over that.",
    abuse: "A scanner that refuses the member sees nothing of what PyTorch loads (CVE-2025-1945).",
  },
  "zip/method": {
    outcome: "unknown",
    title: "a member of a zip archive in an unsupported compression",
    advice: "look-at-it",
    meaning: "The member is compressed by another method than deflate. PyTorch does not read such a member; Python may.",
  },
  "zip/extra-field": {
    outcome: "unknown",
    title: "an extra field of a zip archive that is not understood",
    advice: "look-at-it",
    meaning:
      "A header carries a field that is unknown, that is there twice, or that does not fit its place. Such fields can change the " +
      "name, the size or the place of a member.",
    abuse: "Fields for sizes beyond 4 GB that one reader follows and another does not.",
  },
  "zip/comment": {
    outcome: "unknown",
    title: "a comment of a zip archive that could be read as records",
    advice: "ask-publisher",
    meaning:
      "The text at the end of the archive holds the marks of records. Readers that look for the end of the archive in another way " +
      "may find it there.",
    abuse: "A second directory inside of the comment.",
  },
  "zip/link": {
    outcome: "unknown",
    title: "a symbolic link in a zip archive",
    advice: "ask-publisher",
    meaning: "The member is a link. Where it is unpacked, it leads elsewhere.",
    abuse: "A link to a folder outside, and then a member that is written through it.",
  },
  "zip/checksum": {
    outcome: "invalid",
    title: "a member of a zip archive that is not what its checksum says",
    advice: "download-again",
    meaning:
      "Size or checksum of the member are wrong, or it cannot be decompressed. The checksums of members whose content is " +
      "interpreted are checked; those of weights are not read.",
    abuse: "PyTorch does not check them and loads what Python's zipfile refuses (CVE-2025-10156).",
  },
  "zip/bounds": {
    outcome: "unknown",
    title: "more in a zip archive than is read",
    advice: "look-at-it",
    meaning: "The archive has more members, a member is larger, or all of them together decompress to more than Assay reads.",
    abuse: "Zip bombs, and content behind so much else that a scanner gives up before it.",
  },
  "zip/empty": {
    outcome: "unknown",
    title: "a zip archive without members",
    advice: "download-again",
    meaning: "The archive is whole and has nothing in it.",
  },
} as const satisfies Readonly<Record<string, Reason>>;
