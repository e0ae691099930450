import type { OpennessClass } from "./components.ts";

/** As people say them. */
export const CLASS_NAMES: Record<OpennessClass, string> = {
  1: "Class I, open science",
  2: "Class II, open tooling",
  3: "Class III, open model",
};
export const SHORT_CLASS_NAMES: Record<OpennessClass, string> = { 1: "Class I", 2: "Class II", 3: "Class III" };
export const NO_CLASS = "no class yet";

/** From the least open on, as they are reached. */
export const CLASSES_UPWARD: readonly OpennessClass[] = [3, 2, 1];

/** `III 100 %, II 60 %, I 0 %`. Rounded down: 100 is said of what is whole. */
export function progressText(progress: Readonly<Record<"1" | "2" | "3", number>>): string {
  return CLASSES_UPWARD.map((openness) => `${SHORT_CLASS_NAMES[openness].slice("Class ".length)} ${Math.floor(progress[openness])} %`).join(
    ", ",
  );
}
