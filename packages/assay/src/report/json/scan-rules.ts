import type { Allowlist } from "../../risk/allowed/allowlist.ts";
import type { Reason } from "../../risk/reason.ts";
import { REASON_FAMILIES } from "../../risk/reasons.ts";
import { LOAD_ADVICE } from "../../risk/advice.ts";
import type { ScanRulesDocument } from "./documents.ts";
import { head } from "./head.ts";

/**
 * The document of the allowlists and the reasons of a scan: schemas/scan-rules.v1.json. The lists are those of `allowedByScan`: they
 * are given, so that a page that shows other documents need not load them.
 */
export function scanRulesDocument(allowlists: readonly Allowlist[]): ScanRulesDocument {
  return {
    ...head("scan-rules"),
    exitCode: 0,
    allowlists: allowlists.map(({ what, source, date, names }) => ({ what, source, date, names })),
    reasons: REASON_FAMILIES.flatMap(({ reasons }) =>
      Object.entries(reasons).map(([id, { outcome, title, meaning, abuse, advice }]: [string, Reason]) => {
        return { id, outcome, title, meaning, abuse: abuse ?? null, advice: LOAD_ADVICE[advice] };
      }),
    ),
  };
}
