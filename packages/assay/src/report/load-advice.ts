import { LOAD_ADVICE } from "../risk/advice.ts";
import { REASONS, type ReasonId } from "../risk/reasons.ts";

/** What to do about a finding, in one line. */
export function adviceOf(reason: ReasonId): string {
  return LOAD_ADVICE[REASONS[reason].advice];
}
