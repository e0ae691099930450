import { Composer, type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Scalar } from "yaml";
import { decodeUtf8 } from "./utf8.ts";
import { AssayError } from "../core/error.ts";
import type { TextFaultCode } from "../core/error-details.ts";
import { boundedTokens, tokenDepth } from "./yaml-tokens.ts";

/** What a mof.yml or a model card's front matter may be; real ones have a hundredth of it. */
export const MAX_YAML_BYTES = 1024 * 1024;
const MAX_DEPTH = 50;
/** Aliases count as often as they are used. */
const MAX_NODES = 100_000;
/** As they are written: a mof.yml with everything has some hundreds. */
const MAX_WRITTEN = 30_000;

/** C0 controls but tab and line ends, and DEL: no text that people review needs them. */
// oxlint-disable-next-line no-control-regex -- they are what is searched
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/**
 * C1 controls too; what some editors show as the end of a line and YAML 1.2 does not read as one; and what shows letters in another
 * order than they are read in.
 */
// oxlint-disable-next-line no-control-regex -- they are what is searched
const MISLEADING = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;

/** A value of a YAML document with its place. Aliases are followed, numbers kept as written. */
export type YamlValue =
  | {
      readonly kind: "map";
      readonly entries: ReadonlyMap<string, YamlValue>;
      /** Where each key is. */
      readonly keys: ReadonlyMap<string, Place>;
      readonly place: Place;
    }
  | { readonly kind: "list"; readonly items: readonly YamlValue[]; readonly place: Place }
  | { readonly kind: "text" | "number" | "boolean"; readonly text: string; readonly place: Place }
  | { readonly kind: "null"; readonly place: Place };

/** Both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The codes of a fault at a place. */
type YamlCode = Extract<TextFaultCode, `YAML_${string}`>;

/** What a text may be beyond the bounds of every YAML text here. */
export interface YamlRules {
  /** Levels; default 50. */
  readonly maxDepth?: number;
  /** As they are written; default 30,000. */
  readonly maxValues?: number;
  /**
   * True for a text that people review line by line: anchors, aliases and tags are refused with YAML_ALIAS, so that no line
   * depends on another; control characters and directives (a version of YAML with other booleans) with YAML_SYNTAX. Default false.
   */
  readonly isPlain?: boolean;
  /** True where no name of others is in the text: what could show a reviewer another text than is read is a control character, too. */
  readonly isOwn?: boolean;
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
export function readYaml(source: Uint8Array | string, what: string, rules: YamlRules = {}): YamlText {
  const size = source.length;
  if (size > MAX_YAML_BYTES) throw new AssayError("YAML_TOO_LARGE", `${what} is too large: ${size} bytes, at most ${MAX_YAML_BYTES}`);
  const text = typeof source === "string" ? source : decodeUtf8(source, "YAML_ENCODING", what);
  const lines = new LineCounter();
  const document = parse(text, lines, what, rules);
  return { value: new Walk(lines, what, rules).read(document.contents), document };
}

/** What a text may not have of characters; undefined for nothing. */
function controlsOf({ isPlain = false, isOwn = false }: YamlRules): RegExp | undefined {
  return isOwn ? MISLEADING : isPlain ? CONTROL : undefined;
}

/** A person who looks at the place sees nothing there. */
function controlText(text: string, at: number): string {
  return `a control character (U+${text.charCodeAt(at).toString(16).toUpperCase().padStart(4, "0")})`;
}

function parse(text: string, lines: LineCounter, what: string, rules: YamlRules): Document {
  const { maxDepth = MAX_DEPTH, maxValues = MAX_WRITTEN, isPlain = false } = rules;
  const controls = controlsOf(rules);
  const refused = (code: YamlCode, offset: number, why: string, cause?: unknown): AssayError =>
    refusal(code, what, placeAt(lines, offset), why, cause);
  const control = controls === undefined ? -1 : text.search(controls);
  const { tokens, stop } = boundedTokens(text, lines, { maxDepth, maxValues });
  if (control >= 0 && control < (stop?.offset ?? Infinity)) throw refused("YAML_SYNTAX", control, controlText(text, control));
  if (stop?.kind === "error") throw refused("YAML_SYNTAX", stop.offset, plain("", stop.message));
  if (stop?.kind === "values") throw refused("YAML_TOO_LARGE", stop.offset, `more than ${maxValues} values or lines`);
  // The composer calls itself for every level: what is too deep must not reach it.
  const deep = stop?.kind === "depth" ? stop.offset : tokenDepth(tokens, maxDepth);
  if (deep !== undefined) throw refused("YAML_TOO_DEEP", deep, `nested over ${maxDepth} levels`);
  // Its own check for keys given twice compares every key with every other.
  const composer = new Composer({ lineCounter: lines, uniqueKeys: false, prettyErrors: false, logLevel: "silent" });
  const [document, second] = [...composer.compose(tokens, true, text.length)];
  if (document === undefined) throw new AssayError("YAML_SYNTAX", `${what} has no YAML document`);
  if (isPlain && document.directives?.docStart === true && /^%/m.test(text.slice(0, document.range[0])))
    throw refused("YAML_SYNTAX", 0, `a directive (%) is not read here`);
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) {
    throw refused("YAML_SYNTAX", error.pos[0], plain(error.code, error.message), error);
  }
  if (second !== undefined) throw refused("YAML_SYNTAX", second.range[0], `a second document starts; one is expected`);
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

  readonly #isPlain: boolean;
  readonly #controls: RegExp | undefined;

  constructor(lines: LineCounter, what: string, rules: YamlRules) {
    this.#lines = lines;
    this.#what = what;
    this.#isPlain = rules.isPlain === true;
    this.#controls = controlsOf(rules);
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
    if (this.#isPlain) this.#refuseIndirection(node, place);
    if (isAlias(node)) return this.#follow(node.source, place, depth);
    if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined && !this.#isInAlias) {
      this.#anchors.set(node.anchor, node);
    }
    if (isMap(node)) return { kind: "map", ...this.#readEntries(node.items, depth), place };
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

  #refuseIndirection(node: unknown, place: Place): void {
    if (isAlias(node)) throw this.#refusal("YAML_ALIAS", place, `the alias *${node.source} is not read here: write the value out`);
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) return;
    if (node.anchor !== undefined) throw this.#refusal("YAML_ALIAS", place, `the anchor &${node.anchor} is not read here`);
    if (node.tag !== undefined && node.tag !== "") throw this.#refusal("YAML_ALIAS", place, `the tag ${node.tag} is not read here`);
  }

  #readEntries(
    pairs: readonly { readonly key: unknown; readonly value: unknown }[],
    depth: number,
  ): { readonly entries: ReadonlyMap<string, YamlValue>; readonly keys: ReadonlyMap<string, Place> } {
    const entries = new Map<string, YamlValue>();
    const keys = new Map<string, Place>();
    for (const { key, value } of pairs) {
      const place = this.#placeOf(key);
      const name = this.read(key, depth + 1);
      if (name.kind === "map" || name.kind === "list") throw this.#refusal("YAML_SYNTAX", place, "a key is a list or a mapping");
      const text = name.kind === "null" ? "" : name.text;
      if (entries.has(text)) throw this.#refusal("YAML_DUPLICATE_KEY", place, `the key "${text}" is given twice`);
      if (text === "<<") throw this.#refusal("YAML_ALIAS", place, "merge keys (<<) are not read; write the fields out");
      entries.set(text, this.read(value, depth + 1));
      keys.set(text, place);
    }
    return { entries, keys };
  }

  #readScalar(node: Scalar, place: Place): YamlValue {
    const { value, source } = node;
    if (value === null || value === undefined) return { kind: "null", place };
    // Numbers and such as they are written: 7.0 is another version than 7.
    const text = typeof value === "string" ? value : (source ?? JSON.stringify(value));
    const control = this.#controls === undefined ? -1 : text.search(this.#controls);
    if (control >= 0) throw this.#refusal("YAML_SYNTAX", place, controlText(text, control));
    const kind = typeof value === "string" ? "text" : typeof value === "boolean" ? "boolean" : "number";
    return { kind, text, place };
  }

  #placeOf(node: unknown): Place {
    return placeAt(this.#lines, isNode(node) ? (node.range?.[0] ?? 0) : 0);
  }

  #refusal(code: YamlCode, place: Place, why: string): AssayError {
    return refusal(code, this.#what, place, why);
  }
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}

function placeAt(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function refusal(code: YamlCode, what: string, { line, column }: Place, why: string, cause?: unknown): AssayError {
  return new AssayError(code, `${what}, line ${line}, column ${column}: ${why}`, { cause, details: { file: what, line, column } });
}
