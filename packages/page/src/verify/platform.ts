import type { Platform } from "../../../assay/src/statement/names.ts";

/** Whose rules for file names hold where this browser runs. */
export function platform(): Platform {
  return /\bWindows\b/.test(navigator.userAgent) ? "windows" : "posix";
}
