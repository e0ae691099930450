import type { ScanCase } from "../../support/scan/case.ts";
import { ARCHIVE_TRICK_CASES } from "./archive-tricks.ts";
import { ARCHIVE_CASES } from "./archives.ts";
import { CONFIGURATION_CASES } from "./configuration.ts";
import { FILE_CASES } from "./files.ts";
import { FOLDER_CASES } from "./folders.ts";
import { GGUF_CASES } from "./gguf.ts";
import { GRAPH_CASES } from "./graphs.ts";
import { KERAS_CASES } from "./keras.ts";
import { PICKLE_CASES } from "./pickle.ts";
import { SAFETENSORS_CASES } from "./safetensors.ts";
import { TEMPLATE_CASES } from "./templates.ts";
import { TORCH_CASES } from "./torch.ts";

/** The generated set: every family's cases. */
export const SCAN_CASES: readonly ScanCase[] = [
  ...FILE_CASES,
  ...ARCHIVE_CASES,
  ...ARCHIVE_TRICK_CASES,
  ...KERAS_CASES,
  ...GRAPH_CASES,
  ...SAFETENSORS_CASES,
  ...GGUF_CASES,
  ...TEMPLATE_CASES,
  ...CONFIGURATION_CASES,
  ...FOLDER_CASES,
  ...PICKLE_CASES,
  ...TORCH_CASES,
];
