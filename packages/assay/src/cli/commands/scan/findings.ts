import type { FileRisk, GradedFinding, LoadOutcome, LoadRisk } from "../../../index.ts";
import { adviceOf } from "../../../report/load-advice.ts";
import { escapeName, escapeText } from "../../text/escape.ts";
import { MAX_LINES, more } from "../../text/long-lists.ts";
import { text, type Block } from "../../text/report.ts";
import { groupDigits } from "../../text/sizes.ts";

const ORDER: readonly (LoadOutcome | "note")[] = ["code", "invalid", "unknown", "note", "data-only"];
const LABEL_WIDTH = 7;

/** Every file with findings, the worst first: where it is, what it does, and what to do, which is said once for all that it is for. */
export function findingBlocks({ files }: LoadRisk): Block[] {
  const found = files.filter(({ findings }) => findings.length > 0).toSorted((a, b) => rank(a.outcome) - rank(b.outcome));
  const count = found.reduce((sum, { findings }) => sum + findings.length, 0);
  let room = MAX_LINES;
  const said = new Set<string>();
  const blocks = found.flatMap((file): Block[] => {
    if (room <= 0) return [];
    const shown = file.findings.toSorted((a, b) => rank(a.outcome) - rank(b.outcome)).slice(0, room);
    room -= shown.length;
    return [{ kind: "blank" }, ...fileBlocks(file, shown, said)];
  });
  return [...blocks, ...more(count), ...(found.some(isAllowable) ? [{ kind: "blank" } as const, text(ALLOWING, "dim")] : [])];
}

/** Said once, and of no single name: whether one is harmless is for the reader to know. */
const ALLOWING = "A name that you know to be harmless can be allowed exactly as it is written: --allow NAME";

function isAllowable({ findings }: FileRisk): boolean {
  return findings.some(({ name, isWaived, outcome }) => name !== undefined && !isWaived && outcome !== "invalid");
}

/** Adds what to do to `said`, where a file before has not had it. */
function fileBlocks({ file, format }: FileRisk, findings: readonly GradedFinding[], said: Set<string>): Block[] {
  const title = format === undefined ? escapeName(file) : `${escapeName(file)} (${format})`;
  const lastOf = new Map(findings.filter(asksToAct).map((finding) => [adviceOf(finding.reason), finding]));
  const rows = findings.flatMap((finding): string[][] => {
    const advice = adviceOf(finding.reason);
    if (lastOf.get(advice) !== finding || said.has(advice)) return [rowOf(finding)];
    said.add(advice);
    return [rowOf(finding), ["", `→ ${advice}`]];
  });
  return [text(title), { kind: "columns", rows, widths: [LABEL_WIDTH] }];
}

function rowOf(finding: GradedFinding): string[] {
  const place = placeOf(finding);
  return [finding.isWaived ? "allowed" : finding.outcome, `${place === "" ? "" : `${place}: `}${escapeText(finding.what)}`];
}

function asksToAct({ isWaived, outcome }: GradedFinding): boolean {
  return !isWaived && outcome !== "note";
}

function placeOf({ member, offset }: GradedFinding): string {
  const parts = [...(member === undefined ? [] : [escapeName(member)]), ...(offset === undefined ? [] : [`byte ${groupDigits(offset)}`])];
  return parts.join(", ");
}

function rank(outcome: LoadOutcome | "note"): number {
  return ORDER.indexOf(outcome);
}
