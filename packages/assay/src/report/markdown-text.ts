import { groupDigits } from "../core/sizes.ts";
import { visibleText } from "../core/visible-text.ts";
import { shortened } from "./shortened.ts";

/** A list stays readable, and a report small, whatever a model has. */
const MAX_SHOWN = 20;

/** Untrusted text as Markdown that shows it and nothing else: no link, mention, image, tag, table cell or line of its own. */
export function plainText(text: string): string {
  return (
    text
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
      // Not ( ) +: in running text, nothing of Markdown starts with them.
      .replace(/[\\`*_{}[\]<>!|~&]/g, "\\$&")
      .replace(/(https?|ftp):\/\//gi, "$1:\\//")
      .replace(/(www)\./gi, "$1\\.")
      // Two dollar signs would be a formula; the others make mentions, addresses and numbers of issues, with a backslash too.
      .replace(/[$@]|#(?=\d)/g, "<span>$&</span>")
      .trim()
  );
}

/**
 * An untrusted name or digest as a code span, in which GitHub and GitLab make no link, no mention and no emoji. What a reader
 * would not see is written out, and a very long name loses its middle.
 */
export function codeSpan(name: string): string {
  // A bar would end the cell of a table, and readers of Markdown differ about a backslash before it.
  const text = visibleText(shortened(name)).replaceAll("|", "\\x7c");
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  // One blank at both ends is taken off by the reader of Markdown.
  return /^[^` ](?:.*[^` ])?$/.test(text) ? `${fence}${text}${fence}` : `${fence} ${text} ${fence}`;
}

/** One line of a table; the cells are Markdown already. */
export function tableLine(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** The first of a list, a line for each, and how many more there are. */
export function listLines<Item>(items: readonly Item[], show: (item: Item) => string): string[] {
  const rest = items.length - MAX_SHOWN;
  return [...items.slice(0, MAX_SHOWN).map((item) => `- ${show(item)}`), ...(rest > 0 ? [`- and ${groupDigits(rest)} more`] : [])];
}
