import type { ScanCase } from "../../support/scan/case.ts";
import { FILE_CASES } from "./files.ts";
import { GGUF_CASES } from "./gguf.ts";
import { ONNX_CASES } from "./onnx.ts";
import { TEMPLATE_CASES } from "./templates.ts";

/** The generated set: every family's cases. */
export const SCAN_CASES: readonly ScanCase[] = [...FILE_CASES, ...ONNX_CASES, ...GGUF_CASES, ...TEMPLATE_CASES];
