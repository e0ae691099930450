import type { ComparedModel, OpennessComparison } from "../api/compare-openness.ts";
import type { EvaluatedComponent } from "../openness/evaluation.ts";
import { CLASSES_UPWARD, SHORT_CLASS_NAMES } from "./openness-words.ts";

/** A line of the comparison: what it is about, and a cell for each model. Nothing in it is escaped. */
export interface ComparedRow {
  readonly title: string;
  readonly cells: readonly ComparedCell[];
}

interface ComparedCell {
  readonly text: string;
  /** How good it is for openness, where it says. */
  readonly tone?: "good" | "bad" | "dim";
}

/** The meaning of the star. */
export const STAR_MEANS = "* open, and not among the licenses recommended for this kind of component";

/** Class, progress and licenses of the models, then their components. */
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

function cellOf({ status, license, typeAppropriate }: EvaluatedComponent): ComparedCell {
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

/** A name for each model: two of one name get the words by which they were named, and where those are the same, too, a number. */
export function modelNames(models: readonly ComparedModel[]): string[] {
  const names = models.map(({ model }) => model.release.name.trim());
  const given = models.map((one, index) => (isTwice(names, names[index]) ? one.given : (names[index] ?? one.given)));
  return given.map((name, index) => (isTwice(given, name) ? `${name} (${index + 1})` : name));
}

function isTwice(all: readonly string[], name: string | undefined): boolean {
  return all.filter((other) => other === name).length > 1;
}
