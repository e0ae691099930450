import { isOfKind, type LicenseCatalog, type LicenseFacts } from "../../openness/license.ts";
import type { LicenseRule, LicenseTerm, Policy, PolicySigner, RuleEffects, Rules } from "../policy.ts";
import { finding, type LintFinding } from "./finding.ts";
import { lintLicenseNames } from "./license-names.ts";
import { grantsEverything } from "./names-that-run.ts";

/** Rules that let too much through, and rules that nothing can pass. */
export function lintRules({ always, entries }: Policy, licenses: LicenseCatalog): readonly LintFinding[] {
  const scopes: readonly (readonly [string, Rules])[] = [
    ...(always === undefined ? [] : [["always", always] as const]),
    ...entries.flatMap(({ id, rules }) => (rules === undefined ? [] : [[id, rules] as const])),
  ];
  return [
    ...scopes.flatMap(([scope, rules]) => [
      ...lintSigners(scope, rules),
      ...lintLoad(scope, rules),
      ...(rules.license === undefined
        ? []
        : [...lintLicenseNames(scope, rules.license, licenses), ...lintLicense(scope, rules.license, licenses)]),
    ]),
    ...entries.flatMap(({ id, rules }) => (rules === undefined ? [] : lintTogether(id, rules, always))),
  ];
}

function lintSigners(scope: string, { signers }: Rules): readonly LintFinding[] {
  if (signers === undefined) return [];
  const warns =
    signers.onFail === "warn"
      ? [finding("signers/only-warn", signers.place, `${scope}: a model that is unsigned or changed only warns`)]
      : [];
  return [...warns, ...signers.anyOf.flatMap((signer) => lintSigner(scope, signer))];
}

/** Patterns that match everything, with and without anchors and flags. */
const ANYTHING = /^(?:\(\?[a-zA-Z]+\))?\^?(?:\(?\.[*+]\)?|https?:\/\/\.[*+]|https:\/\/\.[*+])\$?$/;

function lintSigner(scope: string, signer: PolicySigner): readonly LintFinding[] {
  const name = signer.label ?? `a signer by ${signer.kind}`;
  if (signer.kind === "certificate" && signer.subject === undefined && signer.fingerprint === undefined) {
    return [finding("signers/any-under-root", signer.place, `${scope}: ${name} is any certificate under its roots`)];
  }
  if (signer.kind !== "sigstore") return [];
  return (
    [
      ["identity", signer.identity],
      ["issuer", signer.issuer],
    ] as const
  ).flatMap(([what, { kind, text, place }]) =>
    kind === "pattern" && ANYTHING.test(text)
      ? [finding("signers/anyone", place, `${scope}: the pattern ${text} matches every ${what}`)]
      : [],
  );
}

function lintLoad(scope: string, { load }: Rules): readonly LintFinding[] {
  if (load === undefined || load.allow.length === 0) return [];
  if (load.level === "any")
    return [finding("load/allow-unused", load.place, `${scope}: the level is any, and the names of allow have no effect`)];
  return load.allow
    .filter(grantsEverything)
    .map((name) => finding("load/allows-everything", load.place, `${scope}: ${name} runs or imports whatever it is given`));
}

/** What is asked in two scopes must be possible together. */
function lintTogether(id: string, rules: Rules, always: Rules | undefined): readonly LintFinding[] {
  const findings: LintFinding[] = [];
  const [here, everywhere] = [rules.formats, always?.formats];
  if (here !== undefined && everywhere !== undefined && !here.allow.some((format) => everywhere.allow.includes(format))) {
    findings.push(finding("formats/none-left", here.place, `${id}: always allows none of its formats`));
  }
  const coverage: RuleEffects | undefined = rules.coverage ?? always?.coverage;
  if (coverage !== undefined && rules.signers === undefined && always?.signers === undefined) {
    findings.push(finding("coverage/no-signer", coverage.place, `${id}: coverage is asked, and no signer`));
  }
  return findings;
}

function lintLicense(scope: string, { allow = [], deny = [], place }: LicenseRule, licenses: LicenseCatalog): readonly LintFinding[] {
  const excluded = allow.filter((term) => deny.some((other) => includesTerm(other, term, licenses)));
  const isAll = excluded.length > 0 && excluded.length === allow.length;
  return excluded.map((term) =>
    finding(
      "license/excluded",
      place,
      `${scope}: ${termText(term)} is allowed and denied${isAll ? ", and so is all else that is allowed: nothing can pass" : ""}`,
    ),
  );
}

/** Whether every license that `inner` names is named by `outer`, too. */
function includesTerm(outer: LicenseTerm, inner: LicenseTerm, licenses: LicenseCatalog): boolean {
  if (outer.kind === "category") {
    if (inner.kind === "category") return outer.category === inner.category;
    return isInCategory(licenses.find(inner.id.split(/ with /i)[0] ?? ""), outer.category);
  }
  if (inner.kind === "category") return false;
  const [outerId, innerId] = [outer.id.toLowerCase(), inner.id.toLowerCase()];
  return outerId === innerId || outerId === innerId.split(" with ")[0];
}

function isInCategory(facts: LicenseFacts | undefined, category: Extract<LicenseTerm, { kind: "category" }>["category"]): boolean {
  if (facts === undefined) return false;
  if (category === "open") return facts.isOpen;
  if (category === "osi") return facts.osi;
  return facts.restriction !== undefined && isOfKind(facts.restriction, category);
}

function termText(term: LicenseTerm): string {
  return term.kind === "license" ? term.id : `@${term.category}`;
}
