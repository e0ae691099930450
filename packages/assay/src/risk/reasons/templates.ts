import type { Reason } from "../reason.ts";

/** Chat templates and other templates. */
export const TEMPLATE_REASONS = {} as const satisfies Readonly<Record<string, Reason>>;
