import { AssayError } from "../core/error.ts";
import type { ErrorCode } from "../core/error-codes.ts";
import { decodeBase64 } from "./base64.ts";
import { JsonScanner } from "./json-scan.ts";
import { type JsonTape, KIND } from "./json-tape.ts";

/** The most levels of nesting that a bundle or a payload may have. */
const MAX_JSON_DEPTH = 256;
/** Seven values make one signed file, and the largest bundle has room for fewer than two million of these. */
const MAX_JSON_VALUES = 1 << 24;

export interface JsonOptions {
  /** What the text is, for messages: "bundle", "payload". */
  readonly what: string;
  /** The code of an error about the shape: a field that is missing or of the wrong type. */
  readonly shapeCode: ErrorCode;
  readonly maxDepth?: number;
  readonly maxValues?: number;
}

/**
 * Reads one JSON text strictly (RFC 8259): UTF-8 without a byte order mark, no surrogate without its
 * other half, no key twice in an object, at most 256 levels, nothing but white space around it.
 *
 * The result is a view: strings and numbers are made only when they are asked for, from `bytes`,
 * which therefore must not change while it is in use.
 *
 * @throws JSON_ENCODING, JSON_SYNTAX, JSON_TOO_DEEP, JSON_TOO_LARGE, JSON_DUPLICATE_KEY, each with line and column
 */
export function parseJson(bytes: Uint8Array, options: JsonOptions): JsonNode {
  const limits = { maxDepth: options.maxDepth ?? MAX_JSON_DEPTH, maxValues: options.maxValues ?? MAX_JSON_VALUES };
  const scanner = new JsonScanner(bytes, limits, (code, offset, why) => {
    throw new AssayError(code, `the ${options.what} is refused, ${lineAndColumn(bytes, offset)}: ${why}`);
  });
  return new JsonNode({ tape: scanner.scan(), options }, 0, undefined, "");
}

/** "line 3, column 7" of a byte offset: lines end at LF, columns count characters, both from 1. */
function lineAndColumn(bytes: Uint8Array, offset: number): string {
  let line = 1;
  let column = 1;
  for (let at = 0; at < offset; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x0a) {
      line++;
      column = 1;
    } else if ((byte & 0xc0) !== 0x80) {
      column++;
    }
  }
  return `line ${line}, column ${column}`;
}

interface JsonDocument {
  readonly tape: JsonTape;
  readonly options: JsonOptions;
}

export type JsonKind = "object" | "array" | "string" | "number" | "boolean" | "null";

/**
 * One value of a JSON text. The readers (`string()`, `get()`, ...) throw the document's shape code
 * where the value is of another type, and say where it is and what it is.
 */
export class JsonNode {
  readonly #document: JsonDocument;
  readonly #place: number;
  readonly #parent: JsonNode | undefined;
  readonly #label: string | number;

  constructor(document: JsonDocument, place: number, parent: JsonNode | undefined, label: string | number) {
    this.#document = document;
    this.#place = place;
    this.#parent = parent;
    this.#label = label;
  }

  get kind(): JsonKind {
    switch (this.#document.tape.kinds[this.#place]) {
      case KIND.object:
        return "object";
      case KIND.array:
        return "array";
      case KIND.number:
        return "number";
      case KIND.true:
      case KIND.false:
        return "boolean";
      case KIND.null:
        return "null";
      default:
        return "string";
    }
  }

  /** The way to this value: `predicate.resources[3].name`; empty for the whole text. */
  get path(): string {
    const before = this.#parent?.path ?? "";
    if (typeof this.#label === "number") return `${before}[${this.#label}]`;
    return before === "" ? this.#label : `${before}.${this.#label}`;
  }

  /** Values in this one, itself and keys included: a measure of what `plain()` would build. */
  get valueCount(): number {
    return this.#document.tape.after(this.#place) - this.#place;
  }

  /** This value, which has to be an object. */
  object(): this {
    this.#expect("object");
    return this;
  }

  /** The member of that name, or undefined where the object has none. */
  get(key: string): JsonNode | undefined {
    this.#expect("object");
    const { tape } = this.#document;
    const end = tape.after(this.#place);
    for (let place = this.#place + 1; place < end; place = tape.after(place + 1)) {
      if (tape.isText(place, key)) return new JsonNode(this.#document, place + 1, this, key);
    }
    return undefined;
  }

  /** As `get`, with `null` as absent: protobuf's JSON mapping gives both the same meaning. */
  optional(key: string): JsonNode | undefined {
    const node = this.get(key);
    return node === undefined || node.kind === "null" ? undefined : node;
  }

  /** The member of that name; its absence is an error of shape. */
  require(key: string): JsonNode {
    return this.get(key) ?? this.fail(`"${this.path === "" ? key : `${this.path}.${key}`}" is missing`);
  }

  /** The object's members, in the order of the text. */
  *members(): Generator<[string, JsonNode]> {
    this.#expect("object");
    const { tape } = this.#document;
    const end = tape.after(this.#place);
    for (let place = this.#place + 1; place < end; place = tape.after(place + 1)) {
      const key = tape.text(place);
      yield [key, new JsonNode(this.#document, place + 1, this, key)];
    }
  }

  /** The array's elements. */
  *elements(): Generator<JsonNode> {
    this.#expect("array");
    const { tape } = this.#document;
    const end = tape.after(this.#place);
    let index = 0;
    for (let place = this.#place + 1; place < end; place = tape.after(place)) {
      yield new JsonNode(this.#document, place, this, index++);
    }
  }

  /**
   * The strings that every element of an array of objects has under `keys`, one column for each key.
   * A missing key, or a value that is not a string, is an error of shape.
   */
  columns(keys: readonly string[]): string[][] {
    this.#expect("array");
    const { tape } = this.#document;
    const columns = keys.map((): string[] => []);
    const end = tape.after(this.#place);
    let row = 0;
    for (let place = this.#place + 1; place < end; place = tape.after(place)) {
      if (tape.kinds[place] !== KIND.object) this.#element(place, row).#expect("object");
      const endOfRow = tape.after(place);
      for (let key = place + 1; key < endOfRow; key = tape.after(key + 1)) {
        // No iterators in here: a hundred thousand rows would leave a million of them behind.
        for (let index = 0; index < keys.length; index++) {
          if (!tape.isText(key, keys[index] ?? "")) continue;
          const kind = tape.kinds[key + 1];
          if (kind !== KIND.plain && kind !== KIND.text)
            this.#element(place, row)
              .require(keys[index] ?? "")
              .string();
          const column = columns[index] ?? [];
          // The algorithm is the same in every row: one string does for all of them.
          const last = column[row - 1] ?? "";
          const same = last.length < 16 && tape.isText(key + 1, last);
          column.push(same ? last : tape.text(key + 1));
          break;
        }
      }
      row++;
      for (let index = 0; index < keys.length; index++) {
        if (columns[index]?.length !== row) this.#element(place, row - 1).require(keys[index] ?? "");
      }
    }
    return columns;
  }

  #element(place: number, index: number): JsonNode {
    return new JsonNode(this.#document, place, this, index);
  }

  string(): string {
    this.#expect("string");
    return this.#document.tape.text(this.#place);
  }

  boolean(): boolean {
    this.#expect("boolean");
    return this.#document.tape.kinds[this.#place] === KIND.true;
  }

  /** The nearest double; a caller that needs an exact integer checks `Number.isSafeInteger`. */
  number(): number {
    this.#expect("number");
    return Number(this.#document.tape.source(this.#place));
  }

  /**
   * A whole number from 0 on, written in digits alone; undefined for any other. Readers that expect an integer differ
   * about `4.0`, `1e3` and `-0`, and beyond 2^53 this one would round.
   */
  natural(): number | undefined {
    this.#expect("number");
    const source = this.#document.tape.source(this.#place);
    const value = Number(source);
    return /^\d+$/.test(source) && Number.isSafeInteger(value) ? value : undefined;
  }

  /** A string's bytes out of base64: see `decodeBase64`. */
  base64(code: ErrorCode): Uint8Array<ArrayBuffer> {
    this.#expect("string");
    const { tape } = this.#document;
    if (tape.kinds[this.#place] !== KIND.plain) return decodeBase64(this.string(), code, this.path);
    const encoded = tape.bytes.subarray(tape.starts[this.#place], tape.ends[this.#place]);
    return decodeBase64(encoded, code, this.path);
  }

  /** The value as ordinary objects, arrays and primitives. A key `__proto__` is an ordinary key. */
  plain(): unknown {
    switch (this.kind) {
      case "object": {
        const object: Record<string, unknown> = {};
        for (const [key, member] of this.members()) {
          Object.defineProperty(object, key, {
            value: member.plain(),
            configurable: true,
            enumerable: true,
            writable: true,
          });
        }
        return object;
      }
      case "array":
        return Array.from(this.elements(), (element) => element.plain());
      case "string":
        return this.string();
      case "number":
        return this.number();
      case "boolean":
        return this.boolean();
      default:
        return null;
    }
  }

  /** Throws about this value: the document's shape code unless another is given. */
  fail(why: string, code: ErrorCode = this.#document.options.shapeCode, hint?: string): never {
    throw new AssayError(code, `the ${this.#document.options.what} is refused: ${why}`, { hint });
  }

  #expect(kind: JsonKind): void {
    const found = this.kind;
    if (found === kind) return;
    const subject = this.path === "" ? "it" : `"${this.path}"`;
    this.fail(`${subject} is ${withArticle(found)}, expected ${withArticle(kind)}`);
  }
}

function withArticle(kind: JsonKind): string {
  if (kind === "null") return kind;
  return kind === "object" || kind === "array" ? `an ${kind}` : `a ${kind}`;
}
