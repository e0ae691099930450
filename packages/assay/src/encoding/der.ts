import { AssayError } from "../core/error.ts";
import type { ErrorCode } from "../core/error-codes.ts";

/** Deeper than any certificate; a bound on recursion over hostile input. */
const MAX_DEPTH = 32;

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/**
 * Takes note of an encoding that DER does not have, and that leaves no doubt about the value: a default
 * spelled out, zero bits behind a named bit list, a set out of order. Without one, such an encoding is DER_INVALID.
 */
export type NoteDeparture = (what: string) => void;

/** The identifier octet of a context-specific tag below 31. */
export function contextTag(number: number, constructed: boolean): number {
  return 0x80 | (constructed ? 0x20 : 0) | number;
}

/**
 * One DER value: its identifier octet and the bytes of its content, which stay in the input.
 * ITU-T X.690, sections 8 and 10: definite lengths in the fewest octets, tag numbers below 31.
 */
export class DerValue {
  readonly tag: number;
  readonly content: Uint8Array;
  /** The whole value, identifier and length included. */
  readonly der: Uint8Array;
  readonly #depth: number;
  readonly #note: NoteDeparture | undefined;

  constructor(tag: number, content: Uint8Array, der: Uint8Array, depth: number, note?: NoteDeparture) {
    this.tag = tag;
    this.content = content;
    this.der = der;
    this.#depth = depth;
    this.#note = note;
  }

  /** The same value under the tag of its type, where it was tagged implicitly. */
  retagged(tag: number): DerValue {
    return new DerValue(tag, this.content, this.der, this.#depth, this.#note);
  }

  /** Notes that the value is not encoded as DER requires. Throws DER_INVALID without a listener. */
  depart(what: string): void {
    if (this.#note === undefined) throw invalid(what);
    this.#note(what);
  }

  /** The values in a constructed one, in order. Throws DER_INVALID. */
  children(): DerReader {
    if ((this.tag & 0x20) === 0) throw invalid(`a constructed value was expected, not the tag ${hexTag(this.tag)}`);
    return new DerReader(this.content, this.#depth + 1, this.#note);
  }

  /** The same, for a value that must have this tag. */
  in(tag: number): DerReader {
    this.expect(tag);
    return this.children();
  }

  expect(tag: number): this {
    if (this.tag !== tag) throw invalid(`the tag ${hexTag(tag)} was expected, not ${hexTag(this.tag)}`);
    return this;
  }
}

/** Reads DER values one after another and refuses what is left over. */
export class DerReader {
  readonly #bytes: Uint8Array;
  readonly #depth: number;
  readonly #note: NoteDeparture | undefined;
  #offset = 0;

  constructor(bytes: Uint8Array, depth = 0, note?: NoteDeparture) {
    if (depth > MAX_DEPTH) throw invalid(`values are nested over ${MAX_DEPTH} levels`);
    this.#bytes = bytes;
    this.#depth = depth;
    this.#note = note;
  }

  get isAtEnd(): boolean {
    return this.#offset === this.#bytes.length;
  }

  /** The tag of the next value, undefined at the end. */
  peek(): number | undefined {
    return this.#bytes[this.#offset];
  }

  /** The next value; with `tag`, it must have that one. Throws DER_INVALID. */
  next(tag?: number): DerValue {
    const start = this.#offset;
    const identifier = this.#octet();
    if ((identifier & 0x1f) === 0x1f) throw invalid("a tag number of 31 or more");
    const length = this.#length();
    const end = this.#offset + length;
    if (end > this.#bytes.length) throw invalid("a value is longer than what holds it");
    const content = this.#bytes.subarray(this.#offset, end);
    const value = new DerValue(identifier, content, this.#bytes.subarray(start, end), this.#depth, this.#note);
    this.#offset = end;
    return tag === undefined ? value : value.expect(tag);
  }

  /** The next value where it has this tag, else undefined and nothing is read. */
  optional(tag: number): DerValue | undefined {
    return this.peek() === tag ? this.next() : undefined;
  }

  /** All values that are left. */
  rest(): DerValue[] {
    const values: DerValue[] = [];
    while (!this.isAtEnd) values.push(this.next());
    return values;
  }

  /** Throws DER_INVALID where something is left. */
  end(): void {
    if (!this.isAtEnd) throw invalid("there is data after the last field");
  }

  #octet(): number {
    const octet = this.#bytes[this.#offset++];
    if (octet === undefined) throw invalid("it ends in the middle of a value");
    return octet;
  }

  #length(): number {
    const first = this.#octet();
    if (first < 0x80) return first;
    const count = first & 0x7f;
    if (count === 0) throw invalid("an indefinite length");
    // Four octets count to 4 GiB: nothing that is read here comes near.
    if (count > 4) throw invalid("a length of over four octets");
    let length = 0;
    for (let index = 0; index < count; index++) length = length * 256 + this.#octet();
    if (length < 0x80 || length < 256 ** (count - 1)) throw invalid("a length that is not in the fewest octets");
    return length;
  }
}

/** The one value that `bytes` are, with nothing behind it. Throws DER_INVALID; `note` is asked first where the meaning is clear. */
export function readDer(bytes: Uint8Array, note?: NoteDeparture): DerValue {
  const reader = new DerReader(bytes, 0, note);
  const value = reader.next();
  reader.end();
  return value;
}

/** Runs a reader of DER. What is not strict DER is refused with `code`, in the words of `lead` and what is wrong. */
export function refusingDer<Value>(code: ErrorCode, lead: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof AssayError) || error.code !== "DER_INVALID") throw error;
    throw new AssayError(code, `${lead} ${error.message}`, { cause: error });
  }
}

export function invalid(what: string): AssayError {
  return new AssayError("DER_INVALID", `not strict DER: ${what}`);
}

function hexTag(tag: number): string {
  return `0x${tag.toString(16).padStart(2, "0")}`;
}
