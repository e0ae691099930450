import type { Reason } from "../reason.ts";

/** Containers of tensors: safetensors, GGUF. */
export const TENSOR_REASONS = {
  "safetensors/malformed": {
    outcome: "invalid",
    title: "a safetensors file whose header does not describe it",
    advice: "download-again",
    meaning:
      "The header of a safetensors file gives each tensor its type, shape and range of bytes, and the ranges fill the file exactly. Here " +
      "they do not: the file is truncated, damaged or was made by hand.",
  },
  "safetensors/not-understood": {
    outcome: "unknown",
    title: "a safetensors file with an unknown type or field",
    advice: "look-at-it",
    meaning:
      "A tensor has a type or a field that is not part of the format as Assay knows it. The file may be newer, or other readers may " +
      "take it in another way.",
  },
  "index/malformed": {
    outcome: "invalid",
    title: "an index of weights that is not one",
    advice: "download-again",
    meaning: "The file that says which weights are in which file is not the JSON that it must be.",
  },
  "index/path": {
    outcome: "invalid",
    title: "an index of weights that names a file outside of its folder",
    advice: "ask-publisher",
    meaning: "An index names files beside itself. This one names a path that leads elsewhere.",
    abuse: "A file of the machine, or one that was not scanned, is loaded as weights.",
  },
  "index/missing-file": {
    outcome: "invalid",
    title: "an index of weights that names a missing file",
    advice: "download",
    meaning: "A file that the index names is not in the model: the download is not complete, and no loader can load it.",
  },
  "index/missing-tensor": {
    outcome: "invalid",
    title: "an index of weights that names a tensor that its file does not have",
    advice: "download-again",
    meaning: "The header of the file has no tensor of that name: index and weights are not of the same model.",
  },
} as const satisfies Readonly<Record<string, Reason>>;
