import { COSTS, COSTS_HEADING, namesResult, RESULTS_HEADING, SHAPES } from "./metrics.ts";

/** A table of results in a document. */
export interface ResultTable {
  readonly heading: string;
  /** Of its first row, from 1. */
  readonly line: number;
  /** The metric or benchmark that it names, or the heading that says so. */
  readonly names: string;
}

interface Table {
  readonly line: number;
  readonly rows: string[][];
}

const MAX_LINE = 2_000;
/** Rows that are looked at; a table says what it is at its beginning. */
const MAX_ROWS = 60;

/**
 * The first table that reports how good a model is: figures in columns that are neither a cost nor a shape, with a
 * metric or benchmark in a column, a row or the heading, or a heading over results. `markdown` is bounded by the caller.
 */
export function findResultTable(markdown: string): ResultTable | undefined {
  const headings: { level: number; text: string }[] = [];
  let fence: string | undefined;
  let table: Table | undefined;
  let html: { line: number; text: string } | undefined;
  for (const [index, whole] of [...markdown.split("\n"), ""].entries()) {
    const line = whole.slice(0, MAX_LINE);
    const mark = /^ {0,3}(```|~~~)/.exec(line)?.[1];
    if (mark !== undefined && (fence === undefined || fence === mark)) fence = fence === undefined ? mark : undefined;
    if (fence !== undefined) continue;
    if (html !== undefined || /<table\b/i.test(line)) {
      html ??= { line: index + 1, text: "" };
      if (html.text.length < MAX_HTML) html.text += `${line}\n`;
      if (!/<\/table>/i.test(line)) continue;
      const found = resultIn({ line: html.line, rows: rowsOfHtml(html.text) }, headings);
      html = undefined;
      if (found !== undefined) return found;
      continue;
    }
    const cells = cellsOf(line);
    if (cells !== undefined) {
      table ??= { line: index + 1, rows: [] };
      if (table.rows.length < MAX_ROWS) table.rows.push(cells);
      continue;
    }
    if (table !== undefined) {
      const found = table.rows.length > 1 ? resultIn(table, headings) : undefined;
      if (found !== undefined) return found;
      table = undefined;
    }
    const heading = /^ {0,3}(#{1,6})[ \t]+(.{1,200})/.exec(line) ?? /^\s*<h([1-6])[^<>]{0,100}>(.{1,200}?)<\/h/i.exec(line);
    if (heading !== null) {
      const level = heading[1]?.startsWith("#") === true ? heading[1].length : Number(heading[1]);
      while ((headings.at(-1)?.level ?? 0) >= level) headings.pop();
      headings.push({ level, text: (heading[2] ?? "").replace(/<[^<>]{0,200}>|[*_`#]+/g, " ").trim() });
    }
  }
  return undefined;
}

const MAX_HTML = 64 * 1024;

function cellsOf(line: string): string[] | undefined {
  const inner = line.trim();
  if (!/[^|]\|[^|]|^\|.{1,2000}\|$/.test(inner)) return undefined;
  return inner
    .replace(/^\|/, "")
    .replace(/\|$/, "")
    .split("|")
    .map((cell) => cell.trim());
}

function rowsOfHtml(html: string): string[][] {
  return html
    .split(/<tr\b[^<>]{0,300}>/i)
    .slice(1, MAX_ROWS)
    .map((row) =>
      row
        .split(/<t[dh]\b[^<>]{0,300}>/i)
        .slice(1)
        .map((cell) =>
          cell
            .replace(/<[^<>]{0,300}>/g, " ")
            .replace(/\s+/g, " ")
            .trim(),
        ),
    );
}

function resultIn({ line, rows }: Table, headings: readonly { readonly text: string }[]): ResultTable | undefined {
  const heading = headings.at(-1)?.text ?? "";
  if (COSTS_HEADING.test(heading)) return undefined;
  const filled = rows.filter((row) => !row.every((cell) => /^[:\s-]*$/.test(cell)));
  const hasHeader = filled[0]?.slice(1).some((cell) => FIGURE.test(cell)) === false;
  const header = hasHeader ? (filled[0] ?? []) : [];
  const body = hasHeader ? filled.slice(1) : filled;
  const figures = body
    .flatMap((row) => row.map((cell, column) => ({ cell, column, first: row[0] ?? "" })))
    .filter(({ cell, column, first }) => {
      const named = header[column] ?? "";
      return (
        column > 0 &&
        FIGURE.test(cell) &&
        !isAbout(named, COSTS) &&
        !isAbout(named, SHAPES) &&
        !isAbout(first, COSTS) &&
        !isAbout(first, SHAPES)
      );
    });
  const [figure] = figures;
  if (figure === undefined || (COSTS.test(header[0] ?? "") && !header.some(namesResult))) return undefined;
  const name = [heading, ...header, ...figures.map(({ first }) => first)].find((text) => namesResult(text));
  if (name !== undefined) return { heading, line, names: shorten(name) };
  const over = headings.map(({ text }) => text).findLast((text) => RESULTS_HEADING.test(text));
  // A benchmark may be one of speed: then its other columns say so.
  const isOfCosts = header.some((named) => isAbout(named, COSTS)) || headings.some(({ text }) => COSTS_HEADING.test(text));
  const isPrecise = figures.some(({ cell }) => /\d\.\d|\d\s?%/.test(cell));
  return over === undefined || !isPrecise || isOfCosts ? undefined : { heading, line, names: shorten(over) };
}

/** A number with nothing but a sign, a percent sign, a spread or emphasis around it. */
const FIGURE = /^[^\p{L}\p{N}]{0,6}[-+−]?\d{1,6}(?:[.,]\d{1,6})?[^\p{L}\p{N}]{0,6}(?:$|[±(/])/u;

/** A column that names a metric is one, whatever else it says. */
function isAbout(named: string, kind: RegExp): boolean {
  return kind.test(named) && !namesResult(named);
}

function shorten(text: string): string {
  const plain = text.replace(/<[^<>]{0,200}>|[*_`]+/g, "").trim();
  return plain.length <= 40 ? plain : `${plain.slice(0, 39)}…`;
}
