// What a manual page is written in: man(7). ASCII only, short lines, and nothing that a formatter could take for a request.
import { readFileSync } from "node:fs";
import { VERSION } from "../../packages/assay/src/core/version.ts";

const WIDTH = 78;

/** A page: `name` is that of its file without the section, `parts` lines or several of them. */
export function roff(name: string, parts: readonly string[]): string {
  const title = `.TH ${name.toUpperCase().replaceAll("-", "\\-")} 1 "${releaseDate()}" "assay ${VERSION}" "Assay"`;
  return `${['.\\" Made by npm run docs from the table of commands.', title, ...parts].join("\n")}\n`;
}

/** Of this version; empty before its release. */
function releaseDate(): string {
  const changelog = readFileSync(new URL("../../CHANGELOG.md", import.meta.url), "utf8");
  return new RegExp(`^## ${VERSION.replaceAll(".", "\\.")} \\((\\d{4}-\\d\\d-\\d\\d)\\)$`, "m").exec(changelog)?.[1] ?? "";
}

export function section(title: string): string {
  return `.SH ${title.toUpperCase()}`;
}

export function heading(title: string): string {
  return `.SS ${title}`;
}

/** A term that hangs beside its explanation. */
export function term(words: string, explanation: string): string[] {
  return [".TP", words, paragraph(explanation)];
}

/** What is typed, bold: every hyphen is one that can be copied. */
export function code(text: string): string {
  return `\\fB${guarded(escaped(text).replaceAll("-", "\\-"))}\\fR`;
}

/** Prose, in lines; what is between backquotes is bold, an option is one that can be copied. */
export function paragraph(text: string): string {
  const words = escaped(text)
    .replace(/`([^`]*)`/g, (_, typed: string) => `\\fB${typed.replaceAll("-", "\\-")}\\fR`)
    .split(" ")
    .map((word) => (/^[("]*--?[a-z]/.test(word) || word === "--" ? word.replaceAll("-", "\\-") : word));
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(guarded(word));
  }
  return lines.join("\n");
}

/** With a capital and a full stop, where it has neither; a first word that is typed stays as it is. */
export function sentence(text: string): string {
  const end = /[.?!]$/.test(text) ? "" : ".";
  const begin = /^[a-z]+\b(?![:_./])/.test(text) ? text.charAt(0).toUpperCase() : text.charAt(0);
  return `${begin}${text.slice(1)}${end}`;
}

function escaped(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("…", "...")
    .replaceAll("’", "'")
    .replace(/[^\0-\x7f]/g, (character) => `\\[u${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0") ?? ""}]`);
}

/** A line that begins with a dot or an apostrophe would be a request. */
function guarded(line: string): string {
  return /^[.']/.test(line) ? `\\&${line}` : line;
}
