// Holds the language of the house: the words of scripts/language/words.ts in messages, help, docs, comments, test names and
// identifiers, and the subjects of commits. `npm run language` prints counts and fails where there are more findings of a kind
// than scripts/language/allowed.json allows, and names the folder; that file's numbers only fall.
//
//   npm run language -- PATH ...     every finding in these files or folders: file:line, kind, word, what to write instead
//   npm run language -- --files      the counts of each file
//   npm run language -- --max 10     fail above this many findings in all
//   npm run language -- --lower      write today's counts, where the total has not risen (a file may have moved)
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { subjectFaults } from "./language/commits.ts";
import { areaOf, findings, KINDS, type Finding, type Kind } from "./language/findings.ts";

type Counts = Readonly<Record<string, number>>;
type AllowedCounts = Readonly<Record<string, Counts>>;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const allowedFile = join(root, "scripts", "language", "allowed.json");
const { values: options, positionals: paths } = parseArgs({
  allowPositionals: true,
  options: { files: { type: "boolean" }, lower: { type: "boolean" }, max: { type: "string" } },
});

const found = findings(root);
if (paths.length > 0) list(found.filter(({ file }) => paths.some((path) => `${file}/`.startsWith(`${path.replace(/\/$/, "")}/`))));
else check();

function list(chosen: readonly Finding[]): void {
  for (const { file, line, kind, word, instead, excerpt } of chosen) {
    console.log(`${file}:${line}: ${kind}: "${word}" -> ${instead}\n    ${excerpt}`);
  }
  console.log(total(chosen));
}

function check(): void {
  if (options.files === true) print(countBy(found, ({ file }) => file));
  const now = countBy(found, ({ file }) => areaOf(file));
  const allowed = JSON.parse(readFileSync(allowedFile, "utf8")) as AllowedCounts;
  print(now);
  console.log(total(found));

  const faults = [...subjectFaults(root), ...(options.lower === true ? [] : above(now, allowed))];
  if (options.max !== undefined && found.length > Number(options.max)) faults.push(`${found.length} findings, at most ${options.max}`);
  if (options.lower === true) {
    if (sum(now) > sum(allowed)) faults.push(`${sum(now)} findings, more than the ${sum(allowed)} allowed before`);
    else writeFileSync(allowedFile, `${JSON.stringify(now, undefined, 2)}\n`);
  } else if (sum(now) < sum(allowed)) console.log(`${sum(allowed)} allowed: run \`npm run language -- --lower\` and commit the file`);
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}

/** The folders with more findings of a kind than allowed, where there are more of that kind in all: a file may have moved. */
function above(now: AllowedCounts, allowed: AllowedCounts): string[] {
  const risen = KINDS.filter((kind) => sum(now, kind) > sum(allowed, kind));
  return Object.entries(now).flatMap(([area, counts]) =>
    risen
      .filter((kind) => (counts[kind] ?? 0) > (allowed[area]?.[kind] ?? 0))
      .map((kind) => `${area}: ${kind}: ${counts[kind]} findings, ${allowed[area]?.[kind] ?? 0} allowed: npm run language -- ${area}`),
  );
}

function countBy(chosen: readonly Finding[], key: (finding: Finding) => string): AllowedCounts {
  const counts: Record<string, Record<string, number>> = {};
  for (const finding of chosen) {
    const area = (counts[key(finding)] ??= {});
    area[finding.kind] = (area[finding.kind] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function print(counts: AllowedCounts): void {
  for (const [area, byKind] of Object.entries(counts)) {
    console.log(
      `${area.padEnd(36)} ${KINDS.flatMap((kind) => (byKind[kind] === undefined ? [] : [`${kind} ${byKind[kind]}`])).join(", ")}`,
    );
  }
}

function sum(counts: AllowedCounts, ofKind?: Kind): number {
  const numbers = Object.values(counts).flatMap((byKind) =>
    Object.entries(byKind).filter(([kind]) => ofKind === undefined || kind === ofKind),
  );
  return numbers.reduce((total, [, count]) => total + count, 0);
}

function total(chosen: readonly Finding[]): string {
  const parts = KINDS.map((kind) => `${kind} ${chosen.filter((finding) => finding.kind === kind).length}`);
  return `${chosen.length} findings: ${parts.join(", ")}`;
}
