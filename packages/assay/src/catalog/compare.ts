import { COMPONENTS, type ComponentName } from "../openness/components.ts";
import type { EvaluatedComponent, Evaluation } from "../openness/evaluation.ts";

/** One component of all the models that are compared. */
export interface ComparedComponent {
  readonly name: ComponentName;
  /** In the order of the models. */
  readonly answers: readonly EvaluatedComponent[];
  /** Whether status, license and its fitness are the same in all. Where it is does not count. */
  readonly isSame: boolean;
}

/** Puts evaluations side by side, component by component, in the order of COMPONENTS. */
export function compareEvaluations(evaluations: readonly Evaluation[]): ComparedComponent[] {
  return COMPONENTS.map(({ name }) => {
    const answers = evaluations.flatMap(({ components }) => components.filter((component) => component.name === name));
    return { name, answers, isSame: new Set(answers.map(identityOf)).size <= 1 };
  });
}

function identityOf({ status, license, typeAppropriate }: EvaluatedComponent): string {
  return JSON.stringify([status, license?.trim().toLowerCase() ?? null, typeAppropriate]);
}
