/** A heading with what is below it, up to the next one. */
export interface CardSection {
  /** Empty for what comes before the first heading. */
  readonly heading: string;
  readonly level: number;
  /** The headings above it, outermost first, its own included. */
  readonly path: string;
  readonly words: number;
  /** Rows of tables that hold a number. */
  readonly numericRows: number;
  /** Its words, of a section on licenses only. */
  readonly text: string;
}

export interface CardLink {
  readonly url: string;
  /** The words that are the link; empty for a bare address. */
  readonly text: string;
  /** The line that it is in, shortened. */
  readonly line: string;
  /** The headings above it. */
  readonly path: string;
}

const MAX_SECTIONS = 1_000;
const MAX_LINKS = 2_000;
const MAX_LINE = 2_000;
const MAX_SECTION = 8_000;
const ON_LICENSES = /licen[sc]|terms of use|许可|協議|协议|ライセンス/i;
const LINK = /\[([^\][\n]{0,120})\]\((https?:\/\/[^\s)]{1,400})\)|https?:\/\/[^\s<>)"'\]`|]{1,400}/g;

/** Splits Markdown into sections, links and code: line by line, with no more understanding than is needed. */
export function readSections(text: string): { sections: CardSection[]; links: CardLink[]; code: string } {
  const sections: { heading: string; level: number; path: string; words: number; numericRows: number; text: string }[] = [];
  const links: CardLink[] = [];
  const code: string[] = [];
  let open = { heading: "", level: 0, path: "", words: 0, numericRows: 0, text: "" };
  sections.push(open);
  let fence: string | undefined;
  for (const whole of text.split("\n")) {
    const line = whole.slice(0, MAX_LINE);
    const mark = /^ {0,3}(```|~~~)/.exec(line)?.[1];
    if (mark !== undefined && (fence === undefined || fence === mark)) {
      fence = fence === undefined ? mark : undefined;
      continue;
    }
    if (fence !== undefined) {
      code.push(line);
      continue;
    }
    const heading = /^ {0,3}(#{1,6})[ \t]+(.{1,200})/.exec(line);
    if (heading !== null && sections.length < MAX_SECTIONS) {
      const level = heading[1]?.length ?? 1;
      const title = (heading[2] ?? "").replace(/[\s#*_`]+$/, "").replace(/^[*_`\s]+/, "");
      const above = sections.findLast((section) => section.level < level && section.level > 0);
      open = {
        heading: title,
        level,
        path: above === undefined ? title : `${above.path} / ${title}`.slice(-400),
        words: 0,
        numericRows: 0,
        text: "",
      };
      sections.push(open);
      continue;
    }
    for (const match of line.matchAll(LINK)) {
      if (links.length >= MAX_LINKS) break;
      const url = (match[2] ?? match[0]).replace(/[.,;:!?*_]+$/, "");
      links.push({ url, text: match[1] ?? "", line: line.slice(0, 300), path: open.path });
    }
    if (/^ {0,3}\|[^\n]{0,1900}\|[^|\n]{0,40}\d|<td[^<>]{0,200}>\s{0,20}[*_]{0,3}-?\d/i.test(line)) open.numericRows += 1;
    if (ON_LICENSES.test(open.path) && open.text.length < MAX_SECTION) open.text += `${line}\n`;
    open.words += line.replace(LINK, " $1 ").match(/[\p{L}\p{N}]{2,}/gu)?.length ?? 0;
  }
  return { sections, links, code: code.join("\n") };
}
