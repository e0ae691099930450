import type { ScanCase } from "../../support/scan/case.ts";
import { BESIDE_CASES } from "./beside.ts";
import { CONFIGURATION_CASES } from "./configuration.ts";
import { FILE_CASES } from "./files.ts";
import { FOLDER_CASES } from "./folders.ts";
import { GGUF_CASES } from "./gguf.ts";
import { GRAPH_CASES } from "./graphs.ts";
import { LOADER_CASES } from "./loaders.ts";
import { NAMED_CODE_CASES } from "./named-code.ts";
import { CASES_OF_ARCHIVES } from "./of-archives.ts";
import { PICKLE_CASES } from "./pickle.ts";
import { TEMPLATE_CASES } from "./templates.ts";

/** The generated set without what has a test file of its own. */
export const OTHER_CASES: readonly ScanCase[] = [
  ...FILE_CASES,
  ...GRAPH_CASES,
  ...GGUF_CASES,
  ...TEMPLATE_CASES,
  ...CONFIGURATION_CASES,
  ...FOLDER_CASES,
  ...LOADER_CASES,
  ...NAMED_CODE_CASES,
  ...BESIDE_CASES,
  ...PICKLE_CASES,
];

/** The generated set: every family's cases. */
export const SCAN_CASES: readonly ScanCase[] = [...OTHER_CASES, ...CASES_OF_ARCHIVES];
