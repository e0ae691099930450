import type { Examiner } from "../examiner.ts";
import { ONNX_EXAMINER } from "./onnx.ts";

/** Graphs, compiled models and programs. */
export const GRAPH_EXAMINERS: readonly Examiner[] = [ONNX_EXAMINER];
