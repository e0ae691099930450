import type { Evaluation, EvaluationList, ModelEvaluation } from "../../../index.ts";
import { SHORT_CLASS_NAMES } from "../../../report/openness-words.ts";
import { escapeName } from "../../text/escape.ts";
import { answer, command, text, type Block, type Cell, type GridColumn, type Report } from "../../text/report.ts";
import { groupDigits, plural } from "../../text/sizes.ts";

/** What is dropped first where a terminal is narrow is last. */
const COLUMNS: readonly GridColumn[] = [
  { heading: "Class" },
  { heading: "Name", shrinkTo: 26, least: 18 },
  { heading: "Size", align: "right", shrinkTo: 7, least: 5 },
  { heading: "Organization", shrinkTo: 14, mayGo: true },
  { heading: "License", shrinkTo: 14, mayGo: true },
  { heading: "Next class", mayGo: true },
];

/** How many there are of each class, then one line for each. */
export function listReport({ evaluations: shown, total, sources }: EvaluationList): Report {
  if (shown.length === 0) {
    return [
      answer("no", "None found", `0 of ${groupDigits(total)} evaluations fit`),
      command("All of them:", ["assay", "openness", "list"]),
    ];
  }
  const [first] = shown;
  const which = shown.length === total ? plural(total, "evaluation") : `${groupDigits(shown.length)} of ${plural(total, "evaluation")}`;
  const twice = namesTwice(shown);
  return [
    answer("neutral", "", `${which}: ${countClasses(shown)}`),
    { kind: "blank" },
    { kind: "grid", columns: COLUMNS, rows: shown.map((evaluated) => rowOf(evaluated, twice)) },
    { kind: "blank" },
    ...sources.map(({ name, date, license }): Block =>
      text(`Public evaluations: ${name}, ${date}, license ${license ?? "unknown"}.`, "dim"),
    ),
    ...(first === undefined ? [] : [command("One in full:", ["assay", "openness", "show", nameOf(first, twice)])]),
  ];
}

const NUMERALS = { 1: "I", 2: "II", 3: "III" } as const;

function countClasses(shown: readonly ModelEvaluation[]): string {
  const counts = ([1, 2, 3, null] as const).map((openness) => {
    const count = shown.filter(({ evaluation }) => evaluation.class === openness).length;
    const name = openness === null ? "of no class" : `of ${SHORT_CLASS_NAMES[openness]}`;
    return count === 0 ? [] : [`${groupDigits(count)} ${name}`];
  });
  return counts.flat().join(", ");
}

function rowOf(evaluated: ModelEvaluation, twice: ReadonlySet<string>): Cell[] {
  const { evaluation, license } = evaluated;
  const { release } = evaluated.model;
  const name = twice.has(release.name) ? `${release.name} (${nameOf(evaluated, twice)})` : release.name;
  return [
    evaluation.class === null ? { text: "-", tone: "dim" } : { text: NUMERALS[evaluation.class], tone: "good" },
    { text: escapeName(name.trim()) },
    { text: shown(release.version) },
    { text: shown(release.producer) },
    { text: shown(license) },
    { text: nextOf(evaluation), tone: "dim" },
  ];
}

/** What `assay openness show` finds it by. */
function nameOf({ id, file, model }: ModelEvaluation, twice: ReadonlySet<string>): string {
  return twice.has(model.release.name) ? (file ?? `${id}.yml`) : model.release.name;
}

/** Two evaluations of one name are told apart by their files. */
function namesTwice(entries: readonly ModelEvaluation[]): Set<string> {
  const seen = new Set<string>();
  return new Set(entries.map(({ model }) => model.release.name).filter((name) => seen.size === seen.add(name).size));
}

function nextOf({ nextClass, progress }: Evaluation): string {
  return nextClass === null ? "" : `${NUMERALS[nextClass]} ${Math.floor(progress[nextClass])} %`;
}

function shown(said: string | undefined): string {
  const trimmed = said?.trim() ?? "";
  return trimmed === "" ? "" : escapeName(trimmed);
}
