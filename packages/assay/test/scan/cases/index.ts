import type { ScanCase } from "../../support/scan/case.ts";
import { FILE_CASES } from "./files.ts";
import { ONNX_CASES } from "./onnx.ts";

/** The generated set: every family's cases. */
export const SCAN_CASES: readonly ScanCase[] = [...FILE_CASES, ...ONNX_CASES];
