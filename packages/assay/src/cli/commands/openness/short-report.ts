import { CLASS_NAMES, SHORT_CLASS_NAMES } from "../../../report/openness-words.ts";
import type { Evaluation, OpennessClass, Step } from "../../../index.ts";
import type { Warning } from "../../../core/warning.ts";
import { escapeName, escapeText } from "../../text/escape.ts";
import { answer, row, text, type Block, type Report } from "../../text/report.ts";
import { plural } from "../../text/sizes.ts";
import { elideMiddle } from "../../text/width.ts";

/** Steps in the short form; with everything else they must leave 25 lines. */
const MAX_STEPS = 8;
/** A reason that is longer breaks the line. */
const MAX_REASON = 60;
/** Component names are up to 31 characters long. */
const COLUMN = 36;
const MAX_WARNINGS = 3;

/** Ends every short report: where the rest is. */
export function moreRow(): Block {
  return row("more", "--full shows every component and what it rests on");
}

/** What is missing for the next class, the least work first, one line each. */
export function missingBlocks({ nextClass, steps }: Evaluation, where: string): Block[] {
  const needed = steps.filter(({ problem }) => problem !== "not-fit");
  if (nextClass === null || needed.length === 0) return [];
  const rest = needed.length - MAX_STEPS;
  return [
    { kind: "blank" },
    { kind: "heading", text: `Missing for ${SHORT_CLASS_NAMES[nextClass]}${where}` },
    ...needed.slice(0, MAX_STEPS).map((step) => entry(step.component, reasonOf(step))),
    ...(rest > 0 ? [text(`and ${plural(rest, "more component")}`)] : []),
    { kind: "blank" },
  ];
}

function reasonOf({ problem, text: reason }: Step): string {
  return cut(escapeText(problem === "not-open" ? "its license is not open" : reason), MAX_REASON);
}

/** A name or reason that would break the line is cut. */
export function shorten(value: string): string {
  const escaped = escapeName(value);
  return escaped.length <= MAX_REASON ? escaped : `${escaped.slice(0, MAX_REASON - 1)}…`;
}

/** The same at another length, cut behind a word. */
export function cut(value: string, most: number): string {
  if (value.length <= most) return value;
  const head = value.slice(0, most - 1);
  const blank = head.lastIndexOf(" ");
  return `${blank > most / 2 ? head.slice(0, blank) : head} …`;
}

/** A path keeps its beginning and its file: it is cut in the middle. */
export function shortenPath(path: string, most = MAX_REASON): string {
  return elideMiddle(escapeName(path), most);
}

/** A component, and what is said of it. */
export function entry(term: string, content: string): Block {
  return { kind: "entry", term, text: content, column: COLUMN };
}

/** The first line where a class was asked for: whether it is reached comes first. */
export function withRequiredClassFirst(report: Report, reached: OpennessClass | null, required: OpennessClass): Report {
  const [first, ...rest] = report;
  const isReached = reaches(reached, required);
  const found = reached === null ? "no class" : CLASS_NAMES[reached];
  const lead = isReached ? SHORT_CLASS_NAMES[required] : `Not ${SHORT_CLASS_NAMES[required]}`;
  const said = first?.kind === "answer" ? first.text : "";
  return [answer(isReached ? "yes" : "no", lead, isReached && reached === required ? said : `${found}: ${said}`), ...rest];
}

/** The lower the number, the more is open. */
function reaches(reached: OpennessClass | null, required: OpennessClass): boolean {
  return reached !== null && reached <= required;
}

/** What takes openness away is told before the rest. */
const FIRST: ReadonlySet<string> = new Set(["EVIDENCE_USE_POLICY", "EVIDENCE_LICENSE_UNREAD", "EVIDENCE_LICENSE_CONFLICT"]);

/** Three of a kind are told one by one. */
const MAX_OF_A_KIND = 3;

/** Warnings that differ in nothing but the file that they begin with: the first, and how many more there are. */
export function groupWarnings(warnings: readonly Warning[]): readonly Warning[] {
  const kinds = new Map<string, Warning[]>();
  for (const warning of warnings) {
    const kind = `${warning.code} ${warning.message.replace(/^\S+/, "")}`;
    const known = kinds.get(kind);
    if (known === undefined) kinds.set(kind, [warning]);
    else known.push(warning);
  }
  return [...kinds.values()].flatMap((ofKind) => {
    const [first] = ofKind;
    if (first === undefined || ofKind.length <= MAX_OF_A_KIND) return ofKind;
    return [{ code: first.code, message: `${first.message}; the same of ${ofKind.length - 1} more files` }];
  });
}

/** The first warnings, and how many there are besides. */
export function fewWarnings(warnings: readonly Warning[]): readonly Warning[] {
  if (warnings.length <= MAX_WARNINGS + 1) return warnings;
  const ordered = [...warnings.filter(({ code }) => FIRST.has(code)), ...warnings.filter(({ code }) => !FIRST.has(code))];
  const [last] = ordered.slice(MAX_WARNINGS);
  const shown = ordered.slice(0, MAX_WARNINGS);
  const message = `${warnings.length - MAX_WARNINGS} more warnings; --full shows them`;
  return last === undefined ? shown : [...shown, { code: last.code, message }];
}
