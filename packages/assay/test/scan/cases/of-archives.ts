import type { ScanCase } from "../../support/scan/case.ts";
import { ARCHIVE_TRICK_CASES } from "./archive-tricks.ts";
import { ARCHIVE_CASES } from "./archives.ts";
import { KERAS_CASES } from "./keras.ts";
import { SAFETENSORS_CASES } from "./safetensors.ts";
import { TORCH_CASES } from "./torch.ts";

/** Archives, what is in them, and safetensors: run by archive-cases.test.ts, in a process of their own. */
export const CASES_OF_ARCHIVES: readonly ScanCase[] = [
  ...ARCHIVE_CASES,
  ...ARCHIVE_TRICK_CASES,
  ...KERAS_CASES,
  ...SAFETENSORS_CASES,
  ...TORCH_CASES,
];
