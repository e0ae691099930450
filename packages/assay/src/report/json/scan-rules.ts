import { ALLOWLISTS } from "../../risk/allowed/allowlists.ts";
import type { Reason } from "../../risk/reason.ts";
import { REASON_FAMILIES } from "../../risk/reasons.ts";
import { LOAD_ADVICE } from "../../risk/advice.ts";
import type { ScanRulesDocument } from "./documents.ts";
import { head } from "./head.ts";

/** The document of the allowlists and the reasons of a scan: schemas/scan-rules.v1.json. */
export function scanRulesDocument(): ScanRulesDocument {
  return {
    ...head("scan-rules"),
    exitCode: 0,
    allowlists: ALLOWLISTS.map(({ what, source, date, names }) => ({ what, source, date, names })),
    reasons: REASON_FAMILIES.flatMap(({ reasons }) =>
      Object.entries(reasons).map(([id, { outcome, title, meaning, abuse, advice }]: [string, Reason]) => {
        return { id, outcome, title, meaning, abuse: abuse ?? null, advice: LOAD_ADVICE[advice] };
      }),
    ),
  };
}
