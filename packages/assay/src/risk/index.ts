/**
 * What happens when a model is loaded: the reasons, what is allowed, and what findings come to. Pure: runs in a browser.
 */
export { LOAD_ADVICE, type LoadAdvice } from "./advice.ts";
export type { Allowlist } from "./allowed/allowlist.ts";
export { ALLOWLISTS } from "./allowed/allowlists.ts";
export type { ExaminedMember, FileExamination, LoadFacts, LoadFinding } from "./findings.ts";
export { gradeLoad, type FileRisk, type GradedFinding, type LoadRisk, type MemberRisk } from "./grade.ts";
export { type LoadOutcome, worstOutcome } from "./load-outcome.ts";
export type { Reason } from "./reason.ts";
export { REASON_FAMILIES, type ReasonId, REASONS } from "./reasons.ts";
