import type { Diff } from "../../../index.ts";
import { countFiles, leastWord, notCoveredBlocks } from "../../text/coverage.ts";
import { differenceBlocks } from "../../text/differences.ts";
import { escapeName, escapeText } from "../../text/escape.ts";
import { sourcePhrase } from "../../text/source.ts";
import { answer, row, text, type Block, type Report } from "../../text/report.ts";
import { groupDigits, plural } from "../../text/sizes.ts";

/** Names in one line. */
const MAX_NAMES = 5;

interface DiffQuestion {
  readonly a: string;
  readonly b: string;
}

export function diffReport(diff: Diff, { a, b }: DiffQuestion): Report {
  const names = `${escapeName(a)} and ${escapeName(b)}`;
  const sides: Block[] = [row("A", side(diff.a, a)), row("B", side(diff.b, b))];
  const notes = diff.notes.map((note, index) => row(index === 0 ? "also" : "", note));
  if (diff.same) {
    // An unverified signature says nothing for sure: no green tick.
    const mark = diff.a.kind === "model" && diff.b.kind === "model" ? "yes" : "partly";
    if (diff.attested !== undefined)
      return [answer("partly", "Same", `${names} have the same files, ${byWord(diff.attested)}`), ...sides, ...notes];
    return [answer(mark, "Same", `${names} have the same files, byte for byte`), ...sides, ...notes];
  }
  const unread = notComparedBlocks(diff);
  if (diff.differences.length === 0) {
    const left = [...diff.a.notCovered, ...diff.b.notCovered];
    const count = countFiles(left) + diff.notComparable.length;
    if (count === 0 && diff.attested !== undefined) return unreadReport(names, diff.attested, [...sides, ...notes]);
    const unlisted = unlistedSource(diff);
    const outside =
      count === 0 && unlisted !== undefined
        ? `${escapeText(unlisted.host)} does not list its files, and others cannot be seen`
        : `${leastWord(left)}${plural(count, "file")} ${count === 1 ? "was" : "were"} not compared`;
    return [
      answer("unsure", "Could not tell", `${names} do not differ in what was compared; ${outside}`),
      ...sides,
      ...attestedRows(diff),
      ...unread,
      ...notes,
      ...(left.some(({ reason }) => reason === "git-default") ? [text("To compare git's own files too: --no-ignore-git-paths.")] : []),
    ];
  }
  return [
    answer("no", "Different", `${plural(diff.differences.length, "file")}, between ${names}`),
    ...sides,
    ...differenceBlocks(diff.differences, { before: "A", after: "B" }),
    ...attestedRows(diff),
    ...unread,
    ...notes,
  ];
}

type Attested = NonNullable<Diff["attested"]>;

function byWord({ hosts, names }: Attested): string {
  return `by the word of ${hosts.map(escapeText).join(" and ")} on ${plural(names.length, "file")} that ${names.length === 1 ? "was" : "were"} not read`;
}

/** Nothing differs, and nothing but a server says so. */
function unreadReport(names: string, attested: Attested, more: readonly Block[]): Report {
  return [
    answer("unsure", "Could not tell", `${names} do not differ, ${byWord(attested)}`),
    ...more,
    text("To read and hash every file: --digests computed. To take that word: --digests attested."),
  ];
}

/** What rests on the word of a server. */
function attestedRows({ attested }: Diff): Block[] {
  if (attested === undefined) return [];
  const { hosts, names } = attested;
  return [row("not read", `${plural(names.length, "file")}, compared by the digests that ${hosts.map(escapeText).join(" and ")} attests`)];
}

/** The server of a side that does not list its files. */
function unlistedSource({ a, b }: Pick<Diff, "a" | "b">): Diff["a"]["source"] {
  return [a.source, b.source].find((source) => source?.kind === "https");
}

/** What is in a model and was left out, and what the two sides hashed in different ways: nothing is known of it. */
function notComparedBlocks({ a, b, notComparable }: Diff): Block[] {
  return [
    ...notCoveredBlocks("left out, A", a.notCovered),
    ...notCoveredBlocks("left out, B", b.notCovered),
    ...notComparableBlocks(notComparable, unlistedSource({ a, b }) === undefined ? OTHER_HASH : `${OTHER_HASH}, or not seen on one`),
  ];
}

const OTHER_HASH = "hashed in another way on each side";

function notComparableBlocks(names: readonly string[], how: string): Block[] {
  if (names.length === 0) return [];
  const shown = names.slice(0, MAX_NAMES).map(escapeName).join(", ");
  const more = names.length > MAX_NAMES ? ` and ${groupDigits(names.length - MAX_NAMES)} more` : "";
  return [row("not told", `${plural(names.length, "file")}, ${how}: ${shown}${more}`)];
}

function side({ kind, source }: Diff["a"], name: string): string {
  if (source !== undefined) return sourcePhrase(source);
  return `${escapeName(name)}, ${kind === "signature" ? "a signature (read, not verified)" : "a model"}`;
}
