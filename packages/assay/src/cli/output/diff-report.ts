import type { Diff } from "../../index.ts";
import { countFiles, leastWord, notCoveredBlocks } from "./coverage.ts";
import { differenceBlocks } from "./differences.ts";
import { escapeName } from "./escape.ts";
import { answer, row, type Block, type Report } from "./report.ts";
import { plural } from "./sizes.ts";

interface DiffQuestion {
  readonly a: string;
  readonly b: string;
}

export function diffReport(diff: Diff, { a, b }: DiffQuestion): Report {
  const names = `${escapeName(a)} and ${escapeName(b)}`;
  const sides: Block[] = [row("A", side(diff.a, a)), row("B", side(diff.b, b))];
  const notes = diff.notes.map((note, index) => row(index === 0 ? "also" : "", note));
  if (diff.same) {
    // A signature that nobody verified says nothing for sure: no green tick.
    const mark = diff.a.kind === "model" && diff.b.kind === "model" ? "yes" : "partly";
    return [answer(mark, "Same", `${names} have the same files, byte for byte`), ...sides, ...notes];
  }
  const unread = notComparedBlocks(diff);
  if (diff.differences.length + diff.notComparable.length === 0) {
    const left = [...diff.a.notCovered, ...diff.b.notCovered];
    const outside = `${leastWord(left)}${plural(countFiles(left), "file")} ${countFiles(left) === 1 ? "was" : "were"} not compared`;
    return [answer("unsure", "Could not tell", `${names} do not differ in what was compared; ${outside}`), ...sides, ...unread, ...notes];
  }
  const count = diff.differences.length;
  const what = count === 0 ? `${names} have the same files, and differ otherwise` : `${plural(count, "file")}, between ${names}`;
  return [
    answer("no", "Different", what),
    ...sides,
    ...differenceBlocks(diff.differences, { before: "A", after: "B" }),
    ...unread,
    ...notes,
  ];
}

/** What is in a model and was left out: nothing is known of it. */
function notComparedBlocks({ a, b }: Diff): Block[] {
  return [...notCoveredBlocks("left out, A", a.notCovered), ...notCoveredBlocks("left out, B", b.notCovered)];
}

function side({ kind }: Diff["a"], name: string): string {
  return `${escapeName(name)}, ${kind === "signature" ? "a signature (taken at its word, not verified)" : "a model"}`;
}
