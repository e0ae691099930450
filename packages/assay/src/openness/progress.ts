import { COMPONENTS, type ComponentName, type OpennessClass, RESEARCH_PAPER, TECHNICAL_REPORT } from "./components.ts";

/** How much of each class a model has, and the best class that is complete. */
export interface ClassProgress {
  readonly class: OpennessClass | null;
  readonly progress: Readonly<Record<"1" | "2" | "3", number>>;
}

/**
 * Counts as the Model Openness Tool does: a class is what was included of all that it and the classes below
 * ask for, and 0 while a lower class is not whole. A research paper replaces a technical report that is
 * not included; for Class I, which asks for the paper itself, one component less is asked for then.
 */
export function measureProgress(included: ReadonlySet<ComponentName>): ClassProgress {
  const isPaperInPlace = included.has(RESEARCH_PAPER) && !included.has(TECHNICAL_REPORT);
  const counts = { 1: countFor(1, included), 2: countFor(2, included), 3: countFor(3, included) };
  if (isPaperInPlace) {
    counts[3].included += 1;
    counts[2].included += 1;
    counts[1].required -= 1;
  }
  // A class asks for all that those below it do: where it is whole, so are they.
  const isWhole2 = isWhole(counts[2]);
  const isWhole3 = isWhole(counts[3]);
  return {
    class: isWhole(counts[1]) ? 1 : isWhole2 ? 2 : isWhole3 ? 3 : null,
    progress: { 1: isWhole2 ? percent(counts[1]) : 0, 2: isWhole3 ? percent(counts[2]) : 0, 3: percent(counts[3]) },
  };
}

interface Count {
  included: number;
  required: number;
}

function countFor(openness: OpennessClass, included: ReadonlySet<ComponentName>): Count {
  const required = COMPONENTS.filter(({ requiredFor }) => requiredFor.includes(openness));
  return { required: required.length, included: required.filter(({ name }) => included.has(name)).length };
}

function isWhole({ included, required }: Count): boolean {
  return included >= required;
}

/** Four decimals: further ones are noise, and differ between languages. */
function percent({ included, required }: Count): number {
  return Math.round((included / required) * 1_000_000) / 10_000;
}
