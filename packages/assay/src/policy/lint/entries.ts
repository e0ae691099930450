import type { Policy, PolicyEntry, Rules } from "../policy.ts";
import { finding, type LintFinding } from "./finding.ts";
import { globsOverlap } from "./glob-relations.ts";
import { matchCovers, matchesOverlap } from "./match-relations.ts";
import { compareRules } from "../compare/strictness.ts";

/** Entries that trust a name, that no model reaches, or that let through what a later one would not. */
export function lintEntries(policy: Policy): readonly LintFinding[] {
  const { entries, always } = policy;
  return entries.flatMap((entry, index) => [
    ...impossible(entry),
    ...unproven(entry, always),
    ...(unreached(entry, index, entries) ?? []),
    ...laxer(entry, entries.slice(index + 1), entries.slice(0, index), always),
  ]);
}

/** Every reference begins with its scheme and has no revision, and a name has no scheme. */
function impossible({ id, match, place }: PolicyEntry): readonly LintFinding[] {
  const references = match.reference?.flatMap((pattern) => {
    const why = noReference(pattern);
    return why === undefined ? [] : [{ pattern, why }];
  });
  const names = match.name?.filter((pattern) => /^(?:hf|oci|file):/.test(pattern)) ?? [];
  return [
    ...(references ?? []).map(({ pattern, why }) => finding("match/impossible", place, `${id}: no reference matches ${pattern}: ${why}`)),
    ...names.map((pattern) => finding("match/impossible", place, `${id}: no name matches ${pattern}: a name has no scheme`)),
  ];
}

/** Why no model has a reference of this pattern; undefined where one may. An entry that denies would deny nothing. */
function noReference(pattern: string): string | undefined {
  if (!globsOverlap(pattern, "*:**")) return "it lacks its scheme";
  if (/^hf:.*@/.test(pattern) || /^oci:[^/]*\/.*[@:]/.test(pattern)) return "a reference is without revision, tag and digest";
  if (/^https?:\/\/(?:www\.)?(?:huggingface\.co|hf\.co)\//i.test(pattern)) return "a model of the hub is hf:owner/name";
  return undefined;
}

function unproven({ id, match, rules, place }: PolicyEntry, always: Rules | undefined): readonly LintFinding[] {
  if (rules === undefined || match.manifest !== undefined) return [];
  if ([rules, always].some((scope) => scope?.signers !== undefined || scope?.pin !== undefined)) return [];
  const what = match.name === undefined ? "reference" : match.reference === undefined ? "name" : "name and reference";
  return [finding("entry/unproven", place, `${id} is chosen by ${what}, and asks for neither signers nor pin`)];
}

/** Undefined where a model can reach it. */
function unreached(entry: PolicyEntry, index: number, entries: readonly PolicyEntry[]): readonly LintFinding[] | undefined {
  const isDeny = entry.deny !== undefined;
  const covering = entries.find((other, at) => {
    // Entries that deny are tried before all others, wherever they are.
    const isBefore = other.deny === undefined ? !isDeny && at < index : isDeny ? at < index : true;
    return at !== index && isBefore && matchCovers(other.match, entry.match);
  });
  return covering && [finding("entry/never-reached", entry.place, `${entry.id} is never reached: ${covering.id} matches all of it`)];
}

/** An entry for exact bytes is an exception that is meant. */
function laxer(
  entry: PolicyEntry,
  later: readonly PolicyEntry[],
  earlier: readonly PolicyEntry[],
  always: Rules | undefined,
): readonly LintFinding[] {
  const { id, match, rules, place } = entry;
  if (rules === undefined || match.manifest !== undefined || earlier.some((other) => matchCovers(other.match, match))) return [];
  const stricter = later.find(
    (other) =>
      other.rules !== undefined &&
      matchesOverlap(match, other.match) &&
      !matchCovers(match, other.match) &&
      compareRules(rules, other.rules, always) === "laxer",
  );
  if (stricter === undefined) return [];
  return [finding("entry/laxer", place, `${id} asks for less than ${stricter.id}, which comes later and matches some of the same models`)];
}
