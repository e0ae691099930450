import type { FileRisk, LoadOutcome, Scan } from "../../../index.ts";
import { escapeName } from "../../text/escape.ts";
import { answer, type Block, type Mark } from "../../text/report.ts";
import { groupDigits, plural } from "../../text/sizes.ts";

const MARKS: Readonly<Record<LoadOutcome, Mark>> = { "data-only": "yes", code: "no", invalid: "unsure", unknown: "unsure" };
const LEADS: Readonly<Record<LoadOutcome, string>> = { "data-only": "Data only", code: "Code", invalid: "Invalid", unknown: "Unknown" };
/** What is said of one file, and of several. */
const VERBS: Readonly<Record<Exclude<LoadOutcome, "data-only">, readonly [string, string]>> = {
  code: ["runs or names code when it is loaded", "run or name code when they are loaded"],
  invalid: ["is not a valid file of its format", "are not valid files of their formats"],
  unknown: ["is not understood in full", "are not understood in full"],
};

/** The first line: the model, the answer, what was examined and what was not. `name` is the model's, as it was typed. */
export function scanAnswer(name: string, { kind, risk }: Scan): Block {
  const { outcome, waived } = risk;
  const parts = [
    ...(waived.length === 0 ? [] : [`you allowed ${plural(waived.length, "name")}`]),
    ...(kind === "file" ? [] : [examined(risk.files)]),
    ...notRead(risk.files),
  ];
  const mark = outcome === "data-only" && waived.length > 0 ? "partly" : MARKS[outcome];
  const text = parts.length === 0 ? "" : `${outcome === "data-only" && kind === "directory" ? ", " : "; "}${parts.join("; ")}`;
  return answer(mark, LEADS[outcome], `${subject(escapeName(name), kind, risk)}${text}`);
}

function subject(name: string, kind: Scan["kind"], { outcome, files, findings }: Scan["risk"]): string {
  if (outcome === "data-only") return kind === "file" ? `loading ${name} runs no code` : name;
  const [one, several] = VERBS[outcome];
  const [first, ...others] = files.filter((file) => file.outcome === outcome);
  if (first === undefined) return findings.length > 0 ? `${name}: no file that a loader reads` : `${name} ${one}`;
  if (kind === "file") return `${name} ${one}`;
  if (others.length === 0) return `${name}: ${escapeName(first.file)} ${one}`;
  return `${name}: ${escapeName(first.file)} and ${groupDigits(others.length)} more ${several}`;
}

/** `7 of 9 files examined, 3 of them never loaded` */
function examined(files: readonly FileRisk[]): string {
  const read = files.filter((file) => !isPassedOver(file)).length;
  const neverLoaded = files.filter(({ isLoaded }) => !isLoaded).length;
  const texts = neverLoaded === 0 ? "" : `, ${groupDigits(neverLoaded)} of them never loaded`;
  return `${groupDigits(read)} of ${plural(files.length, "file")} examined${texts}`;
}

/** Nothing was read of it, so that nothing is said of its content. */
function isPassedOver({ format, isLoaded }: FileRisk): boolean {
  return format === undefined && isLoaded;
}

function notRead(files: readonly FileRisk[]): string[] {
  const left = new Set(files.flatMap(({ leftOut }) => leftOut));
  return left.size === 0 ? [] : [`not read: ${[...left].join(", ")}`];
}
