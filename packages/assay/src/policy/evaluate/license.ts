import type { LicenseCatalog, LicenseFacts } from "../../openness/license.ts";
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
export function evaluateLicenseRule({ license }: Facts, { allow, deny, basis }: LicenseLists, catalog: LicenseCatalog): RuleFinding {
  if (isUnavailable(license)) return unknown(license.unavailable);
  const { found, claimed, hasUnknownText } = license;
  if (found !== undefined) {
    const verdict = verdictOn(found, { allow, deny }, catalog);
    if (verdict.outcome !== "pass" || !hasUnknownText) return asFinding(verdict, found);
    return unknown(`${found}, beside a license text that is not recognized`);
  }
  if (hasUnknownText) return unknown("the license text is not recognized");
  if (claimed === undefined) return { outcome: "fail", code: "LICENSE_NONE", message: "the model names no license for its weights" };
  if (basis === "found") return unknown(`${claimed} is only claimed, and the policy asks for the text`);
  return asFinding(verdictOn(claimed, { allow, deny }, catalog), `${claimed} (claimed)`);
}

function unknown(message: string): RuleFinding {
  return { outcome: "unknown", code: "LICENSE_UNKNOWN", message };
}

interface Verdict {
  readonly outcome: "pass" | "unknown" | "fail";
  readonly code: "LICENSE_DENIED" | "LICENSE_OTHER" | "LICENSE_UNKNOWN";
  readonly why: string;
}

function asFinding({ outcome, code, why }: Verdict, license: string): RuleFinding {
  return outcome === "pass" ? { outcome, message: license } : { outcome, code, message: `${license}: ${why}` };
}

type Lists = Pick<LicenseLists, "allow" | "deny">;

function verdictOn(text: string, lists: Lists, catalog: LicenseCatalog): Verdict {
  const whole = catalog.find(text);
  const expression = whole === undefined ? parseExpression(text) : undefined;
  return expression === undefined ? verdictOnLicense([text], whole, lists, catalog) : verdictOnExpression(expression, lists, catalog);
}

/** Of licenses that all hold (AND) the worst counts, of a choice (OR) the best. */
function verdictOnExpression(expression: LicenseExpression, lists: Lists, catalog: LicenseCatalog): Verdict {
  if (expression.kind === "license") {
    const { id, orLater, exception } = expression;
    const facts = (orLater ? catalog.find(`${id}+`) : undefined) ?? catalog.find(id);
    const names = [orLater ? `${id}+` : id, ...(facts === undefined ? [] : [facts.id])];
    const withException = exception === undefined ? [] : names.map((name) => `${name} WITH ${exception}`);
    return verdictOnLicense([...names, ...withException], facts, lists, catalog);
  }
  const verdicts = expression.parts.map((part) => verdictOnExpression(part, lists, catalog)).toSorted((a, b) => rank(a) - rank(b));
  return verdicts.at(expression.kind === "and" ? -1 : 0) ?? { outcome: "unknown", code: "LICENSE_UNKNOWN", why: "an empty expression" };
}

function rank({ outcome }: Verdict): number {
  return ["pass", "unknown", "fail"].indexOf(outcome);
}

/** `names`: all under which the license may be listed. `facts` are undefined where none ship. */
function verdictOnLicense(
  names: readonly string[],
  facts: LicenseFacts | undefined,
  { allow, deny = [] }: Lists,
  catalog: LicenseCatalog,
): Verdict {
  const ids = new Set([...names, ...(facts === undefined ? [] : [facts.id])].map((name) => canonical(name, catalog)));
  const denying = deny.find((entry) => isNamed(entry, ids, facts, catalog) === true);
  if (denying !== undefined) return { outcome: "fail", code: "LICENSE_DENIED", why: `the policy denies ${entryText(denying)}` };
  if (allow !== undefined) {
    const isAllowed = allow.some((entry) => isNamed(entry, ids, facts, catalog) === true);
    if (!isAllowed) return { outcome: "fail", code: "LICENSE_OTHER", why: "the policy does not allow it" };
    // Who names a license of one's own in `allow` knows its terms.
    if (allow.some((entry) => entry.kind === "license" && isNamed(entry, ids, facts, catalog) === true)) return PASS;
  }
  const open = deny.find((entry) => isNamed(entry, ids, facts, catalog) === undefined);
  if (open === undefined) return PASS;
  return { outcome: "unknown", code: "LICENSE_UNKNOWN", why: `whether it is ${entryText(open)} is not known` };
}

const PASS: Verdict = { outcome: "pass", code: "LICENSE_UNKNOWN", why: "" };

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
  if (facts.isOpen) return facts.restriction?.kind === entry.category;
  return facts.restriction === undefined ? undefined : facts.restriction.kind === entry.category;
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
