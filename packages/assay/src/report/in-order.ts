import type { Check } from "../api/check.ts";
import type { Scan } from "../api/scan.ts";
import { isUnavailable, type Facts } from "../policy/facts.ts";
import type { FileRisk } from "../risk/grade.ts";
import { compareNames } from "../statement/name-order.ts";

/**
 * The same check with every list whose order means nothing in one order, by code points: documents about it are then the same
 * bytes, in whatever order files were found, read and advised about. Rules, signers and waivers keep the policy's order.
 */
export function inOrder<Checked extends Check>(check: Checked): Checked {
  const { facts, digested, scan, warnings } = check;
  return {
    ...check,
    facts: facts && factsInOrder(facts),
    digested: digested && { ...digested, files: sortedBy(digested.files, ({ name }) => [name]) },
    scan: scan && scanInOrder(scan),
    warnings: sortedBy(warnings, ({ code, message }) => [code, message]),
  };
}

function factsInOrder(facts: Facts): Facts {
  const { signature, uncovered, load, weights, openness, advisories } = facts;
  return {
    ...facts,
    signature: isUnavailable(signature) ? signature : { ...signature, changed: signature.changed.toSorted(compareNames) },
    uncovered: isUnavailable(uncovered) ? uncovered : sortedBy(uncovered, ({ name }) => [name]),
    load: isUnavailable(load) ? load : { ...load, findings: sortedBy(load.findings, findingKey) },
    weights: isUnavailable(weights) ? weights : sortedBy(weights, ({ name }) => [name]),
    openness: isUnavailable(openness) ? openness : { found: gradeInOrder(openness.found), claimed: gradeInOrder(openness.claimed) },
    advisories: isUnavailable(advisories)
      ? advisories
      : {
          sources: sortedBy(advisories.sources, ({ path, problem = "" }) => [path, problem]),
          hits: sortedBy(advisories.hits, ({ id, summary }) => [id, summary]),
          undecided: advisories.undecided.toSorted(compareNames),
        },
  };
}

function gradeInOrder<Grade extends { readonly open: readonly string[] }>(grade: Grade): Grade {
  return { ...grade, open: grade.open.toSorted(compareNames) };
}

function scanInOrder(scan: Scan): Scan {
  const { risk } = scan;
  const files = sortedBy(risk.files, ({ file }) => [file]).map((file): FileRisk => ({
    ...file,
    findings: sortedBy(file.findings, findingKey),
    members: sortedBy(file.members, ({ member }) => [member]),
    leftOut: file.leftOut.toSorted(compareNames),
  }));
  return { ...scan, risk: { ...risk, files, findings: sortedBy(risk.findings, findingKey) } };
}

interface AnyFinding {
  readonly file?: string;
  readonly member?: string | undefined;
  readonly offset?: number | undefined;
  readonly reason: string;
  readonly what: string;
  readonly name?: string | undefined;
}

function findingKey({ file = "", member = "", offset, reason, what, name = "" }: AnyFinding): string[] {
  // Offsets are whole numbers below 2^53: 16 digits.
  return [file, member, offset === undefined ? "" : String(offset).padStart(16, "0"), reason, what, name];
}

/** By the first key that differs; none of them holds NUL. */
function sortedBy<Item>(items: readonly Item[], keyOf: (item: Item) => readonly string[]): Item[] {
  return items
    .map((item) => ({ item, key: keyOf(item).join("\0") }))
    .toSorted((a, b) => compareNames(a.key, b.key))
    .map(({ item }) => item);
}
