import type { Examiner } from "./examiner.ts";
import { GGUF_EXAMINER } from "./examiners/gguf.ts";
import { GRAPH_EXAMINERS } from "./examiners/graphs.ts";
import { SAFETENSORS_EXAMINER } from "./examiners/safetensors.ts";
import { TEXT_EXAMINER } from "./examiners/text.ts";

/**
 * Every examiner. Where content or name fits several, the first of them counts: the more a beginning says, the earlier.
 * Text is last.
 */
export const EXAMINERS: readonly Examiner[] = [SAFETENSORS_EXAMINER, GGUF_EXAMINER, ...GRAPH_EXAMINERS, TEXT_EXAMINER];
