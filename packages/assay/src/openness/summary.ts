import { SHORT_CLASS_NAMES } from "./class-names.ts";
import type { OpennessClass } from "./components.ts";
import type { Evaluation } from "./evaluation.ts";

/** How many components of a class count, and how many it asks for: a research paper may stand in for a report. */
export interface ClassCount {
  readonly has: number;
  readonly asked: number;
}

export function countFor({ components, progress }: Evaluation, openness: OpennessClass): ClassCount {
  const asked = components.filter(({ requiredFor }) => requiredFor.includes(openness)).length;
  return { asked, has: Math.round((progress[openness] * asked) / 100) };
}

/** Ends the sentence that starts with a model's name: what its class, or the lack of one, rests on. */
export function summarize(evaluation: Evaluation): string {
  const { class: reached, nextClass } = evaluation;
  if (nextClass === null) return "has everything that the framework asks for";
  const { has, asked } = countFor(evaluation, nextClass);
  const part = `${has} of the ${asked} components that ${SHORT_CLASS_NAMES[nextClass]} asks for`;
  return reached === null ? `has ${part}` : `has all that ${SHORT_CLASS_NAMES[reached]} asks for, and ${part}`;
}
