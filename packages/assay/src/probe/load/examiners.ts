import type { Examiner } from "./examiner.ts";
import { SAFETENSORS_EXAMINER } from "./examiners/safetensors.ts";
import { TEXT_EXAMINER } from "./examiners/text.ts";

/**
 * Every examiner. Where content or name fits several, the first of them counts: the more a beginning says, the earlier.
 * Text is last.
 */
export const EXAMINERS: readonly Examiner[] = [SAFETENSORS_EXAMINER, TEXT_EXAMINER];
