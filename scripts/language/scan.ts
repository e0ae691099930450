// Cuts a source file into what a person reads: text, comments, test names, identifiers. Each part is a copy of the file in
// which everything else is blank, so that a phrase is found across lines and its line is counted in the copy.

/** The copies, each as long as the file, and the names in it with where they are. */
export interface Parts {
  readonly text: string;
  readonly comments: string;
  readonly testNames: string;
  readonly names: readonly { readonly name: string; readonly at: number }[];
}

type Part = "text" | "testNames";

/** In place of a quote or of `${`: keeps two strings from being read as one phrase. */
const BREAK = "\u0001";
const BEFORE_A_PATTERN = new Set("return typeof case in of do else void delete throw new await yield".split(" "));
const BEFORE_A_FILE = /(?:\bfrom|\bimport|\bimport\()\s*$/;
const BEFORE_A_TEST_NAME = /(?:\b(?:it|test|describe|suite)(?:\.\w+)?\(|^\s+(?:rule|name|title):)\s*$/m;

/**
 * The parts of TypeScript or JavaScript source. A name is given once, where it is first used.
 *
 * It knows comments, strings, nested templates and regular expressions, and needs no parser.
 */
export function partsOfCode(source: string): Parts {
  const parts = { text: blank(source), comments: blank(source), testNames: blank(source) };
  const names = new Map<string, number>();
  const braces: (Part | "block" | "unread")[] = []; // of an insert: what the template around it is
  let at = 0;
  let last = ""; // the last word or sign, which tells a division from a regular expression

  const keep = (part: Part | "comments", from: number, to: number): void => {
    for (let i = from; i < to; i++) parts[part][i] = source[i]!;
  };
  const template = (part: Part | undefined): void => {
    for (; at < source.length && source[at] !== "`"; at++) {
      if (source[at] === "$" && source[at + 1] === "{") {
        if (part !== undefined) parts[part][at] = BREAK;
        braces.push(part ?? "unread");
        at += 2;
        last = "{";
        return;
      }
      if (part !== undefined) keep(part, at, at + 1);
      if (source[at] === "\\") at++;
    }
    at++;
    last = "`";
  };

  while (at < source.length) {
    const sign = source[at]!;
    if (source.startsWith("//", at)) {
      const end = endOf(source, "\n", at);
      keep("comments", at + 2, end);
      at = end;
    } else if (source.startsWith("/*", at)) {
      const end = endOf(source, "*/", at);
      keep("comments", at + 2, end);
      at = end + 2;
    } else if (sign === '"' || sign === "'") {
      const part = partOfString(source, at);
      const start = at++;
      while (at < source.length && source[at] !== sign) at += source[at] === "\\" ? 2 : 1;
      if (part !== undefined) {
        parts[part][start] = BREAK;
        keep(part, start + 1, at);
        parts[part][at] = BREAK;
      }
      at++;
      last = sign;
    } else if (sign === "`") {
      const part = partOfString(source, at);
      if (part !== undefined) parts[part][at] = BREAK;
      at++;
      template(part);
    } else if (sign === "}") {
      const around = braces.pop() ?? "block";
      at++;
      last = sign;
      if (around !== "block") template(around === "unread" ? undefined : around);
    } else if (sign === "/" && (BEFORE_A_PATTERN.has(last) || !/[\w$)\]}"'`]$/.test(last))) {
      at = endOfPattern(source, at);
      last = ")";
    } else if (/[A-Za-z_$]/.test(sign)) {
      const name = /^[\w$]+/.exec(source.slice(at, at + 200))![0];
      if (!names.has(name)) names.set(name, at);
      at += name.length;
      last = name;
    } else {
      if (sign === "{") braces.push("block");
      if (!/\s/.test(sign)) last = sign;
      at++;
    }
  }
  const comments = parts.comments.join("").replaceAll(/^([^\S\n]*)\*/gm, "$1 ");
  return {
    text: parts.text.join(""),
    comments,
    testNames: parts.testNames.join(""),
    names: [...names].map(([name, at]) => ({ name, at })),
  };
}

/** What a string is: the name of a test, the file of an import (undefined: another check's matter), or text. */
function partOfString(source: string, at: number): Part | undefined {
  const before = source.slice(Math.max(0, at - 60), at);
  if (BEFORE_A_FILE.test(before)) return undefined;
  return BEFORE_A_TEST_NAME.test(before) ? "testNames" : "text";
}

function endOfPattern(source: string, start: number): number {
  let inClass = false;
  let at = start + 1;
  for (; at < source.length && source[at] !== "\n" && (inClass || source[at] !== "/"); at++) {
    if (source[at] === "\\") at++;
    else if (source[at] === "[") inClass = true;
    else if (source[at] === "]") inClass = false;
  }
  return at + 1;
}

function endOf(source: string, mark: string, from: number): number {
  const end = source.indexOf(mark, from);
  return end === -1 ? source.length : end;
}

function blank(source: string): string[] {
  return Array.from({ length: source.length }, (_, i) => (source[i] === "\n" ? "\n" : " "));
}
