import { layOutColumns } from "./columns.ts";
import { escapeText } from "./escape.ts";
import type { Block, Mark, Report, Tone, Word } from "./report.ts";
import { layOutGrid } from "./grid.ts";
import { shellQuote } from "./shell-quote.ts";
import { paint, type Style, type Terminal } from "./terminal.ts";
import { elideMiddle, textWidth } from "./width.ts";
import { wrapWords } from "./wrap.ts";

const MARKS: Record<Mark, { readonly sign: string; readonly style: Style | undefined }> = {
  yes: { sign: "✔", style: "good" },
  partly: { sign: "✔", style: "unsure" },
  no: { sign: "✘", style: "bad" },
  unsure: { sign: "?", style: "unsure" },
  neutral: { sign: "·", style: "bold" },
};
const TONES: Record<Tone, Style> = { bad: "bad", notable: "notable", dim: "dim" };

/** Labels are in the first columns; what they label starts here. */
const LABEL_COLUMN = 14;
/** Running text wider than this is hard to read, whatever the terminal. */
const MAX_TEXT = 100;

/**
 * Lays a report out for a terminal. Escapes whatever the blocks hold: nothing untrusted
 * reaches the terminal unescaped, even where a command forgot to.
 */
export function layOut(report: Report, terminal: Terminal): string {
  return report
    .flatMap((block) => layOutBlock(block, terminal))
    .map((line) => `${line}\n`)
    .join("");
}

function layOutBlock(block: Block, terminal: Terminal): string[] {
  switch (block.kind) {
    case "answer":
      return layOutAnswer(block, terminal);
    case "row":
      return layOutRow(block.label, block.value, terminal);
    case "item":
      return layOutItem(block, terminal);
    case "text":
      return wrapWords(escapeText(block.text), textColumns(terminal) - 2).map(
        (line) => `  ${paint(terminal, block.tone && TONES[block.tone], line)}`,
      );
    case "command":
      return layOutCommand(block.lead, block.words, terminal);
    case "prompt":
      return layOutPrompt(block.words, terminal);
    case "line":
      return [escapeText(block.text)];
    case "heading":
      return wrapWords(escapeText(block.text), textColumns(terminal)).map((line) => paint(terminal, "bold", line));
    case "entry":
      return layOutEntry(block, terminal);
    case "columns":
      return layOutColumns(block.rows, block.widths, textColumns(terminal));
    case "grid":
      return layOutGrid(block.columns, block.rows, terminal);
    case "blank":
      return [""];
    case "finished":
      return block.text.replace(/\n$/, "").split("\n");
  }
}

function layOutAnswer(block: Extract<Block, { kind: "answer" }>, terminal: Terminal): string[] {
  const { sign, style } = MARKS[block.mark];
  const lead = block.lead === "" ? sign : `${sign} ${block.lead}:`;
  const lines = wrapWords(escapeText(`${lead} ${block.text}`), textColumns(terminal), 2);
  return lines.map((line, index) =>
    index === 0 && line.startsWith(lead) ? `${paint(terminal, style, lead)}${line.slice(lead.length)}` : line,
  );
}

function layOutRow(label: string, value: string, terminal: Terminal): string[] {
  const shown = escapeText(value);
  // A whole digest is there to be copied: on a line of its own rather than broken in two.
  const isLongWord = !shown.includes(" ") && textWidth(shown) > terminal.width - LABEL_COLUMN && textWidth(shown) <= terminal.width - 4;
  if (isLongWord) return [labeled(label, "dim", terminal).trimEnd(), `    ${shown}`];
  const lines = wrapWords(shown, textColumns(terminal) - LABEL_COLUMN);
  return lines.map((line, index) => `${labeled(index === 0 ? label : "", "dim", terminal)}${line}`);
}

function layOutItem(block: Extract<Block, { kind: "item" }>, terminal: Terminal): string[] {
  const columns = terminal.width - LABEL_COLUMN;
  const name = escapeText(block.name);
  const detail = escapeText(block.detail);
  const label = labeled(block.label, block.tone === undefined ? undefined : TONES[block.tone], terminal);
  if (detail === "") return [`${label}${elideMiddle(name, columns)}`];
  if (textWidth(name) + 3 + textWidth(detail) <= columns) return [`${label}${name}   ${paint(terminal, "dim", detail)}`];
  const below = wrapWords(detail, Math.min(terminal.width, MAX_TEXT) - LABEL_COLUMN - 2);
  return [
    `${label}${elideMiddle(name, columns)}`,
    ...below.map((line) => `${" ".repeat(LABEL_COLUMN + 2)}${paint(terminal, "dim", line)}`),
  ];
}

/** On a narrow terminal, or beside a long term, the explanation is below. */
function layOutEntry(block: Extract<Block, { kind: "entry" }>, terminal: Terminal): string[] {
  const term = escapeText(block.term);
  const narrow = terminal.width < block.column + 30;
  const column = narrow ? 6 : block.column;
  const lines = wrapWords(escapeText(block.text), textColumns(terminal) - column).map((line) => " ".repeat(column) + line);
  const shownTerm = `  ${paint(terminal, "command", term)}`;
  if (narrow || textWidth(term) + 4 > column) return [shownTerm, ...lines];
  const [first = "", ...rest] = lines;
  return [`${shownTerm}${first.slice(textWidth(term) + 2)}`, ...rest];
}

/** On the line of its lead where it fits; else below it, broken between words with a backslash so that it can still be pasted. */
function layOutCommand(lead: string, words: readonly Word[], terminal: Terminal): string[] {
  const quoted = words.map((word) => (typeof word === "string" ? shellQuote(word) : escapeText(word.placeholder)));
  const whole = quoted.join(" ");
  const leadText = escapeText(lead);
  const oneLine = leadText === "" ? whole : `${leadText} ${whole}`;
  if (textWidth(oneLine) + 2 <= terminal.width) {
    const before = leadText === "" ? "" : `${leadText} `;
    return [`  ${before}${paint(terminal, "command", whole)}`];
  }
  const leadLines = leadText === "" ? [] : wrapWords(leadText, textColumns(terminal) - 2).map((line) => `  ${line}`);
  const indent = leadText === "" ? 2 : 4;
  const commandLines = breakCommand(quoted, terminal.width - indent - 2);
  return [
    ...leadLines,
    ...commandLines.map((line, index) => {
      const last = index === commandLines.length - 1;
      return `${" ".repeat(index === 0 ? indent : indent + 2)}${paint(terminal, "command", line)}${last ? "" : " \\"}`;
    }),
  ];
}

function layOutPrompt(words: readonly string[], terminal: Terminal): string[] {
  const lines = breakCommand(words.map(shellQuote), terminal.width - 2);
  return lines.map((line, index) => {
    const shown = `${index === 0 ? "$ " : "    "}${paint(terminal, "command", line)}`;
    return index === lines.length - 1 ? shown : `${shown} \\`;
  });
}

function breakCommand(words: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const [index, word] of words.entries()) {
    // An option and its value stay together.
    const next = words[index + 1];
    const pair = word.startsWith("--") && next !== undefined && !next.startsWith("--") ? `${word} ${next}` : word;
    if (line !== "" && textWidth(line) + 1 + textWidth(pair) > columns - 2) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return line === "" ? lines : [...lines, line];
}

function labeled(label: string, style: Style | undefined, terminal: Terminal): string {
  const shown = escapeText(label);
  const padding = " ".repeat(Math.max(1, LABEL_COLUMN - 2 - textWidth(shown)));
  return `  ${paint(terminal, style, shown)}${padding}`;
}

function textColumns(terminal: Terminal): number {
  return terminal.width === Infinity ? Infinity : Math.min(terminal.width, MAX_TEXT);
}
