import { joinLinks, linkNames, linksOfBlock, linksOfCode, type CardLink } from "./links.ts";

/** A heading with what is below it, up to the next one. */
export interface CardSection {
  /** Empty for what comes before the first heading. */
  readonly heading: string;
  readonly level: number;
  /** The headings above it, outermost first, its own included. */
  readonly path: string;
  readonly words: number;
  /** Whether it shows code or commands. */
  readonly hasCode: boolean;
  /** Its lines, without code; cut where it is long. */
  readonly text: string;
  /** The line that its heading is in, from 1. */
  readonly line: number;
}

type OpenSection = { -readonly [Key in keyof CardSection]: CardSection[Key] };

const MAX_SECTIONS = 1_000;
const MAX_LINKS = 2_000;
const MAX_LINE = 2_000;
const MAX_SECTION = 8_000;
const HEADING = /^ {0,3}(#{1,6})[ \t]*([^#\s].{0,200})|^\s{0,8}<h([1-6])\b[^<>]{0,200}>(.{1,200}?)<\/h[1-6]>/i;
/** A line that begins something of its own: an item, a quotation, a row, a tag. */
const OWN_LINE = /^\s*(?:[-*+•]\s|\d{1,3}[.)]\s|>|\||<\/?(?:t[rdh]|li|p|div|table|ul|ol|summary|details|br|hr)\b)/i;
const RULE = /^ {0,3}\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$/;

/** Splits Markdown into sections, links and code: line by line, with no more understanding than is needed. `first` is the number of its first line. */
export function readSections(text: string, first = 1): { sections: CardSection[]; links: CardLink[]; code: string } {
  const reader = new SectionReader(linkNames(text));
  for (const [index, line] of joinLinks(text).split("\n").entries()) reader.read(line.slice(0, MAX_LINE), first + index);
  return reader.end();
}

class SectionReader {
  readonly #names: ReadonlyMap<string, string>;
  readonly #sections: OpenSection[] = [];
  readonly #links: CardLink[] = [];
  readonly #code: string[] = [];
  #open: OpenSection = emptySection("", 0, "", 1);
  #fence: string | undefined;
  #block: string[] = [];
  #blockLine = 1;
  /** Cells over the columns of the table that is being read. */
  #header: readonly string[] | undefined;
  #lastRow = "";

  constructor(names: ReadonlyMap<string, string>) {
    this.#names = names;
    this.#sections.push(this.#open);
  }

  read(line: string, number: number): void {
    const mark = /^ {0,3}(```|~~~)/.exec(line)?.[1];
    if (mark !== undefined && (this.#fence === undefined || this.#fence === mark)) {
      this.#endBlock();
      this.#fence = this.#fence === undefined ? mark : undefined;
      this.#open.hasCode = true;
      return;
    }
    if (this.#fence !== undefined) {
      this.#code.push(line);
      this.#addLinks(linksOfCode(line, number, this.#open.path));
      return;
    }
    const heading = HEADING.exec(line);
    if (heading !== null && this.#sections.length < MAX_SECTIONS) return this.#openSection(heading, number);
    this.#readText(line, number);
  }

  end(): { sections: CardSection[]; links: CardLink[]; code: string } {
    this.#endBlock();
    return { sections: this.#sections, links: this.#links, code: this.#code.join("\n") };
  }

  #openSection([whole, marks, markdown, htmlLevel, html]: RegExpExecArray, number: number): void {
    this.#endBlock();
    this.#header = undefined;
    const level = marks?.length ?? Number(htmlLevel);
    const title = (markdown ?? html ?? "")
      .replace(/<[^<>]{0,300}>/g, "")
      .replace(/[\s#*_`]+$/, "")
      .replace(/^[*_`\s]+/, "");
    const above = this.#sections.findLast((section) => section.level < level && section.level > 0);
    this.#open = emptySection(title, level, above === undefined ? title : `${above.path} / ${title}`.slice(-400), number);
    this.#sections.push(this.#open);
    this.#addLinks(linksOfBlock({ lines: [whole], line: number, path: this.#open.path, column: "" }, this.#names));
  }

  #readText(line: string, number: number): void {
    const open = this.#open;
    if (open.text.length < MAX_SECTION) open.text += `${line}\n`;
    open.words += plainLine(line).match(/[\p{L}\p{N}]{2,}/gu)?.length ?? 0;
    const isRow = /^\s*\|/.test(line) || (this.#header !== undefined && line.includes("|"));
    if (RULE.test(line) && this.#lastRow.includes("|")) {
      this.#header = cellsOf(this.#lastRow);
      return this.#endBlock();
    }
    if (isRow) {
      this.#endBlock();
      this.#lastRow = line;
      const cells = cellsOf(line);
      for (const [index, cell] of cells.entries()) {
        const column = this.#header?.[index] ?? "";
        this.#addLinks(linksOfBlock({ lines: [cell], line: number, path: open.path, column }, this.#names));
      }
      return;
    }
    this.#header = undefined;
    this.#lastRow = line;
    if (line.trim() === "" || OWN_LINE.test(line)) this.#endBlock();
    if (this.#block.length === 0) this.#blockLine = number;
    if (line.trim() !== "") this.#block.push(line);
    if (this.#block.length >= MAX_BLOCK) this.#endBlock();
  }

  #endBlock(): void {
    if (this.#block.length === 0) return;
    const block = { lines: this.#block, line: this.#blockLine, path: this.#open.path, column: "" };
    this.#block = [];
    this.#addLinks(linksOfBlock(block, this.#names));
  }

  #addLinks(links: readonly CardLink[]): void {
    for (const link of links) if (this.#links.length < MAX_LINKS) this.#links.push(link);
  }
}

const MAX_BLOCK = 40;

function emptySection(heading: string, level: number, path: string, line: number): OpenSection {
  return { heading, level, path, words: 0, hasCode: false, text: "", line };
}

/** A line without addresses, the words of links kept. */
function plainLine(line: string): string {
  return line.replace(/\[([^\][\n]{0,120})\]\((?:https?:\/\/[^\s)]{1,400})\)|https?:\/\/[^\s<>)"'\]`|]{1,400}/g, " $1 ");
}

function cellsOf(row: string): string[] {
  return row
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/);
}
