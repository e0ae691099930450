import type { Reason } from "./reason.ts";
import { ARCHIVE_REASONS } from "./reasons/archives.ts";
import { FILE_REASONS } from "./reasons/files.ts";
import { FOLDER_REASONS } from "./reasons/folders.ts";
import { GRAPH_REASONS } from "./reasons/graphs.ts";
import { PICKLE_REASONS } from "./reasons/pickle.ts";
import { TEMPLATE_REASONS } from "./reasons/templates.ts";
import { TENSOR_REASONS } from "./reasons/tensors.ts";

/** Every reason by its id, which is stable: `family/what`. Each has a section in docs/scan.md. */
export const REASONS = {
  ...FILE_REASONS,
  ...PICKLE_REASONS,
  ...ARCHIVE_REASONS,
  ...TENSOR_REASONS,
  ...TEMPLATE_REASONS,
  ...GRAPH_REASONS,
  ...FOLDER_REASONS,
} as const satisfies Readonly<Record<string, Reason>>;

/** The id of a reason: `pickle/global`. */
export type ReasonId = keyof typeof REASONS;
