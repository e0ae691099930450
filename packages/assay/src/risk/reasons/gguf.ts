import type { Reason } from "../reason.ts";

const MEMORY =
  "Readers in C compute with such numbers before they check them: CVE-2025-53630, CVE-2025-49847 and CVE-2026-27940 write outside of memory.";

/** GGUF: metadata and tensors. Its chat templates are among the templates. */
export const GGUF_REASONS = {
  "gguf/malformed": {
    outcome: "invalid",
    title: "a GGUF file whose metadata does not hold together",
    advice: "ask-publisher",
    meaning:
      "A count or length is larger than the file has room for, a key is empty, or a value has a type that GGUF does not have (arrays of arrays included). " +
      "llama.cpp refuses the file.",
    abuse: MEMORY,
  },
  "gguf/truncated": {
    outcome: "invalid",
    title: "a GGUF file that ends too early",
    advice: "download-again",
    meaning: "The file ends in its metadata or before the last byte of its tensors: it was not downloaded to the end.",
  },
  "gguf/duplicate-key": {
    outcome: "invalid",
    title: "a GGUF file with a metadata key twice",
    advice: "ask-publisher",
    meaning: "A key of the metadata appears twice. Readers take the first, the last or none.",
    abuse: "A scanner reads the first chat template, the loader the second.",
  },
  "gguf/duplicate-tensor": {
    outcome: "invalid",
    title: "a GGUF file with a tensor name twice",
    advice: "ask-publisher",
    meaning: "Two tensors have one name. llama.cpp refuses the file, other readers take one of them.",
  },
  "gguf/shape": {
    outcome: "invalid",
    title: "a GGUF tensor whose shape its type does not allow",
    advice: "ask-publisher",
    meaning: "A tensor has more than four dimensions, more numbers than can be counted, or rows that are not whole blocks of its type.",
    abuse: MEMORY,
  },
  "gguf/alignment": {
    outcome: "invalid",
    title: "a GGUF file with an alignment that is not a power of two",
    advice: "ask-publisher",
    meaning: "`general.alignment` says at which multiples tensors begin. It is a power of two in 32 bits, and here it is not.",
    abuse: "A reader that divides by an alignment of zero crashes.",
  },
  "gguf/layout": {
    outcome: "invalid",
    title: "GGUF tensors that overlap or leave gaps",
    advice: "ask-publisher",
    meaning:
      "Each tensor begins where the one before it ends, padded to the alignment. Here one begins elsewhere, and llama.cpp refuses the file.",
    abuse: "Offsets beyond the file make a reader read what is not the file's; a gap hides bytes.",
  },
  "gguf/trailing-bytes": {
    outcome: "unknown",
    title: "bytes after the last tensor of a GGUF file",
    advice: "ask-publisher",
    meaning: "After the last tensor and its padding, the file has bytes that GGUF does not explain.",
    abuse: "An archive or program is hidden behind a model; a zip archive is even opened from there.",
  },
  "gguf/version": {
    outcome: "unknown",
    title: "a GGUF file of an unknown version",
    advice: "look-at-it",
    meaning: "Versions 1 to 3 of GGUF are known.",
  },
  "gguf/type": {
    outcome: "unknown",
    title: "a GGUF tensor of an unknown type",
    advice: "look-at-it",
    meaning:
      "The type of a tensor is one that ggml removed, or one newer than the list of this version of Assay. Where its bytes end is not known.",
  },
  "gguf/too-large": {
    outcome: "unknown",
    title: "GGUF metadata beyond what is read",
    advice: "look-at-it",
    meaning: "The metadata is longer than 256 MiB, or has more entries, tensors or padding than any published model.",
  },
} as const satisfies Readonly<Record<string, Reason>>;
