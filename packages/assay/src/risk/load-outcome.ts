/**
 * What happens when a file or a model is loaded.
 *
 * - `data-only`: every byte that a loader acts on is understood, and only data comes of it.
 * - `code`: loading runs or names code.
 * - `unknown`: not understood in full.
 * - `invalid`: not a file of its format.
 */
export type LoadOutcome = "data-only" | "code" | "unknown" | "invalid";

/** The worst first. */
const ORDER: readonly LoadOutcome[] = ["code", "invalid", "unknown", "data-only"];

/** The worst of several outcomes: code > invalid > unknown > data-only. Of none: `unknown`, as nothing was examined. */
export function worstOutcome(outcomes: Iterable<LoadOutcome>): LoadOutcome {
  const found = new Set(outcomes);
  return ORDER.find((outcome) => found.has(outcome)) ?? "unknown";
}
