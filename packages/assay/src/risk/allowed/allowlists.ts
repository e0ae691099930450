import type { Allowlist } from "./allowlist.ts";
import { CONFIGURATION_ALLOWLISTS } from "./configuration-names.ts";
import { KERAS_ALLOWLIST } from "./keras-classes.ts";
import { PICKLE_GLOBALS } from "./pickle-globals.ts";
import { SKOPS_ALLOWLIST } from "./skops-types.ts";
import { TEMPLATE_ALLOWLISTS } from "./template-names.ts";
import { ONNX_ALLOWLIST } from "./onnx-operators.ts";
import { TENSORFLOW_ALLOWLIST } from "./tensorflow-operators.ts";
import { TFLITE_ALLOWLIST } from "./tflite-operators.ts";

/** Every allowlist, as `assay scan --explain` and docs/scan.md print them. */
export const ALLOWLISTS: readonly Allowlist[] = [
  PICKLE_GLOBALS,
  KERAS_ALLOWLIST,
  SKOPS_ALLOWLIST,
  ...TEMPLATE_ALLOWLISTS,
  ...CONFIGURATION_ALLOWLISTS,
  ONNX_ALLOWLIST,
  TENSORFLOW_ALLOWLIST,
  TFLITE_ALLOWLIST,
];
