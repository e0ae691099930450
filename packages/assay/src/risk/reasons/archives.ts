import type { Reason } from "../reason.ts";

/** Archives: zip, tar, gzip; PyTorch's, NumPy's and Keras's use of them. */
export const ARCHIVE_REASONS = {} as const satisfies Readonly<Record<string, Reason>>;
