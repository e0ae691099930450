import type { RuleFinding } from "../decision.ts";
import { isUnavailable, type Facts } from "../facts.ts";
import type { CoverageLevel } from "../policy.ts";
import { firstOf } from "./first-of.ts";

/**
 * Whether the signature covers what is in the model. `asked`: undefined where the policy does not say it, and `signers` implies it.
 * `isSignedHere`: whether a signer of the same scope signed, undefined where that is not known; without one, nothing is covered.
 */
export function evaluateCoverage(
  { uncovered, signature }: Facts,
  asked: CoverageLevel | undefined,
  isSignedHere: boolean | undefined,
): RuleFinding {
  const level = asked ?? "complete";
  // What else is in the model does not matter where only the signed files are asked for.
  const others = level === "signed-files" && isUnavailable(uncovered) ? [] : uncovered;
  if (isUnavailable(others)) return { outcome: "unknown", code: "COVERAGE_UNKNOWN", message: others.unavailable };
  if (isSignedHere === undefined)
    return { outcome: "unknown", code: "COVERAGE_UNKNOWN", message: "whether a signer that the policy trusts signed is not known" };
  if (!isSignedHere) return { outcome: "fail", code: "COVERAGE_GAP", message: "no signer that the policy trusts covers any file" };
  const counting = level === "signed-files" ? [] : others.filter(({ isLoaded }) => level === "complete" || isLoaded);
  const names = counting.map(({ name }) => name).toSorted();
  if (names.length > 0) return { outcome: "fail", code: "COVERAGE_GAP", message: `not under the signature: ${firstOf(names)}`, names };
  // Other bytes than the signed ones are under no signature. Where nothing but `signers` asks, that rule says so, and is what a waiver is for.
  const changed = asked === undefined || isUnavailable(signature) ? [] : signature.changed.toSorted();
  if (changed.length > 0) {
    return { outcome: "fail", code: "COVERAGE_GAP", message: `not the bytes that were signed: ${firstOf(changed)}`, names: changed };
  }
  if (isUnavailable(uncovered)) return { outcome: "pass", message: "the signed files are; others are not known" };
  const isChanged = !isUnavailable(signature) && signature.changed.length > 0;
  const all = isChanged ? "no file is beside the signed ones" : "every file is signed";
  const besides = uncovered.length === 0 ? all : `${uncovered.length} files are not signed, which the policy allows`;
  return { outcome: "pass", message: besides };
}
