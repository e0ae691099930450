import { escapeText } from "./escape.ts";
import { textWidth } from "./width.ts";
import { wrapWords } from "./wrap.ts";

const INDENT = 2;
const GAP = 2;
/** With less room than this for the last cell, it moves to the next line. */
const MIN_CELL = 16;

/**
 * Lays rows out in columns: each as wide as its widest cell, at least `widths`; the last cell is broken into
 * lines below itself. Where it would have too little room, it is on lines of its own.
 */
export function layOutColumns(rows: readonly (readonly string[])[], widths: readonly number[], columns: number): string[] {
  const shown = rows.map((cells) => cells.map(escapeText));
  const count = Math.max(0, ...shown.map((cells) => cells.length - 1));
  const fixed = Array.from({ length: count }, (_, index) =>
    Math.max(widths[index] ?? 0, ...shown.map((cells) => (index < cells.length - 1 ? textWidth(cells[index] ?? "") : 0))),
  );
  const start = INDENT + fixed.reduce((sum, width) => sum + width + GAP, 0);
  return shown.flatMap((cells) => {
    const before = cells.slice(0, -1).map((cell, index) => cell + " ".repeat((fixed[index] ?? 0) - textWidth(cell) + GAP));
    const lead = " ".repeat(INDENT) + before.join("");
    const last = cells.at(-1) ?? "";
    const isNarrow = columns - start < MIN_CELL && textWidth(last) > columns - start;
    const at = isNarrow ? 2 * INDENT + (fixed[0] ?? 0) : start;
    const lines = wrapWords(last, columns - at).map((line) => " ".repeat(at) + line);
    if (isNarrow) return [lead.trimEnd(), ...lines];
    const [first = "", ...others] = lines;
    return [(lead + first.slice(Math.min(at, lead.length))).trimEnd(), ...others];
  });
}
