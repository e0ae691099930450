import type { FileRisk, GradedFinding, LoadOutcome, LoadRisk } from "../../../index.ts";
import { adviceOf } from "../../../report/load-advice.ts";
import { escapeName, escapeText } from "../../text/escape.ts";
import { MAX_LINES, more } from "../../text/long-lists.ts";
import { text, type Block } from "../../text/report.ts";
import { groupDigits } from "../../text/sizes.ts";

const ORDER: readonly (LoadOutcome | "note")[] = ["code", "invalid", "unknown", "note", "data-only"];
const LABEL_WIDTH = 7;

/** Every file with findings, the worst first: where it is, what it does, what to do. */
export function findingBlocks({ files }: LoadRisk): Block[] {
  const found = files.filter(({ findings }) => findings.length > 0).toSorted((a, b) => rank(a.outcome) - rank(b.outcome));
  const count = found.reduce((sum, { findings }) => sum + findings.length, 0);
  let room = MAX_LINES;
  const blocks = found.flatMap((file): Block[] => {
    if (room <= 0) return [];
    const shown = file.findings.toSorted((a, b) => rank(a.outcome) - rank(b.outcome)).slice(0, room);
    room -= shown.length;
    return [{ kind: "blank" }, ...fileBlocks(file, shown)];
  });
  return [...blocks, ...more(count), ...(found.some(isAllowable) ? [{ kind: "blank" } as const, text(ALLOWING, "dim")] : [])];
}

/** Said once, and of no single name: whether one is harmless is for the reader to know. */
const ALLOWING = "A name that you know to be harmless can be allowed exactly as it is written: --allow NAME";

function isAllowable({ findings }: FileRisk): boolean {
  return findings.some(({ name, isWaived, outcome }) => name !== undefined && !isWaived && outcome !== "invalid");
}

function fileBlocks({ file, format }: FileRisk, findings: readonly GradedFinding[]): Block[] {
  const title = format === undefined ? escapeName(file) : `${escapeName(file)} (${format})`;
  return [
    text(title),
    { kind: "columns", rows: findings.flatMap((finding, at) => rowsOf(finding, findings[at + 1])), widths: [LABEL_WIDTH] },
  ];
}

/** The finding, and below the last of several with the same advice, what to do. */
function rowsOf(finding: GradedFinding, next: GradedFinding | undefined): string[][] {
  const { what, outcome, isWaived } = finding;
  const place = placeOf(finding);
  const label = isWaived ? "allowed" : outcome;
  const rows = [[label, `${place === "" ? "" : `${place}: `}${escapeText(what)}`]];
  const advice = adviceLine(finding);
  if (isWaived || outcome === "note" || (next !== undefined && !next.isWaived && adviceLine(next) === advice)) return rows;
  return [...rows, ["", advice]];
}

function adviceLine({ reason }: GradedFinding): string {
  return `→ ${adviceOf(reason)}`;
}

function placeOf({ member, offset }: GradedFinding): string {
  const parts = [...(member === undefined ? [] : [escapeName(member)]), ...(offset === undefined ? [] : [`byte ${groupDigits(offset)}`])];
  return parts.join(", ");
}

function rank(outcome: LoadOutcome | "note"): number {
  return ORDER.indexOf(outcome);
}
