import { CST, Lexer } from "yaml";
import { FormatError } from "../format-error.ts";

/** What can be more than data in a YAML text, found without building its values. */
export type YamlEvent =
  | { readonly kind: "tag"; readonly tag: string; readonly offset: number }
  /** A directive that gives tags other names. */
  | { readonly kind: "directive"; readonly text: string; readonly offset: number }
  /** A scalar that no key is before: in a list. */
  | { readonly kind: "text"; readonly text: string; readonly offset: number }
  /** A key and the scalar that follows it; an alias of something else than a scalar is `undefined`. */
  | { readonly kind: "pair"; readonly key: string; readonly value: string | undefined; readonly offset: number };

const SCALARS: ReadonlySet<string | null> = new Set(["scalar", "single-quoted-scalar", "double-quoted-scalar"]);

/** Visits the lexemes of a YAML text that name something. Throws `FormatError` for a string without its end. */
export function walkYaml(text: string, visit: (event: YamlEvent) => void): void {
  let offset = 0;
  let last: string | undefined;
  let key: string | undefined;
  let isPlain = false;
  let anchor: string | undefined;
  const anchored = new Map<string, string>();
  for (const lexeme of new Lexer().lex(text)) {
    // The lexer marks a plain scalar and a block's content by a control character of its own.
    if (lexeme === CST.SCALAR) {
      isPlain = true;
      continue;
    }
    const type = isPlain ? "scalar" : CST.tokenType(lexeme);
    isPlain = false;
    if (type === "tag") visit({ kind: "tag", tag: lexeme, offset });
    else if (lexeme.startsWith("%")) visit({ kind: "directive", text: lexeme, offset });
    if (type === "anchor") anchor = lexeme.slice(1);
    if (type === "map-value-ind") {
      key = last;
      last = undefined;
    } else if (SCALARS.has(type) || type === "alias") {
      last = type === "alias" ? anchored.get(lexeme.slice(1)) : scalarOf(lexeme, type);
      if (anchor !== undefined && last !== undefined && type !== "alias") anchored.set(anchor, last);
      anchor = undefined;
      if (key !== undefined) visit({ kind: "pair", key, value: last, offset });
      else if (last !== undefined) visit({ kind: "text", text: last, offset });
      key = undefined;
    } else if (type === "seq-item-ind" || type === "flow-map-start" || type === "flow-seq-start") key = undefined;
    offset += lexeme.length;
  }
}

function scalarOf(source: string, type: string | null): string {
  // The lines of a block have their indentation, and a line end, around what they say.
  if (type !== "single-quoted-scalar" && type !== "double-quoted-scalar") return source.trim();
  const unquoted = CST.resolveAsScalar({ type, offset: 0, indent: 0, source }, false, (_, __, why) => {
    throw new FormatError("malformed", `is not valid YAML: ${why}`);
  });
  return unquoted?.value ?? source;
}
