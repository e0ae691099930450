/** What a server asks for with status 401 (RFC 9110, section 11.6.1). */
export interface Challenge {
  /** In lower case: `bearer`, `basic`. */
  readonly scheme: string;
  /** By lowercase name; empty where the scheme has a single opaque value. */
  readonly parameters: ReadonlyMap<string, string>;
}

const MAX_LENGTH = 16 * 1024;
const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const TOKEN68 = /[0-9A-Za-z._~+/-]+=*(?=[ \t]*(?:,|$))/y;
const EQUALS = /[ \t]*=[ \t]*/y;
/** The text between quotes: any visible character, blanks, and a backslash before any of them. */
const QUOTED = /"((?:[\t\x20\x21\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t\x20-\x7e\x80-\xff])*)"/y;
const BETWEEN = /[ \t]*(?:,[ \t]*)+|[ \t]*$/y;

/**
 * Reads `WWW-Authenticate`, also where several such headers were joined by commas. What is not by the grammar, or has a parameter
 * twice, is undefined as a whole: what it asks for would be a guess.
 */
export function parseChallenges(header: string): readonly Challenge[] | undefined {
  if (header.length > MAX_LENGTH) return undefined;
  const text = new Scanner(header);
  const challenges: { readonly scheme: string; readonly parameters: Map<string, string> }[] = [];
  text.take(/[ \t,]*/y);
  while (!text.isAtEnd) {
    const word = text.take(TOKEN);
    if (word === undefined) return undefined;
    const last = challenges.at(-1);
    // A word with a value belongs to the challenge before it, else it begins the next one.
    if (last !== undefined && text.take(EQUALS) !== undefined) {
      if (!addParameter(last.parameters, word, text)) return undefined;
    } else {
      const parameters = new Map<string, string>();
      challenges.push({ scheme: word.toLowerCase(), parameters });
      if (text.take(/ +/y) !== undefined && !text.isAtEnd && text.take(TOKEN68) === undefined) {
        const name = text.take(TOKEN);
        if (name === undefined || text.take(EQUALS) === undefined || !addParameter(parameters, name, text)) return undefined;
      }
    }
    if (text.take(BETWEEN) === undefined) return undefined;
  }
  return challenges;
}

function addParameter(parameters: Map<string, string>, name: string, text: Scanner): boolean {
  const quoted = text.take(QUOTED);
  const value = quoted === undefined ? text.take(TOKEN) : quoted.slice(1, -1).replaceAll(/\\(.)/g, "$1");
  const key = name.toLowerCase();
  if (value === undefined || parameters.has(key)) return false;
  parameters.set(key, value);
  return true;
}

/** A place in a text, from which patterns are taken. */
class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** What matches here; `pattern` is sticky. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}
