import type { Evaluated } from "./evaluated.ts";

/** Most open first: by progress in Class III, then II, then I; then by name, numbers by value. */
export function byOpenness(a: Evaluated, b: Evaluated): number {
  return (
    b.evaluation.progress["3"] - a.evaluation.progress["3"] ||
    b.evaluation.progress["2"] - a.evaluation.progress["2"] ||
    b.evaluation.progress["1"] - a.evaluation.progress["1"] ||
    compareModelNames(a.entry.model.release.name, b.entry.model.release.name) ||
    compareModelNames(a.entry.id, b.entry.id)
  );
}

/** `Llama-2-7B` before `Llama-2-13B`, whatever the case. `Intl.Collator` would cost ten milliseconds of start-up. */
export function compareModelNames(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const [x = "", y = ""] = [left[index], right[index]];
    if (x === y) continue;
    const bothNumbers = /^\d/.test(x) && /^\d/.test(y);
    const difference = bothNumbers ? Number(x) - Number(y) : 0;
    if (difference !== 0) return difference;
    return x < y ? -1 : 1;
  }
  return 0;
}

function partsOf(name: string): string[] {
  return name.toLowerCase().match(/\d{1,15}|\D+/g) ?? [];
}
