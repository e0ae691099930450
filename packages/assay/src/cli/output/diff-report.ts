import type { Diff } from "../../index.ts";
import { differenceBlocks } from "./differences.ts";
import { escapeName } from "./escape.ts";
import { answer, row, type Report } from "./report.ts";
import { plural } from "./sizes.ts";

interface DiffQuestion {
  readonly a: string;
  readonly b: string;
}

export function diffReport(diff: Diff, { a, b }: DiffQuestion): Report {
  const names = `${kind(diff.a)}${escapeName(a)} and ${kind(diff.b)}${escapeName(b)}`;
  const notes = diff.notes.map((note, index) => row(index === 0 ? "also" : "", note));
  // A signature that nobody verified says nothing for sure: no green tick.
  const mark = diff.a.kind === "model" && diff.b.kind === "model" ? "yes" : "partly";
  if (diff.same) return [answer(mark, "Same", `every file of ${names}`), ...notes];
  const count = diff.differences.length;
  const text = count === 0 ? `${names} have the same files and differ otherwise` : `${plural(count, "file")} between ${names}`;
  return [answer("no", "Different", text), ...differenceBlocks(diff.differences, { before: "A", after: "B" }), ...notes];
}

function kind(side: Diff["a"]): string {
  return side.kind === "signature" ? "the (unverified) signature " : "";
}
