import type { OpennessClass } from "../openness/components.ts";
import type { EvaluatedComponent, Evaluation } from "../openness/evaluation.ts";

export { COMPONENTS } from "../openness/components.ts";
export { isOpenStatus } from "../openness/evaluation.ts";

/** For people. */
export const CLASS_NAMES: Record<OpennessClass, string> = {
  1: "Class I, open science",
  2: "Class II, open tooling",
  3: "Class III, open model",
};
export const SHORT_CLASS_NAMES: Record<OpennessClass, string> = { 1: "Class I", 2: "Class II", 3: "Class III" };
export const NO_CLASS = "no class yet";

/** From the least open on, as they are reached. */
export const CLASSES_UPWARD: readonly OpennessClass[] = [3, 2, 1];

/** `III 100 %, II 60 %, I 0 %`. Rounded down: 100 means complete. */
export function progressText(progress: Readonly<Record<"1" | "2" | "3", number>>): string {
  return CLASSES_UPWARD.map((openness) => `${SHORT_CLASS_NAMES[openness].slice("Class ".length)} ${Math.floor(progress[openness])} %`).join(
    ", ",
  );
}

const KINDS = { code: "code", data: "data", document: "documents" } as const;

/** A component's state in a few words, for a table: `Apache-2.0`, `MIT, not made for data`, `no license`, `Gemma: not open`. */
export function statusWords({ status, license, typeAppropriate, kind, requiredFor, replacedBy }: EvaluatedComponent): string {
  switch (status) {
    case "included":
    case "optional":
      return typeAppropriate === false ? `${license ?? ""}, not recommended for ${KINDS[kind]}` : (license ?? "");
    case "unlicensed":
      return "no license";
    case "invalid":
      return `${license?.trim() ?? ""}: not open`;
    case "missing":
      if (replacedBy !== undefined) return "missing; the paper replaces it";
      return requiredFor.length === 0 ? "missing (optional)" : "missing";
  }
}

/** How many components of a class count, and how many it requires: a research paper may replace a report. */
export interface ClassCount {
  readonly has: number;
  readonly asked: number;
}

export function countFor({ components, progress }: Evaluation, openness: OpennessClass): ClassCount {
  const asked = components.filter(({ requiredFor }) => requiredFor.includes(openness)).length;
  return { asked, has: Math.round((progress[openness] * asked) / 100) };
}

/** The end of a sentence that starts with a model's name: what its class, or the lack of one, rests on. */
export function summarizeEvaluation(evaluation: Evaluation): string {
  const { class: reached, nextClass } = evaluation;
  if (nextClass === null) return "has everything that the framework asks for";
  const { has, asked } = countFor(evaluation, nextClass);
  const part = `${has} of the ${asked} components that ${SHORT_CLASS_NAMES[nextClass]} asks for`;
  return reached === null ? `has ${part}` : `has all that ${SHORT_CLASS_NAMES[reached]} asks for, and ${part}`;
}
