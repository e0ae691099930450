import type { Reason } from "./reason.ts";
import { ARCHIVE_REASONS } from "./reasons/archives.ts";
import { CONFIGURATION_REASONS } from "./reasons/configuration.ts";
import { FILE_REASONS } from "./reasons/files.ts";
import { FOLDER_REASONS } from "./reasons/folders.ts";
import { GGUF_REASONS } from "./reasons/gguf.ts";
import { GRAPH_REASONS } from "./reasons/graphs.ts";
import { NOT_LOADED_REASONS } from "./reasons/not-loaded.ts";
import { PICKLE_REASONS } from "./reasons/pickle.ts";
import { TEMPLATE_REASONS } from "./reasons/templates.ts";
import { TENSOR_REASONS } from "./reasons/tensors.ts";

/** The tables of reasons, by what they are about, in the order of docs/scan.md. */
export const REASON_FAMILIES: readonly { readonly about: string; readonly reasons: Readonly<Record<string, Reason>> }[] = [
  { about: "Any file", reasons: FILE_REASONS },
  { about: "Pickles", reasons: PICKLE_REASONS },
  { about: "Archives", reasons: ARCHIVE_REASONS },
  { about: "Tensors", reasons: TENSOR_REASONS },
  { about: "GGUF", reasons: GGUF_REASONS },
  { about: "Templates", reasons: TEMPLATE_REASONS },
  { about: "Graphs and compiled models", reasons: GRAPH_REASONS },
  { about: "Configuration", reasons: CONFIGURATION_REASONS },
  { about: "Texts, images, and code beside the model", reasons: NOT_LOADED_REASONS },
  { about: "Folders", reasons: FOLDER_REASONS },
];

/** Every reason by its id, which is stable: `family/what`. Each has a section in docs/scan.md. */
export const REASONS = {
  ...FILE_REASONS,
  ...PICKLE_REASONS,
  ...ARCHIVE_REASONS,
  ...TENSOR_REASONS,
  ...GGUF_REASONS,
  ...TEMPLATE_REASONS,
  ...GRAPH_REASONS,
  ...CONFIGURATION_REASONS,
  ...NOT_LOADED_REASONS,
  ...FOLDER_REASONS,
} as const satisfies Readonly<Record<string, Reason>>;

/** The id of a reason: `pickle/global`. */
export type ReasonId = keyof typeof REASONS;
