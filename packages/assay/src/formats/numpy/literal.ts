import { malformed, notUnderstood } from "../format-error.ts";

/** A value of Python's literals, as the header of a `.npy` file holds them. */
export type Literal = string | number | boolean | undefined | readonly Literal[] | Tuple | ReadonlyMap<string, Literal>;

/** A tuple; an array is a list. */
export class Tuple {
  readonly items: readonly Literal[];

  constructor(items: readonly Literal[]) {
    this.items = items;
  }
}

const MAX_DEPTH = 16;

/**
 * Reads Python literals: strings without escapes, whole numbers, True, False, None, tuples, lists, and dictionaries with
 * strings as keys, each once. Throws `FormatError` for anything else; nothing is evaluated.
 */
export function readLiteral(text: string): Literal {
  const reader = new LiteralReader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

class LiteralReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): Literal {
    if (depth > MAX_DEPTH) notUnderstood(`has a header nested deeper than ${MAX_DEPTH} levels`);
    const start = this.#skip();
    if (start === "{") return this.#dictionary(depth);
    if (start === "[") return this.#items("]", depth);
    if (start === "(") return this.#tuple(depth);
    if (start === "'" || start === '"') return this.#string(start);
    return this.#word();
  }

  end(): void {
    if (this.#skip() !== "") malformed("has text behind the dictionary in its header");
  }

  #dictionary(depth: number): ReadonlyMap<string, Literal> {
    const values = new Map<string, Literal>();
    this.#at++;
    for (;;) {
      const start = this.#skip();
      if (start === "}") break;
      if (start !== "'" && start !== '"') malformed("has a header with a key that is not a string");
      const key = this.#string(start);
      if (values.has(key)) malformed(`has a header with the key ${key} twice`);
      this.#expect(":");
      values.set(key, this.value(depth + 1));
      if (this.#skip() === "}") break;
      this.#expect(",");
    }
    this.#at++;
    return values;
  }

  #items(close: string, depth: number): Literal[] {
    const items: Literal[] = [];
    this.#at++;
    while (this.#skip() !== close) {
      items.push(this.value(depth + 1));
      if (this.#skip() === close) break;
      this.#expect(",");
    }
    this.#at++;
    return items;
  }

  /** One value in parentheses without a comma is that value, not a tuple. */
  #tuple(depth: number): Literal {
    const start = this.#at;
    const items = this.#items(")", depth);
    const isTuple = items.length !== 1 || /,\s*\)$/.test(this.#text.slice(start, this.#at));
    return isTuple ? new Tuple(items) : items[0];
  }

  #string(quote: string): string {
    const end = this.#text.indexOf(quote, this.#at + 1);
    if (end < 0) malformed("has a header with a string that does not end");
    const content = this.#text.slice(this.#at + 1, end);
    if (/[\\\n\r]/.test(content)) notUnderstood("has a header with escapes in a string");
    this.#at = end + 1;
    return content;
  }

  #word(): Literal {
    // Python 2 wrote an L behind long numbers.
    const word = /^[-+]?\w+/.exec(this.#text.slice(this.#at, this.#at + 32))?.[0] ?? "";
    this.#at += word.length;
    if (word === "True") return true;
    if (word === "False") return false;
    if (word === "None") return undefined;
    if (!/^-?(?:0|[1-9]\d{0,18})L?$/.test(word)) malformed("has a header that is not a literal of Python");
    return Number(word.replace("L", ""));
  }

  #expect(character: string): void {
    if (this.#skip() !== character) malformed(`has a header without a ${character} where one belongs`);
    this.#at++;
  }

  /** The next character that is not white space, "" at the end; stays on it. */
  #skip(): string {
    while (/^[ \t\n]$/.test(this.#text.charAt(this.#at))) this.#at++;
    return this.#text.charAt(this.#at);
  }
}
