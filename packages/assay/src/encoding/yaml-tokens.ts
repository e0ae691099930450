import { CST, Lexer, type LineCounter, Parser } from "yaml";

export interface TokenBounds {
  readonly maxDepth: number;
  readonly maxValues: number;
}

/** Why reading stopped before the end of the text, and where. */
export interface TokenStop {
  readonly kind: "error" | "depth" | "values";
  readonly offset: number;
  readonly message: string;
}

/** Lexemes that come with a value, at most three for each; names and tags of values, of which many are a fault. */
const OF_VALUES: ReadonlySet<string | null> = new Set([
  "scalar",
  "single-quoted-scalar",
  "double-quoted-scalar",
  "block-scalar-header",
  "alias",
  "anchor",
  "tag",
  "seq-item-ind",
  "map-value-ind",
  "explicit-key-ind",
  "comma",
  "flow-map-start",
  "flow-seq-start",
]);

const MAX_LEXEMES_OF_VALUE = 3;
/** With blanks, line ends and comments between. */
const MAX_LEXEMES_FOR_VALUE = 10;

/**
 * The tokens of a YAML text, up to the first fault: a syntax error, or nesting or a number of values beyond the
 * bounds. The parser keeps a stack of its own, and calls itself for every level of it when levels end: so its
 * depth is looked at after every lexeme, before that can overflow ours.
 */
export function boundedTokens(
  text: string,
  lines: LineCounter,
  { maxDepth, maxValues }: TokenBounds,
): { readonly tokens: CST.Token[]; readonly stop: TokenStop | undefined } {
  const tokens: CST.Token[] = [];
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  let [values, count, documents] = [0, 0, 0];
  const take = (next: Iterable<CST.Token>): TokenStop | undefined => {
    for (const token of next) {
      if (token.type === "error") return { kind: "error", offset: token.offset, message: token.message };
      tokens.push(token);
      if (token.type === "document") documents += 1;
      // One more than is read: the reader says that there are too many.
      if (documents > 2) return { kind: "error", offset: token.offset, message: "a third document starts; one is expected" };
    }
    return undefined;
  };
  for (const lexeme of new Lexer().lex(text)) {
    const stop = take(parser.next(lexeme));
    if (stop !== undefined) return { tokens, stop };
    // The document and a scalar are on the stack besides the collections.
    if (parser.stack.length > maxDepth + 3) return { tokens, stop: { kind: "depth", offset: parser.offset, message: "" } };
    if (OF_VALUES.has(CST.tokenType(lexeme))) values += 1;
    count += 1;
    if (values > MAX_LEXEMES_OF_VALUE * maxValues || count > MAX_LEXEMES_FOR_VALUE * maxValues)
      return { tokens, stop: { kind: "values", offset: parser.offset, message: "" } };
  }
  return { tokens, stop: take(parser.end()) };
}

/**
 * Where the tokens of a YAML text first nest deeper than `deepest` collections, without recursion; undefined
 * where they do not. The parser that makes the tokens keeps a stack of its own, and takes any depth.
 */
export function tokenDepth(tokens: Iterable<CST.Token>, deepest: number): number | undefined {
  const open: CST.Token[] = [];
  const depths: number[] = [];
  const add = (token: CST.Token | null | undefined, depth: number): void => {
    if (token === undefined || token === null) return;
    open.push(token);
    depths.push(depth);
  };
  for (const token of tokens) {
    add(token, 0);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const depth = depths.pop() ?? 0;
      if (depth > deepest) return next.offset;
      if (next.type === "document") add(next.value, depth + 1);
      else if ("items" in next) {
        for (const { key, value } of next.items) {
          add(key, depth + 1);
          add(value, depth + 1);
        }
      }
    }
  }
  return undefined;
}
