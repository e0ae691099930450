import type { Warning } from "../core/warning.ts";
import type { ComponentKind } from "./components.ts";
import type { LicenseCatalog, LicenseFacts, Restriction } from "./license.ts";
import { type LicenseExpression, parseExpression } from "./spdx-expression.ts";

/** Whether a written license is open and fit for a component of one kind. */
export interface LicenseVerdict {
  /** The identifier or expression, normalized; as written where it is unknown. */
  readonly license: string;
  readonly isOpen: boolean;
  readonly isFit: boolean;
  /** Ends the sentence "it is not open: …"; undefined for an open one. */
  readonly objection: string | undefined;
  readonly restriction: Restriction | undefined;
  readonly warnings: readonly Warning[];
}

/**
 * Evaluates a license as a person would read it: an identifier in any case, a name that hubs use, an SPDX
 * expression. Of alternatives (OR) the best counts, of combined licenses (AND) the worst; an exception (WITH)
 * only adds a permission.
 */
export function evaluateLicense(written: string, kind: ComponentKind, licenses: LicenseCatalog): LicenseVerdict {
  const name = written.trim();
  const facts = licenses.exact(name) ?? (isBalanced(name) ? licenses.find(name) : undefined);
  if (facts !== undefined) return asWritten(evaluateFacts(facts, name, kind), written);
  if (name.includes(" ") || name.includes("(") || name.endsWith("+")) {
    const expression = parseExpression(name);
    if (expression !== undefined && (expression.kind !== "license" || isKnown(expression, licenses))) {
      return evaluateExpression(expression, kind, licenses);
    }
  }
  return asWritten(evaluateUnknown(name, licenses), written);
}

/** A half expression is not a name that merely has a parenthesis too many. */
function isBalanced(name: string): boolean {
  return name.split("(").length === name.split(")").length;
}

/** What was not given another name keeps its own, blanks around it included, so that it is found again. */
function asWritten(verdict: LicenseVerdict, written: string): LicenseVerdict {
  return verdict.license === written.trim() ? { ...verdict, license: verdict.isOpen ? verdict.license : written } : verdict;
}

/** As the Model Openness Tool evaluates: letter by letter, by its own list; what it does not know is not open. */
export function evaluateLicenseStrictly(written: string, kind: ComponentKind, licenses: LicenseCatalog): LicenseVerdict {
  const facts = licenses.exact(written);
  const mot = facts?.mot;
  const isOpen = mot?.isOpen === true || licenses.isOpenToTool(written);
  return {
    license: written,
    isOpen,
    isFit: mot?.fitFor.includes(kind) === true,
    objection: isOpen
      ? undefined
      : mot === undefined
        ? "the Model Openness Tool does not know it"
        : "the Model Openness Tool does not count it as open",
    restriction: facts?.restriction,
    warnings: [],
  };
}

function evaluateFacts(facts: LicenseFacts, written: string, kind: ComponentKind): LicenseVerdict {
  const warnings: Warning[] = [];
  if (facts.id !== written && facts.isSpdx) {
    warnings.push({ code: "LICENSE_SPELLING", message: `"${shown(written)}" is ${facts.id} (${facts.name}): write it so` });
  }
  if (facts.isDeprecated) {
    warnings.push({ code: "LICENSE_DEPRECATED", message: `SPDX replaced the identifier ${facts.id} by others` });
  }
  return {
    license: facts.isSpdx ? facts.id : written,
    isOpen: facts.isOpen,
    isFit: facts.isOpen && facts.fitFor.includes(kind),
    objection: facts.isOpen ? undefined : objectionTo(facts),
    restriction: facts.restriction,
    warnings,
  };
}

function objectionTo({ name, restriction }: LicenseFacts): string {
  if (restriction === undefined) return `${name} is not on a list of open licenses (OSI, FSF, open data, OpenMDW)`;
  return `${restriction.reason} (${name}, ${restriction.clause})`;
}

function isKnown(expression: LicenseExpression & { kind: "license" }, licenses: LicenseCatalog): boolean {
  return licenses.find(expression.id) !== undefined;
}

function evaluateExpression(expression: LicenseExpression, kind: ComponentKind, licenses: LicenseCatalog): LicenseVerdict {
  if (expression.kind === "license") return evaluateTerm(expression, kind, licenses);
  const parts = expression.parts.map((part) => evaluateExpression(part, kind, licenses));
  const isOr = expression.kind === "or";
  const counting = isOr ? parts.filter(({ isOpen }) => isOpen) : parts;
  const isOpen = isOr ? counting.length > 0 : parts.every((part) => part.isOpen);
  const worst = parts.find((part) => !part.isOpen);
  return {
    license: parts.map((part, index) => bracketed(part.license, expression.parts[index], expression.kind)).join(isOr ? " OR " : " AND "),
    isOpen,
    isFit: isOpen && (isOr ? counting.some(({ isFit }) => isFit) : counting.every(({ isFit }) => isFit)),
    objection: isOpen ? undefined : worst?.objection,
    restriction: isOpen ? undefined : worst?.restriction,
    warnings: parts.flatMap(({ warnings }) => warnings),
  };
}

function bracketed(text: string, part: LicenseExpression | undefined, around: "and" | "or"): string {
  return part?.kind === "or" && around === "and" ? `(${text})` : text;
}

function evaluateTerm(term: LicenseExpression & { kind: "license" }, kind: ComponentKind, licenses: LicenseCatalog): LicenseVerdict {
  const { id, orLater, exception } = term;
  const facts = licenses.find(orLater ? `${id}+` : id) ?? licenses.find(id);
  const verdict = facts === undefined ? evaluateUnknown(id, licenses) : evaluateFacts(facts, facts.id.endsWith("+") ? `${id}+` : id, kind);
  const plus = orLater && !verdict.license.endsWith("+") ? "+" : "";
  if (exception === undefined) return { ...verdict, license: `${verdict.license}${plus}` };
  const warnings: readonly Warning[] = licenses.isException(exception)
    ? verdict.warnings
    : [
        ...verdict.warnings,
        { code: "LICENSE_UNKNOWN", message: `"${shown(exception)}" is not an SPDX exception; it was taken to add a permission` },
      ];
  return { ...verdict, license: `${verdict.license}${plus} WITH ${exception}`, warnings };
}

function evaluateUnknown(written: string, licenses: LicenseCatalog): LicenseVerdict {
  const isOwn = /^(?:DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-/i.test(written) || /^(?:other|custom)$/i.test(written);
  const family = FAMILIES.get(written.toLowerCase());
  const near = isOwn || family !== undefined ? undefined : licenses.near(written);
  const name = shown(written);
  const [code, objection] = isOwn
    ? (["LICENSE_CUSTOM", `"${name}" means a text of the author's own, not on a list of open licenses`] as const)
    : family !== undefined
      ? (["LICENSE_UNKNOWN", `"${name}" names a family of licenses: say which, such as ${family}`] as const)
      : (["LICENSE_UNKNOWN", `"${name}" is an unknown license${near === undefined ? "" : `; ${near} is near it`}`] as const);
  return { license: written, isOpen: false, isFit: false, objection, restriction: undefined, warnings: [{ code, message: objection }] };
}

/** Tags of hubs that leave open which license it is. */
const FAMILIES: ReadonlyMap<string, string> = new Map([
  ["bsd", "BSD-3-Clause"],
  ["cc", "CC-BY-4.0"],
  ["gpl", "GPL-3.0-or-later"],
  ["lgpl", "LGPL-3.0-or-later"],
  ["gfdl", "GFDL-1.3-or-later"],
  ["agpl", "AGPL-3.0-or-later"],
]);

function shown(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
