// Reads SPDX's templates (SPDX 3.0, annex B.3: <<beginOptional>>, <<var;name=...;original=...;match=...>>) and writes
// them as `readTemplate` of packages/assay/src/probe/license/text/template.ts reads them.
import { licenseWords } from "../packages/assay/src/probe/license/text/words.ts";

const MARK = /<<(?:(beginOptional)(?:;name="?[^">]*"?)?|(endOptional)|var;name="([^"]*)";original="([^]*?)";match="([^]*?)")>>/g;

/** A place where SPDX allows any text; ours takes a name there, or notices where the part is made for them. */
const ANYTHING = /^(?:\.[+*]|\.\{\d+,\d+\}|\[\^\.\]\+(?:\\\.)?)$/;
/** Signs only: nothing that counts. */
const SIGNS_ONLY = /^(?:-\{1,2\}|-\*|#\*|\[\.,\]\*| \?|\(?[()\\<|]*\)?\??|\(?[()\\>|]*\)?\??)$/;

/** A template of SPDX, packed. Throws on a template that is not well formed. */
export function packTemplate(template: string): string {
  const packed: string[] = [];
  let depth = 0;
  let from = 0;
  for (const mark of template.matchAll(MARK)) {
    const [whole, begins, ends, name = "", original = "", match = ""] = mark;
    pack(packed, template.slice(from, mark.index));
    from = mark.index + whole.length;
    if (begins !== undefined) {
      depth++;
      packed.push("(");
    } else if (ends !== undefined) {
      depth--;
      packed.push(")");
    } else packed.push(...packVariable(name, original, match));
  }
  pack(packed, template.slice(from));
  if (depth !== 0) throw new Error("optional parts do not close");
  return tidy(packed.join(" "));
}

/** A text without marks, packed. */
export function packText(text: string): string {
  return licenseWords(text).words.join(" ");
}

function pack(packed: string[], text: string): void {
  packed.push(...licenseWords(text).words);
}

/** An optional part of signs only is left out. */
function tidy(packed: string): string {
  let before = "";
  let now = packed;
  while (now !== before) {
    before = now;
    now = now.replace(/\( (?:# )*\) ?/g, "").trim();
  }
  return now;
}

function packVariable(name: string, original: string, match: string): string[] {
  if (match === ".{0,20}") return /\p{L}{2}/u.test(packText(original)) ? choice(["#", packText(original)]) : ["#"];
  if (SIGNS_ONLY.test(match)) return [];
  // SPDX's own example is fixed text, whatever it says.
  if (match === ".{0,5000}") return packText(original) === "" ? ["@"] : choice(["@", packText(original)]);
  if (match === ".{54,64}") return choice([packText(original)]);
  if (ANYTHING.test(match)) {
    const place = nameWithPlaceholder(original);
    const both = name === "copyright" || /copyright/i.test(original) ? choice([place, "@", packText(original)]) : place.split(" ");
    return match.endsWith("*") || packText(original) === "" ? ["(", ...both, ")"] : both;
  }
  const choices = [...new Set([packText(original), ...alternatives(match)])];
  return choices.length === 1 ? (choices[0] ?? "").split(" ").filter((sign) => sign !== "") : choice(choices);
}

function nameWithPlaceholder(original: string): string {
  const words = packText(original);
  return words === "" ? "*" : `* < ${words} >`;
}

function choice(choices: readonly string[]): string[] {
  return `{ ${[...new Set(choices)].join(" | ")} }`.split(" ").filter((sign) => sign !== "");
}

/** Takes a name's place while an expression is read. */
const NAME = "\uE000";

/** All that an expression of SPDX's matches, packed; `.+` in it is a name. Throws on what it does not understand. */
export function alternatives(expression: string): string[] {
  const { texts, next } = union(expression, 0);
  if (next !== expression.length) throw new Error(`not understood: ${expression.slice(next)}`);
  return [...new Set(texts.map((text) => text.split(NAME).map(packText).join(" * ").trim()))];

  function union(source: string, from: number): { texts: string[]; next: number } {
    const texts: string[] = [];
    let at = from;
    for (;;) {
      const one = sequence(source, at);
      texts.push(...one.texts);
      at = one.next;
      if (source[at] !== "|") return { texts, next: at };
      at++;
    }
  }

  function sequence(source: string, from: number): { texts: string[]; next: number } {
    let texts = [""];
    let at = from;
    while (at < source.length && source[at] !== "|" && source[at] !== ")") {
      const { item, next } = atom(source, at);
      const counted = quantifier(source, next);
      const options = counted.isOptional ? ["", ...item] : item;
      texts = [...new Set(texts.flatMap((text) => options.map((option) => (text + option).replace(/[\s()]+/g, " "))))];
      if (texts.length > 2_000) throw new Error(`too many alternatives: ${source}`);
      at = counted.next;
    }
    return { texts, next: at };
  }

  function atom(source: string, at: number): { item: string[]; next: number } {
    const sign = source[at] ?? "";
    if (sign === "(") {
      const inner = union(source, at + 1);
      return { item: inner.texts, next: inner.next + 1 };
    }
    if (sign === "[") {
      const end = source.indexOf("]", source[at + 1] === "]" || source[at + 1] === "\\" ? at + 3 : at + 1);
      const inside = source.slice(at + 1, end);
      if (inside === "0-9") return { item: [NAME], next: end + 1 };
      if (inside.includes(" ")) return { item: [" "], next: end + 1 };
      if (inside.startsWith("^")) return { item: [NAME], next: end + 1 };
      const signs = inside.replaceAll("\\", "").split("");
      return { item: signs.some((one) => /[\p{L}\p{N}¹]/u.test(one)) ? signs : [" "], next: end + 1 };
    }
    if (sign === "\\") return { item: [source[at + 1] === "s" ? " " : (source[at + 1] ?? "")], next: at + 2 };
    if (sign === "." && /[+*]/.test(source[at + 1] ?? "")) return { item: [` ${NAME} `], next: at + 1 };
    return { item: [sign], next: at + 1 };
  }

  function quantifier(source: string, at: number): { isOptional: boolean; next: number } {
    const sign = source[at] ?? "";
    if (sign === "?") return { isOptional: true, next: at + 1 };
    if (sign === "*") return { isOptional: true, next: at + 1 };
    if (sign === "+") return { isOptional: false, next: at + 1 };
    const counted = /^\{(\d+),\d+\}/.exec(source.slice(at));
    return counted === null ? { isOptional: false, next: at } : { isOptional: counted[1] === "0", next: at + counted[0].length };
  }
}
