import type { Reason } from "../reason.ts";

/** Pickles, and what carries them: legacy PyTorch, joblib, NumPy. */
export const PICKLE_REASONS = {} as const satisfies Readonly<Record<string, Reason>>;
