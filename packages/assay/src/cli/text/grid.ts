import { escapeText } from "./escape.ts";
import type { Cell, GridColumn, Tone } from "./report.ts";
import { paint, type Style, type Terminal } from "./terminal.ts";
import { elideMiddle, textWidth } from "./width.ts";
import { wrapWords } from "./wrap.ts";

const GAP = 2;
const INDENT = 2;
const STYLES: Record<Tone | "good" | "bold", Style> = { bad: "bad", notable: "notable", dim: "dim", good: "good", bold: "bold" };

/**
 * Lays out cells under headings. Where they are too wide, those that may shrink do, the widest first; then columns go
 * that may, the last first; then cells shrink to their least. Where that does not help, every row becomes a block:
 * its first cell as a heading, the others below it, each with its column's heading. Escapes every cell.
 */
export function layOutGrid(columns: readonly GridColumn[], rows: readonly (readonly Cell[])[], terminal: Terminal): string[] {
  const cells = rows.map((row) => columns.map((_, index): Cell => escaped(row[index] ?? { text: "" })));
  const shown = fittingColumns(columns, cells, terminal.width);
  return shown === undefined ? layOutBlocks(columns, cells, terminal) : layOutLines(columns, shown, cells, terminal);
}

interface ShownColumn extends GridColumn {
  readonly index: number;
  readonly width: number;
}

function fittingColumns(columns: readonly GridColumn[], rows: readonly (readonly Cell[])[], width: number): ShownColumn[] | undefined {
  let shown = columns.map((column, index): ShownColumn => {
    const widths = rows.map((row) => textWidth(row[index]?.text ?? ""));
    return { ...column, index, width: widths.reduce((most, one) => Math.max(most, one), textWidth(column.heading)) };
  });
  for (;;) {
    const fitted = shrunk(shown, width, ({ shrinkTo }) => shrinkTo);
    if (fitted !== undefined) return fitted;
    const last = shown.findLast(({ mayGo }) => mayGo === true);
    if (last === undefined) return shrunk(shown, width, ({ least, shrinkTo }) => least ?? shrinkTo);
    shown = shown.filter(({ index }) => index !== last.index);
  }
}

/** The columns in so many columns of the terminal, none narrower than its limit; undefined where that is too little. */
function shrunk(
  columns: readonly ShownColumn[],
  width: number,
  limitOf: (column: ShownColumn) => number | undefined,
): ShownColumn[] | undefined {
  let excess = INDENT + columns.reduce((sum, column) => sum + column.width + GAP, -GAP) - width;
  const fitted = [...columns];
  while (excess > 0) {
    const slack = fitted.map((column) => Math.max(0, column.width - (limitOf(column) ?? column.width)));
    const most = slack.reduce((best, room, index) => (room > (slack[best] ?? 0) ? index : best), 0);
    const column = fitted[most];
    if (column === undefined || slack[most] === 0) return undefined;
    // A column after another, so that the widest give most.
    fitted[most] = { ...column, width: column.width - 1 };
    excess -= 1;
  }
  return fitted;
}

function layOutLines(
  columns: readonly GridColumn[],
  shown: readonly ShownColumn[],
  rows: readonly (readonly Cell[])[],
  terminal: Terminal,
): string[] {
  const headings = columns.map(({ heading }): Cell => ({ text: heading, tone: "dim" }));
  return [headings, ...rows].map((row) => {
    const parts = shown.map(({ index, width, align }) => {
      const { text, tone } = row[index] ?? { text: "" };
      const short = elideMiddle(text, width);
      const padding = " ".repeat(Math.max(0, width - textWidth(short)));
      const painted = paint(terminal, tone && STYLES[tone], short);
      return align === "right" ? padding + painted : painted + padding;
    });
    return `${" ".repeat(INDENT)}${parts.join(" ".repeat(GAP))}`.trimEnd();
  });
}

const MAX_LABEL = 20;

function layOutBlocks(columns: readonly GridColumn[], rows: readonly (readonly Cell[])[], terminal: Terminal): string[] {
  const labels = Math.min(MAX_LABEL, Math.max(0, ...columns.slice(1).map(({ heading }) => textWidth(heading))));
  const at = 2 * INDENT + labels + GAP;
  return rows.flatMap(([first, ...others]) => [
    `${" ".repeat(INDENT)}${paint(terminal, "bold", elideMiddle(first?.text ?? "", terminal.width - INDENT))}`,
    ...others.flatMap(({ text, tone }, index) => {
      if (text === "") return [];
      const label = elideMiddle(columns[index + 1]?.heading ?? "", labels);
      return wrapWords(text, Math.max(1, terminal.width - at)).map((line, number) => {
        const lead = number === 0 ? paint(terminal, "dim", label) + " ".repeat(labels - textWidth(label)) : " ".repeat(labels);
        return `${" ".repeat(2 * INDENT)}${lead}${" ".repeat(GAP)}${paint(terminal, tone && STYLES[tone], line)}`;
      });
    }),
  ]);
}

function escaped({ text, tone }: Cell): Cell {
  return tone === undefined ? { text: escapeText(text) } : { text: escapeText(text), tone };
}
