import type { LeftOut, NotDownloaded } from "../../index.ts";
import { shortDigest } from "./digests.ts";
import { escapeName } from "./escape.ts";
import { more, MAX_LINES } from "./long-lists.ts";
import { row, type Block } from "./report.ts";
import { formatSize, plural } from "./sizes.ts";

/** Names in one row. */
const MAX_NAMES = 4;

const REASONS: Record<LeftOut["reason"], string> = {
  "signed-ignore-path": "left out by the signer",
  "git-default": "git's own",
  "caller-ignore-path": "left out by --ignore-paths",
  "empty-file": "empty, and signed in pieces: nothing of it is signed",
  "name-not-utf8": "has a name that is not UTF-8",
  signature: "taken for the signature",
  "temporary-file": "left by an interrupted run",
};

/** `all 14 files`, `the 1 file`. */
export function allFiles(count: number): string {
  return count === 1 ? "the 1 file" : `all ${plural(count, "file")}`;
}

/** "at least ", where counting what was left out stopped early. */
export function leastWord(leftOut: readonly LeftOut[]): string {
  return leftOut.some(({ atLeast }) => atLeast) ? "at least " : "";
}

/** How many files the entries cover: a folder counts with what is in it. */
export function countFiles(leftOut: readonly LeftOut[]): number {
  return leftOut.reduce((sum, { fileCount }) => sum + fileCount, 0);
}

/** What is in the model and not covered by the signature because a rule hid it. */
export function notCoveredBlocks(label: string, leftOut: readonly LeftOut[]): Block[] {
  const [first] = leftOut;
  if (first === undefined) return [];
  if (leftOut.length === 1) return [row(label, `1 path ${REASONS[first.reason]}: ${describe(first)}`)];
  const bytes = leftOut.reduce((sum, entry) => sum + entry.bytes, 0);
  return [
    row(label, `${plural(leftOut.length, "path")}, ${formatSize(bytes)}:`),
    ...leftOut.slice(0, MAX_LINES).map((entry): Block => row("", `${describe(entry)}, ${REASONS[entry.reason]}`)),
    ...more(leftOut.length),
  ];
}

/** The same in one row, where there is room for no more. */
export function leftOutRow(leftOut: readonly LeftOut[]): Block[] {
  if (leftOut.length === 0) return [];
  const shown = leftOut.slice(0, MAX_NAMES).map(({ name, kind }) => escapeName(kind === "directory" ? `${name}/` : name));
  const rest = leftOut.length > MAX_NAMES ? ` and ${leftOut.length - MAX_NAMES} more` : "";
  return [row("left out", `${leastWord(leftOut)}${plural(countFiles(leftOut), "file")}: ${shown.join(", ")}${rest}`)];
}

/** The same as sentences, for where standard output holds nothing but a digest. */
export function leftOutNotes(leftOut: readonly LeftOut[]): string[] {
  const shown = leftOut.slice(0, MAX_LINES).map((entry) => `left out: ${describe(entry)}, ${REASONS[entry.reason]}`);
  return leftOut.length > MAX_LINES ? [...shown, `left out: ${plural(leftOut.length - MAX_LINES, "more path")} (--json lists all)`] : shown;
}

/** Signed files that git-LFS pointers are in the place of. */
export function notDownloadedBlocks(files: readonly NotDownloaded[]): Block[] {
  const shown = files.slice(0, MAX_LINES).map(({ name, size, oid, isSigned }) => {
    const relation = isSigned === undefined ? "not comparable with" : isSigned ? "the same as" : "other bytes than";
    return `${escapeName(name)}, a pointer to ${shortDigest(`sha256:${oid}`)} (${formatSize(size)}), ${relation} what was signed`;
  });
  return [...shown.map((line, index) => row(index === 0 ? "not there" : "", line)), ...more(files.length)];
}

/** Unsigned files that the caller chose to tolerate. */
export function unsignedBlocks(unsigned: readonly { readonly name: string; readonly size: number }[]): Block[] {
  if (unsigned.length === 0) return [];
  const bytes = unsigned.reduce((sum, { size }) => sum + size, 0);
  return [
    row("not signed", `${plural(unsigned.length, "file")}, ${formatSize(bytes)}, tolerated by --ignore-unsigned-files:`),
    ...unsigned.slice(0, MAX_LINES).map(({ name, size }): Block => row("", `${escapeName(name)} (${formatSize(size)})`)),
    ...more(unsigned.length),
  ];
}

function describe(entry: LeftOut): string {
  const least = entry.atLeast ? "at least " : "";
  if (entry.kind === "directory")
    return `${escapeName(`${entry.name}/`)} (${least}${plural(entry.fileCount, "file")}, ${formatSize(entry.bytes)})`;
  return entry.kind === "other"
    ? `${escapeName(entry.name)} (a link, pipe, socket or device)`
    : `${escapeName(entry.name)} (${formatSize(entry.bytes)})`;
}
