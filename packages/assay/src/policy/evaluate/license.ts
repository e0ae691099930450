import { isOfKind, type LicenseCatalog, type LicenseFacts } from "../../openness/license.ts";
import { parseExpression, type LicenseExpression } from "../../openness/spdx-expression.ts";
import type { RuleFinding } from "../decision.ts";
import { isUnavailable, type Facts } from "../facts.ts";
import type { Basis, LicenseTerm } from "../policy.ts";

interface LicenseLists {
  readonly allow: readonly LicenseTerm[] | undefined;
  readonly deny: readonly LicenseTerm[] | undefined;
  readonly basis: Basis;
}

/**
 * Whether the license of the weights is allowed. A text counts before what a card says, and a text that is not recognized
 * before both: what it permits is unknown.
 */
export function evaluateLicenseRule(
  { license }: Facts,
  { allow, deny, basis }: LicenseLists,
  catalog: LicenseCatalog,
): readonly RuleFinding[] {
  if (isUnavailable(license)) return [unknown(license.unavailable)];
  const { found, claimed, hasUnknownText } = license;
  if (found !== undefined) {
    const problems = problemsOf(found, { allow, deny }, catalog).map(({ why, ...problem }) => ({
      ...problem,
      message: `${found}: ${why}`,
    }));
    if (hasUnknownText) return [...problems, unknown(`${found}, beside a license text that is not recognized`)];
    return problems.length > 0 ? problems : [{ outcome: "pass", message: found }];
  }
  if (hasUnknownText) return [unknown("the license text is not recognized")];
  if (claimed === undefined) return [{ outcome: "fail", code: "LICENSE_NONE", message: "the model names no license for its weights" }];
  if (basis === "found") return [unknown(`${claimed} is only claimed, and the policy asks for the text`)];
  const problems = problemsOf(claimed, { allow, deny }, catalog);
  if (problems.length === 0) return [{ outcome: "pass", message: `${claimed} (claimed)` }];
  return problems.map(({ why, ...problem }) => ({ ...problem, message: `${claimed} (claimed): ${why}` }));
}

function unknown(message: string): RuleFinding {
  return { outcome: "unknown", code: "LICENSE_UNKNOWN", message };
}

/** Why a license is not allowed, or may not be. Both are kept: a longer list must never make an unknown license better. */
interface Problem {
  readonly outcome: "unknown" | "fail";
  readonly code: "LICENSE_DENIED" | "LICENSE_OTHER" | "LICENSE_UNKNOWN";
  readonly why: string;
}

type Lists = Pick<LicenseLists, "allow" | "deny">;

function problemsOf(text: string, lists: Lists, catalog: LicenseCatalog): readonly Problem[] {
  const whole = catalog.find(text);
  const expression = whole === undefined ? parseExpression(text) : undefined;
  return expression === undefined ? problemsOfLicense([text], whole, lists, catalog) : problemsOfExpression(expression, lists, catalog);
}

/** Of licenses that all hold (AND) every problem counts, of a choice (OR) those of the best. */
function problemsOfExpression(expression: LicenseExpression, lists: Lists, catalog: LicenseCatalog): readonly Problem[] {
  if (expression.kind === "license") {
    const { id, orLater, exception } = expression;
    const facts = (orLater ? catalog.find(`${id}+`) : undefined) ?? catalog.find(id);
    const names = [orLater ? `${id}+` : id, ...(facts === undefined ? [] : [facts.id])];
    const withException = exception === undefined ? [] : names.map((name) => `${name} WITH ${exception}`);
    return problemsOfLicense([...names, ...withException], facts, lists, catalog);
  }
  const parts = expression.parts.map((part) => problemsOfExpression(part, lists, catalog));
  if (expression.kind === "and") return parts.flat();
  const [best = []] = parts.toSorted((a, b) => rank(a) - rank(b));
  return best;
}

function rank(problems: readonly Problem[]): number {
  return problems.some(({ outcome }) => outcome === "fail") ? 2 : problems.length;
}

/** `names`: all under which the license may be listed. `facts` are undefined where none ship. */
function problemsOfLicense(
  names: readonly string[],
  facts: LicenseFacts | undefined,
  { allow, deny = [] }: Lists,
  catalog: LicenseCatalog,
): readonly Problem[] {
  const ids = new Set([...names, ...(facts === undefined ? [] : [facts.id])].map((name) => canonical(name, catalog)));
  const problems: Problem[] = [];
  const denying = deny.find((entry) => isNamed(entry, ids, facts, catalog) === true);
  if (denying !== undefined) problems.push({ outcome: "fail", code: "LICENSE_DENIED", why: `the policy denies ${entryText(denying)}` });
  const isAllowed = allow?.some((entry) => isNamed(entry, ids, facts, catalog) === true) ?? true;
  if (!isAllowed) problems.push({ outcome: "fail", code: "LICENSE_OTHER", why: "the policy does not allow it" });
  // Who names a license of one's own in `allow` knows its terms.
  const isNamedItself = allow?.some((entry) => entry.kind === "license" && isNamed(entry, ids, facts, catalog) === true) ?? false;
  const open = isNamedItself ? undefined : deny.find((entry) => isNamed(entry, ids, facts, catalog) === undefined);
  if (open !== undefined) {
    problems.push({ outcome: "unknown", code: "LICENSE_UNKNOWN", why: `whether it is ${entryText(open)} is not known` });
  }
  return problems;
}

/** Whether an entry names a license; undefined where that is not known: its restrictions are not recorded. */
function isNamed(
  entry: LicenseTerm,
  ids: ReadonlySet<string>,
  facts: LicenseFacts | undefined,
  catalog: LicenseCatalog,
): boolean | undefined {
  if (entry.kind === "license") return ids.has(canonical(entry.id, catalog));
  if (facts === undefined) return undefined;
  if (entry.category === "open") return facts.isOpen;
  if (entry.category === "osi") return facts.osi;
  if (facts.restriction === undefined) return facts.isOpen ? false : undefined;
  return isOfKind(facts.restriction, entry.category);
}

/** One spelling for each license, whatever its case; the exception behind WITH keeps to the same rule. */
function canonical(name: string, catalog: LicenseCatalog): string {
  const [base = name, exception] = name.split(/ with /i);
  const id = (catalog.exact(base)?.id ?? catalog.find(base)?.id ?? base).toLowerCase();
  return exception === undefined ? id : `${id} with ${exception.toLowerCase()}`;
}

function entryText(entry: LicenseTerm): string {
  return entry.kind === "license" ? entry.id : `@${entry.category}`;
}
