import type { OpennessClass } from "../openness/components.ts";
import type { ComponentFindings } from "../openness/folder/findings.ts";
import { isOpenStatus, type EvaluatedComponent, type Evaluation } from "../openness/evaluation.ts";

export { COMPONENTS } from "../openness/components.ts";
export { isOpenStatus };

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
      return `${shownLicense(license?.trim() ?? "")}: not open`;
    case "missing":
      if (replacedBy !== undefined) return "missing; the paper replaces it";
      return requiredFor.length === 0 ? "missing (optional)" : "missing";
  }
}

/** A license as a person reads it: the names for unknown texts are made for files. */
export function shownLicense(license: string): string {
  return license
    .replace(/LicenseRef-unknown-text/g, "an unknown license")
    .replace(/LicenseRef-no-license/g, "no license")
    .replace(/LicenseRef-restricted/g, "restricting terms")
    .replace(/LicenseRef-changed-(\S+)/g, "a changed $1")
    .replace(/LicenseRef-/g, "");
}

/**
 * Why the second answer on a folder is less, or not more, than its claims suggest; undefined where they all count.
 * A component that counts as found and not with the claims is named, with the license that a file gives it.
 */
export function claimsNote(findings: readonly ComponentFindings[], asFound: Evaluation, ifClaimsHold: Evaluation): string | undefined {
  const withClaims = new Map(ifClaimsHold.components.map((component) => [component.name, component]));
  const lost = asFound.components.filter(({ name, status }) => isOpenStatus(status) && !isOpenStatus(withClaims.get(name)?.status));
  const claimed = findings.filter(({ state }) => state === "claimed").map(({ name }) => withClaims.get(name)?.status);
  const notOpen = claimed.filter((status) => status === "invalid").length;
  const unstated = claimed.filter((status) => status === "unlicensed").length;
  const parts = [
    ...lost.slice(0, 3).map(({ name }) => {
      const license = withClaims.get(name)?.license;
      return `${name} counts as found and not with claims: a file gives it ${license === "unlicensed" ? "no license" : shownLicense(license ?? "no license")}`;
    }),
    ...(lost.length > 3 ? [`and ${lost.length - 3} more components likewise`] : []),
    ...uncounted(claimed.length, unstated, notOpen),
  ];
  return parts.length === 0 ? undefined : parts.join("; ");
}

function uncounted(claimed: number, unstated: number, notOpen: number): string[] {
  if (unstated + notOpen === 0) return [];
  const who = unstated + notOpen === claimed ? (claimed === 1 ? "the claimed component" : `the ${claimed} claimed components`) : undefined;
  const some = `${unstated + notOpen} of ${claimed} claimed components`;
  const verb = unstated + notOpen === 1 ? "does" : "do";
  const why =
    notOpen === 0
      ? `no license is stated for ${unstated === 1 ? "it" : "them"}`
      : unstated === 0
        ? `under ${notOpen === 1 ? "a license that is" : "licenses that are"} not open`
        : `${unstated} without a stated license, ${notOpen} under one that is not open`;
  return [`${who ?? some} ${verb} not count: ${why}`];
}

/** Why a component's license is not open, in a line that says each reason in the same words. */
export function notOpenReason({ license, why, restriction }: EvaluatedComponent): string {
  const shown = shownLicense(license?.trim() ?? "");
  if (restriction !== null) return `${shown}: ${restriction.reason} (${restriction.clause})`;
  return why.includes("LicenseRef-") ? `${shown}: a text of the author's own, not on a list of open licenses` : why;
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
