import type { EvaluatedComponent, Evaluation, ModelDescription, OpennessClass } from "../../../index.ts";
import {
  CLASS_NAMES,
  CLASSES_UPWARD,
  COMPONENTS,
  isOpenStatus,
  progressText,
  SHORT_CLASS_NAMES,
  statusWords,
  summarizeEvaluation,
} from "../../../report/openness-words.ts";
import { escapeName, escapeText } from "../../text/escape.ts";
import { missingBlocks, moreRow, shorten } from "./short-report.ts";
import { answer, row, text, type Block, type Report } from "../../text/report.ts";
import { plural } from "../../text/sizes.ts";

interface OpennessQuestion {
  readonly file: string;
  readonly strict: boolean;
  readonly verbose: boolean;
  readonly unknownFields: readonly string[];
}

/** The class, and what is missing for the next one: 25 lines at most. */
export function shortOpennessReport(model: ModelDescription, evaluation: Evaluation, { file, strict }: OpennessQuestion): Report {
  const reasons = objections(evaluation).filter((block) => block.kind === "text");
  return [
    firstLine(model, evaluation),
    row("progress", progressText(evaluation.progress)),
    row("by", `what ${shorten(file)} says${strict ? "; strictly as the Model Openness Tool reads it" : ""}`),
    ...reasons.slice(0, 2).map((block, index) => row(index === 0 ? "not open" : "", block.text)),
    ...missingBlocks(evaluation, ""),
    moreRow(),
  ];
}

/** `Model parameters (Intermediate)` is the longest name. */
const NAME_COLUMNS = Math.max(...COMPONENTS.map(({ name }) => name.length));
const MARK_COLUMNS = 1;

/** The class of a model as its description says, every component, and what to do for the next class. */
export function opennessReport(model: ModelDescription, evaluation: Evaluation, question: OpennessQuestion): Report {
  return [
    firstLine(model, evaluation),
    ...modelRows(model),
    row("progress", progressText(evaluation.progress)),
    row("by", `what ${escapeName(question.file)} says${question.strict ? "; strictly as the Model Openness Tool reads it" : ""}`),
    ...CLASSES_UPWARD.flatMap((openness) => classTable(openness, evaluation)),
    ...objections(evaluation),
    ...stepBlocks(evaluation),
    ...noteBlocks(evaluation, question),
  ];
}

function firstLine({ release }: ModelDescription, evaluation: Evaluation): Block {
  const { class: reached } = evaluation;
  const name = escapeName(release.name);
  if (reached === null) return answer("no", "No class yet", `${name} ${summarizeEvaluation(evaluation)}`);
  return answer(reached === 1 ? "yes" : "partly", CLASS_NAMES[reached], `${name} ${summarizeEvaluation(evaluation)}`);
}

function modelRows({ release }: ModelDescription): Block[] {
  const facts = [release.version, release.producer, release.type, release.architecture, release.date];
  const shown = facts.filter((fact) => fact !== undefined && fact.trim() !== "").map((fact) => escapeText(fact ?? ""));
  return shown.length === 0 ? [] : [row("model", shown.join(", "))];
}

/** What a class brings in, as a table. */
function classTable(openness: OpennessClass, { components }: Evaluation): Block[] {
  const definitions = COMPONENTS.filter(({ since }) => since === openness);
  const rows = definitions.flatMap(({ name }) => {
    const component = components.find((evaluated) => evaluated.name === name);
    return component === undefined ? [] : [[markOf(component), name, statusWords(component)]];
  });
  return [
    { kind: "blank" },
    { kind: "heading", text: `${CLASS_NAMES[openness]}${openness === 3 ? "" : ", additionally"}` },
    { kind: "columns", rows, widths: [MARK_COLUMNS, NAME_COLUMNS] },
  ];
}

function markOf({ status, requiredFor, replacedBy }: EvaluatedComponent): string {
  if (isOpenStatus(status)) return "✔";
  const isOptional = status === "missing" && (requiredFor.length === 0 || replacedBy !== undefined);
  return isOptional ? "·" : "✘";
}

/** Why the licenses that are not open are not: once for each, whatever is under it. */
function objections({ components }: Evaluation): Block[] {
  const reasons = new Map<string, string>();
  for (const { status, license, why, restriction } of components) {
    if (status !== "invalid" || license === null) continue;
    const name = license.trim();
    reasons.set(name, restriction === null ? why : `${name}: ${restriction.reason} (${restriction.clause})`);
  }
  if (reasons.size === 0) return [];
  return [{ kind: "blank" }, { kind: "heading", text: "Not open" }, ...[...reasons.values()].map((reason) => text(reason))];
}

function stepBlocks({ nextClass, steps }: Evaluation): Block[] {
  const needed = steps.filter(({ problem }) => problem !== "not-fit");
  const advised = steps.filter(({ problem }) => problem === "not-fit");
  return [
    ...(nextClass === null || needed.length === 0
      ? []
      : stepList(`To reach ${SHORT_CLASS_NAMES[nextClass]}, the least work first`, needed, shortReason)),
    ...(advised.length === 0 ? [] : stepList("Recommended, and not required for the class", advised, (step) => step.text)),
  ];
}

type Step = Evaluation["steps"][number];

function stepList(title: string, steps: readonly Step[], reason: (step: Step) => string): Block[] {
  const rows = steps.flatMap((step, index) => [
    [`${index + 1}.`, `${step.component}: ${reason(step)}`],
    ["", step.example],
  ]);
  return [{ kind: "blank" }, { kind: "heading", text: title }, { kind: "columns", rows, widths: [2] }];
}

/** The table of what is not open gives the reason already. */
function shortReason({ problem, text: reason }: Step): string {
  return problem === "not-open" ? "its license is not open: publish it under one that is" : reason;
}

const MAX_NOTES = 10;

function noteBlocks({ notes }: Evaluation, { unknownFields, verbose }: OpennessQuestion): Block[] {
  const lines = notes.filter(({ code }) => code !== "LICENSE_UNKNOWN" && code !== "LICENSE_CUSTOM").map(({ message }) => message);
  const shown = verbose ? lines : lines.slice(0, MAX_NOTES);
  const fields = verbose ? unknownFields : unknownFields.slice(0, 3);
  const moreFields = unknownFields.length > fields.length ? ` and ${plural(unknownFields.length - fields.length, "more", "more")}` : "";
  return [
    ...(shown.length + fields.length === 0 ? [] : [{ kind: "blank" } as const]),
    ...shown.map((message, index) => row(index === 0 ? "note" : "", message)),
    ...(shown.length < lines.length ? [row("", `and ${lines.length - shown.length} more; see --verbose`)] : []),
    ...(fields.length === 0 ? [] : [row("not read", `${fields.map(escapeName).join(", ")}${moreFields}: the format has no such field`)]),
  ];
}
