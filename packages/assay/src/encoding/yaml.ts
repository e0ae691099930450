import { Composer, type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Scalar } from "yaml";
import { decodeUtf8 } from "./utf8.ts";
import { AssayError } from "../core/error.ts";
import { boundedTokens, tokenDepth } from "./yaml-tokens.ts";

/** What a mof.yml or a model card's front matter may be; real ones have a hundredth of it. */
export const MAX_YAML_BYTES = 1024 * 1024;
const MAX_DEPTH = 50;
/** Aliases count as often as they are used. */
const MAX_NODES = 100_000;
/** As they are written: a mof.yml with everything has some hundreds. */
const MAX_WRITTEN = 30_000;

/** A value of a YAML document with its place. Aliases are followed, numbers kept as written. */
export type YamlValue =
  | { readonly kind: "map"; readonly entries: ReadonlyMap<string, YamlValue>; readonly place: Place }
  | { readonly kind: "list"; readonly items: readonly YamlValue[]; readonly place: Place }
  | { readonly kind: "text" | "number" | "boolean"; readonly text: string; readonly place: Place }
  | { readonly kind: "null"; readonly place: Place };

/** Both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A YAML text that was read, with its nodes. */
export interface YamlText {
  readonly value: YamlValue;
  /** With comments and order, for writing it back. Not to be expanded: its aliases are not bounded. */
  readonly document: Document;
}

/**
 * Reads one YAML 1.2 document (core schema) within bounds: 1 MiB, 50 levels, 30,000 values as written and 100,000
 * with aliases expanded. A key given twice, merge keys, unknown tags and a second document are refused.
 *
 * Throws YAML_ENCODING, YAML_TOO_LARGE, YAML_TOO_DEEP, YAML_SYNTAX, YAML_DUPLICATE_KEY, YAML_ALIAS; every message
 * about a place names line and column. `what` names the file in messages.
 */
export function readYaml(source: Uint8Array | string, what: string): YamlText {
  const size = source.length;
  if (size > MAX_YAML_BYTES) throw new AssayError("YAML_TOO_LARGE", `${what} is too large: ${size} bytes, at most ${MAX_YAML_BYTES}`);
  const text = typeof source === "string" ? source : decodeUtf8(source, "YAML_ENCODING", what);
  const lines = new LineCounter();
  const document = parse(text, lines, what);
  return { value: new Walk(lines, what).read(document.contents), document };
}

function parse(text: string, lines: LineCounter, what: string): Document {
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${what}, line ${Math.max(1, line)}, column ${Math.max(1, col)}`;
  };
  const { tokens, stop } = boundedTokens(text, lines, { maxDepth: MAX_DEPTH, maxValues: MAX_WRITTEN });
  if (stop?.kind === "error") throw new AssayError("YAML_SYNTAX", `${at(stop.offset)}: ${plain("", stop.message)}`);
  if (stop?.kind === "values") throw new AssayError("YAML_TOO_LARGE", `${at(stop.offset)}: more than ${MAX_WRITTEN} values or lines`);
  // The composer calls itself for every level: what is too deep must not reach it.
  const deep = stop?.kind === "depth" ? stop.offset : tokenDepth(tokens, MAX_DEPTH);
  if (deep !== undefined) throw new AssayError("YAML_TOO_DEEP", `${at(deep)}: nested over ${MAX_DEPTH} levels`);
  // Its own check for keys given twice compares every key with every other.
  const composer = new Composer({ lineCounter: lines, uniqueKeys: false, prettyErrors: false, logLevel: "silent" });
  const [document, second] = [...composer.compose(tokens, true, text.length)];
  if (document === undefined) throw new AssayError("YAML_SYNTAX", `${what} has no YAML document`);
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) {
    throw new AssayError("YAML_SYNTAX", `${at(error.pos[0])}: ${plain(error.code, error.message)}`, { cause: error });
  }
  if (second !== undefined) throw new AssayError("YAML_SYNTAX", `${at(second.range[0])}: a second document starts; one is expected`);
  return document;
}

/** Some messages of the parser say what it met, not what is wrong. */
function plain(code: string, message: string): string {
  switch (code) {
    case "TAB_AS_INDENT":
      return "a tab indents the line; YAML takes blanks only";
    default:
      return message.charAt(0).toLowerCase() + message.slice(1).split("\n", 1).join("");
  }
}

/** From the parser's nodes to values: bounded, aliases followed. */
class Walk {
  readonly #lines: LineCounter;
  readonly #what: string;
  /** What an alias may refer to: the anchors before it. */
  readonly #anchors = new Map<string, Node>();
  #nodes = 0;
  #isInAlias = false;

  constructor(lines: LineCounter, what: string) {
    this.#lines = lines;
    this.#what = what;
  }

  read(node: unknown, depth = 0): YamlValue {
    this.#nodes += 1;
    const place = this.#placeOf(node);
    if (this.#nodes > MAX_NODES) {
      throw this.#refusal("YAML_TOO_LARGE", place, `over ${MAX_NODES} values, aliases counted as often as they are used`);
    }
    // Only aliases get here deeper than the text is: one that leads to what is around it would never end.
    if (depth > 2 * MAX_DEPTH)
      throw this.#refusal("YAML_ALIAS", place, "aliases lead ever deeper, as one does that refers to what is around it");
    if (isAlias(node)) return this.#follow(node.source, place, depth);
    if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined && !this.#isInAlias) {
      this.#anchors.set(node.anchor, node);
    }
    if (isMap(node)) return { kind: "map", entries: this.#readEntries(node.items, depth), place };
    if (isSeq(node)) return { kind: "list", items: node.items.map((item) => this.read(item, depth + 1)), place };
    return isScalar(node) ? this.#readScalar(node, place) : { kind: "null", place };
  }

  #follow(anchor: string, place: Place, depth: number): YamlValue {
    const target = this.#anchors.get(anchor);
    if (target === undefined) throw this.#refusal("YAML_ALIAS", place, `the alias *${anchor} refers to nothing before it`);
    const outer = this.#isInAlias;
    this.#isInAlias = true;
    const value = this.read(target, depth + 1);
    this.#isInAlias = outer;
    return value;
  }

  #readEntries(pairs: readonly { readonly key: unknown; readonly value: unknown }[], depth: number): Map<string, YamlValue> {
    const entries = new Map<string, YamlValue>();
    for (const { key, value } of pairs) {
      const place = this.#placeOf(key);
      const name = this.read(key, depth + 1);
      if (name.kind === "map" || name.kind === "list") throw this.#refusal("YAML_SYNTAX", place, "a key is a list or a mapping");
      const text = name.kind === "null" ? "" : name.text;
      if (entries.has(text)) throw this.#refusal("YAML_DUPLICATE_KEY", place, `the key "${text}" is given twice`);
      if (text === "<<") throw this.#refusal("YAML_ALIAS", place, "merge keys (<<) are not read; write the fields out");
      entries.set(text, this.read(value, depth + 1));
    }
    return entries;
  }

  #readScalar(node: Scalar, place: Place): YamlValue {
    const { value, source } = node;
    if (value === null || value === undefined) return { kind: "null", place };
    // Numbers and such as they are written: 7.0 is another version than 7.
    const text = typeof value === "string" ? value : (source ?? JSON.stringify(value));
    const kind = typeof value === "string" ? "text" : typeof value === "boolean" ? "boolean" : "number";
    return { kind, text, place };
  }

  #placeOf(node: unknown): Place {
    const offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }

  #refusal(code: "YAML_TOO_LARGE" | "YAML_ALIAS" | "YAML_SYNTAX" | "YAML_DUPLICATE_KEY", { line, column }: Place, why: string): AssayError {
    return new AssayError(code, `${this.#what}, line ${line}, column ${column}: ${why}`);
  }
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}
