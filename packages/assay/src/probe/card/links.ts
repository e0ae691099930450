/** A link of a card, with the words that say what it leads to. */
export interface CardLink {
  /** An address, or a path as the card writes it. */
  readonly url: string;
  /** The words that are the link, or those of its picture; empty for a bare address. */
  readonly text: string;
  /** The sentence or cell that it is in, without addresses; of code, the line. */
  readonly clause: string;
  /** The heading of its column; empty outside tables. */
  readonly column: string;
  /** The headings above it. */
  readonly path: string;
  /** Line of the card, from 1. */
  readonly line: number;
  /** In code, such as a command that downloads. */
  readonly isCode: boolean;
}

/** A piece of running text whose lines belong together, with the line that it begins in. */
export interface TextBlock {
  readonly lines: readonly string[];
  readonly line: number;
  readonly path: string;
  readonly column: string;
}

/** The nearest heading above a link. */
export function nearestHeading({ path }: Pick<CardLink, "path">): string {
  return path
    .slice(path.lastIndexOf(" / ") + 1)
    .replace(/^\/\s*/, "")
    .trim();
}

/** Addresses by the names that `[name]: address` gives them. */
export type LinkNames = ReadonlyMap<string, string>;

const MAX_NAMES = 1_000;
const MAX_CLAUSE = 400;

/** The names that a card gives to addresses, in lower case. */
export function linkNames(text: string): LinkNames {
  const found = [...text.matchAll(/^ {0,3}\[([^\][\n]{1,100})\]:[ \t]{0,20}<?([^\s<>]{1,500})/gm)].slice(0, MAX_NAMES);
  return new Map(found.map(([, name = "", url = ""]) => [name.toLowerCase(), url]));
}

/** Puts links that are written over several lines on the first of them; the number of lines stays. */
export function joinLinks(text: string): string {
  return text.replace(/<a\s[^<>]{0,500}>[^]{0,400}?<\/a>/gi, join).replace(/\[[^\][\n]{0,200}\n[^\][\n]{0,200}\](?=\()/g, join);
}

function join(whole: string): string {
  const breaks = whole.split("\n").length - 1;
  return breaks === 0 ? whole : `${whole.replace(/\s*\n\s*/g, " ")}${"\n".repeat(breaks)}`;
}

/** In this order, since a picture may be the words of a link. */
const LINK = new RegExp(
  [
    /\[\s{0,5}!\[([^\]\n]{0,200})\]\([^()\s]{0,600}\)\s{0,5}\]\(([^()\s]{1,500})[^()\n]{0,200}\)/, // badge
    /!\[[^\]\n]{0,200}\]\([^()\n]{0,600}\)/, // picture
    /\[((?:\[[^\][\n]{0,100}\]|[^\][\n]){0,300})\]\(<?([^()\s<>]{1,500})>?(?:\s+["'][^"'\n]{0,200}["'])?\)/, // inline
    /\[([^\][\n]{1,200})\]\[([^\][\n]{0,100})\]/, // by name
    /<a\s[^<>]{0,500}?href\s{0,3}=\s{0,3}["']?([^"'\s<>]{1,500})["']?[^<>]{0,300}>([^]{0,400}?)<\/a>/, // HTML
    /<img\s[^<>]{0,800}>/,
    /((?:https?|gs|s3):\/\/[^\s<>)"'\]`|\\]{1,400})/, // bare
    /`((?:[\w.-]{1,80}\/){1,8}[\w.-]{1,80}\.(?:pt|pth|ckpt|safetensors|gguf))\b/, // a path of weights
  ]
    .map(({ source }) => source)
    .join("|"),
  "gi",
);

const MARK = "\u0001";
/** The end of a sentence, a cell or an item. */
const CLAUSE_END = /(?<=[.!?;])["')\]*_]{0,3}\s+|[。！？；]|\s\|\s|<br\s*\/?>|\s[•·]\s/;

interface Seen {
  readonly url: string;
  readonly text: string;
  readonly offset: number;
}

/** The links of a block of text. */
export function linksOfBlock({ lines, line, path, column }: TextBlock, names: LinkNames): CardLink[] {
  const whole = lines.join(" ");
  const seen: Seen[] = [];
  const add = (url: string, text: string, offset: number): string => {
    if (/^#|^mailto:|^javascript:/i.test(url)) return ` ${text} `;
    seen.push({ url: url.replace(/[.,;:!?*_]+$/, ""), text, offset });
    return ` ${MARK}${text.replaceAll(MARK, "")} `;
  };
  const marked = whole.replace(LINK, (...match: unknown[]) => {
    const part = (index: number): string | undefined => {
      const value = match[index];
      return typeof value === "string" ? value : undefined;
    };
    const offset = match.find((value) => typeof value === "number") ?? 0;
    const [badge, badgeUrl, text, url, named, name, href, html, bare, weights] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(part);
    if (badgeUrl !== undefined) return add(badgeUrl, words(badge ?? ""), offset);
    if (url !== undefined) return add(url, words(text ?? ""), offset);
    if (named !== undefined) {
      const target = names.get((name === "" || name === undefined ? named : name).toLowerCase());
      return target === undefined ? ` ${named} ` : add(target, words(named), offset);
    }
    if (href !== undefined) return add(href, htmlWords(html ?? ""), offset);
    if (weights !== undefined) return add(weights, weights, offset);
    return bare === undefined ? " " : add(bare, "", offset);
  });
  const clauses = marked.split(CLAUSE_END).flatMap((clause) => {
    const plain = words(clause.replaceAll(MARK, "").replace(/<\/?[a-z][^<>]{0,300}>/gi, " ")).slice(0, MAX_CLAUSE);
    return Array.from({ length: clause.split(MARK).length - 1 }, () => plain);
  });
  return seen.map(({ url, text, offset }, index) => ({
    url,
    text,
    clause: clauses[index] ?? "",
    column,
    path,
    line: line + lineOfOffset(lines, offset),
    isCode: false,
  }));
}

/** The words of an anchor, and those that its picture is described with. */
function htmlWords(html: string): string {
  return words(
    html
      .replace(/<img\s[^<>]{0,800}>/gi, (tag) => ` ${/\balt\s*=\s*["']([^"']{0,200})["']/i.exec(tag)?.[1] ?? ""} `)
      .replace(/<[^<>]{0,300}>/g, " "),
  );
}

function words(text: string): string {
  return text
    .replace(/[*_`~[\]]{1,3}/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

function lineOfOffset(lines: readonly string[], offset: number): number {
  let end = 0;
  for (const [index, line] of lines.entries()) {
    end += line.length + 1;
    if (offset < end) return index;
  }
  return 0;
}

/** What is downloaded or loaded by a name of a hub, without an address. */
const BY_NAME: readonly (readonly [pattern: RegExp, address: (name: string) => string])[] = [
  [/\b(?:huggingface-cli|hf) download\s+(?:--?[\w-]+\s+)*([\w.-]+\/[\w.-]+)/, onHub],
  [/\bsnapshot_download\(\s*(?:repo_id\s*=\s*)?["']([\w.-]+\/[\w.-]+)["']/, onHub],
  [/\b(?:hf_hub_download|load_from_hub)\(\s*(?:repo_id\s*=\s*)?["']([\w.-]+\/[\w.-]+)["']/, onHub],
  [/\bfrom_pretrained\(\s*["']([\w.-]+\/[\w.-]+)["']/, onHub],
  [/\bmodelscope download\s+--model\s+([\w.-]+\/[\w.-]+)/, (name) => `https://modelscope.cn/models/${name}`],
  [/\bollama (?:run|pull)\s+([\w.-]+(?:\/[\w.-]+)?(?::[\w.-]+)?)/, (name) => `https://ollama.com/library/${name}`],
];

function onHub(name: string): string {
  return `https://huggingface.co/${name}`;
}

/** The addresses in a line of code, and the names that it downloads or loads by. */
export function linksOfCode(code: string, line: number, path: string): CardLink[] {
  const clause = code.trim().slice(0, MAX_CLAUSE);
  const urls = [...code.matchAll(/(?:https?|gs|s3):\/\/[^\s<>)"'\]`|\\,]{1,400}/g)].map(([url]) => url.replace(/[.,;:]+$/, ""));
  for (const [pattern, address] of BY_NAME) {
    const name = pattern.exec(code)?.[1];
    if (name !== undefined) urls.push(address(name));
  }
  return urls.map((url) => ({ url, text: "", clause, column: "", path, line, isCode: true }));
}
