import { CLASSES_UPWARD, SHORT_CLASS_NAMES } from "../../../report/openness-words.ts";
import type { ComparedModel, EvaluatedComponent, OpennessComparison } from "../../../index.ts";
import type { Cell } from "../../text/report.ts";

/** A line of the comparison: what it is about, and a cell for each model. */
export interface ComparedRow {
  readonly title: string;
  readonly cells: readonly Cell[];
}

/** What the star stands for. */
export const STAR_MEANS = "* open, and not among the licenses recommended for this kind of component";

/** Class, progress and licenses of the models, then their components, in names that nobody has escaped yet. */
export function comparedRows({ models, components }: OpennessComparison): ComparedRow[] {
  const evaluations = models.map(({ evaluation }) => evaluation);
  return [
    {
      title: "Class",
      cells: evaluations.map((one) =>
        one.class === null ? { text: "none yet", tone: "bad" } : { text: SHORT_CLASS_NAMES[one.class], tone: "good" },
      ),
    },
    ...CLASSES_UPWARD.map((openness) => ({
      title: `To ${SHORT_CLASS_NAMES[openness]}`,
      cells: evaluations.map(({ progress }) => ({ text: `${Math.floor(progress[openness])} %` })),
    })),
    ...licenseRow(models),
    ...components.map(({ name, answers }) => ({ title: name, cells: answers.map(cellOf) })),
  ];
}

function licenseRow(models: readonly ComparedModel[]): ComparedRow[] {
  const stated = models.map(({ model }) => model.licenses.distribution?.name?.trim() ?? "");
  return stated.every((name) => name === "")
    ? []
    : [{ title: "License of the whole", cells: stated.map((text) => ({ text: text || "-" })) }];
}

function cellOf({ status, license, typeAppropriate }: EvaluatedComponent): Cell {
  const name = license?.trim() ?? "";
  switch (status) {
    case "included":
    case "optional":
      return { text: `✔ ${name}${typeAppropriate === false ? " *" : ""}`, tone: "good" };
    case "invalid":
      return { text: `✘ ${name}`, tone: "bad" };
    case "unlicensed":
      return { text: "✘ no license", tone: "bad" };
    case "missing":
      return { text: "-", tone: "dim" };
  }
}

export function hasStar(rows: readonly ComparedRow[]): boolean {
  return rows.some(({ cells }) => cells.some(({ text }) => /^✔ .* \*$/.test(text)));
}
