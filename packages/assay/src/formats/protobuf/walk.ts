import { isUtf8 } from "../../encoding/utf8.ts";
import { ByteWindow } from "../byte-window.ts";
import type { RandomAccess } from "../random-access.ts";
import { malformed, notUnderstood } from "../format-error.ts";
import { ProtobufMessage, type ProtobufValue } from "./message.ts";
import type { Field, MessageFields, Schema } from "./schema.ts";
import { readVarint, signed } from "./varint.ts";

/** Protobuf's own readers refuse deeper nesting. */
const MAX_DEPTH = 100;
/** A graph of a large language model has about a million. */
const MAX_FIELDS = 16_000_000;
/** Values that are kept at the same time. */
const MAX_KEPT_VALUES = 1_000_000;
const MAX_TEXT_BYTES = 4 * 1024 * 1024;
/** Text that is kept at the same time. */
const MAX_KEPT_TEXT = 32 * 1024 * 1024;
/** Longer `bytes` are skipped, not read. */
const MAX_KEPT_BYTES = 1024;
/** Packed numbers beyond this are weights, not dimensions. */
const MAX_PACKED_BYTES = 4096;
/** A tag and a length, ten bytes each at most. */
const MAX_FIELD_HEAD = 20;
/** Numbers and bytes that are kept of one repeated field; many are weights and words. */
const MAX_NUMBERS = 64;
const MAX_NOTED = 20;

/** A field that the schema does not have, or has with another wire type. */
export interface UnknownField {
  readonly type: string;
  readonly number: number;
  readonly offset: number;
}

export interface ProtobufWalk {
  readonly message: ProtobufMessage;
  /** The first of them; a loader ignores them or knows more than this reader. */
  readonly unknownFields: readonly UnknownField[];
  /** Fields that may be there once and are there again: a parser merges them or takes the last. */
  readonly repeatedFields: readonly UnknownField[];
}

export interface ProtobufOptions {
  readonly schema: Schema;
  /** The type of the message at the top. */
  readonly type: string;
  /** Where the message is; the whole file by default. */
  readonly from?: number;
  readonly to?: number;
  /**
   * Called at the end of each message inside, with the messages around it, outermost first, and the field it is in.
   * Returns whether the parent keeps it: what is dropped costs no memory.
   */
  readonly leave?: (message: ProtobufMessage, around: readonly ProtobufMessage[], field: string) => boolean;
}

interface Frame {
  readonly message: ProtobufMessage;
  readonly fields: MessageFields;
  readonly end: number;
  readonly field: string;
  kept: number;
  keptText: number;
}

/**
 * Walks a protobuf message by its schema (https://protobuf.dev/programming-guides/encoding/), within bounds on depth,
 * fields and kept values. Lengths are compared with the bytes left before they are used; long `bytes` are skipped
 * without being read. Groups are refused.
 *
 * @throws FormatError
 */
export async function walkProtobuf(file: RandomAccess, options: ProtobufOptions): Promise<ProtobufWalk> {
  return new Walker(file, options).walk();
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

class Walker {
  readonly #window: ByteWindow;
  readonly #options: ProtobufOptions;
  readonly #stack: Frame[] = [];
  readonly #around: ProtobufMessage[] = [];
  readonly #unknown: UnknownField[] = [];
  readonly #repeated: UnknownField[] = [];
  #at: number;
  #fields = 0;
  #kept = 0;
  #keptText = 0;

  constructor(file: RandomAccess, options: ProtobufOptions) {
    this.#window = new ByteWindow(file);
    this.#options = options;
    this.#at = options.from ?? 0;
  }

  async walk(): Promise<ProtobufWalk> {
    const { type, to = this.#window.size } = this.#options;
    if (to > this.#window.size) malformed("a message is longer than the file", this.#at);
    const top = this.#enter(type, to, "");
    for (let frame: Frame | undefined = top; frame !== undefined; frame = this.#stack.at(-1)) {
      if (this.#at === frame.end) {
        this.#leave(frame);
        continue;
      }
      if (!this.#window.holds(this.#at, MAX_FIELD_HEAD)) await this.#window.load(this.#at, MAX_FIELD_HEAD);
      const text = this.#field(frame);
      if (text === undefined) continue;
      await this.#window.load(this.#at, text.length);
      this.#take(frame, text.field, text.length);
    }
    return { message: top.message, unknownFields: this.#unknown, repeatedFields: this.#repeated };
  }

  #enter(type: string, end: number, field: string): Frame {
    const fields = this.#options.schema.get(type);
    if (fields === undefined) throw new RangeError(`the schema lacks the message ${type}`);
    if (this.#stack.length === MAX_DEPTH) notUnderstood(`messages are nested deeper than ${MAX_DEPTH} levels`, this.#at);
    const frame: Frame = { message: new ProtobufMessage(type, this.#at), fields, end, field, kept: 0, keptText: 0 };
    this.#stack.push(frame);
    this.#around.push(frame.message);
    return frame;
  }

  #leave(frame: Frame): void {
    this.#stack.pop();
    this.#around.pop();
    const parent = this.#stack.at(-1);
    if (parent === undefined) return;
    parent.message.count(frame.field, 1);
    const keep = this.#options.leave?.(frame.message, this.#around, frame.field) ?? true;
    if (keep) {
      parent.message.add(frame.field, frame.message);
      parent.kept += frame.kept + 1;
      parent.keptText += frame.keptText;
      this.#kept++;
    } else {
      this.#kept -= frame.kept;
      this.#keptText -= frame.keptText;
    }
  }

  /** Reads one field; returns what is still to be loaded, for a text or a few bytes that the window does not hold. */
  #field(frame: Frame): { readonly field: Field; readonly length: number } | undefined {
    const offset = this.#at;
    if (++this.#fields > MAX_FIELDS) notUnderstood(`the message has more than ${MAX_FIELDS.toLocaleString("en-US")} fields`, offset);
    const tag = this.#varint(frame);
    const number = Math.floor(tag / 8);
    const wire = tag % 8;
    if (number === 0 || tag > 0xffff_ffff) malformed("a field has the number 0 or one beyond 2^29", offset);
    const field = frame.fields.get(number);
    switch (wire) {
      case 0: {
        const { value, next } = this.#readVarint(frame);
        this.#at = next;
        if (field?.kind === "varint") {
          this.#once(frame, field, number, offset);
          this.#number(frame, field, signed(value));
        } else this.#note(this.#unknown, frame, number, offset);
        return undefined;
      }
      case 1:
      case 5: {
        const width = wire === 1 ? 8 : 4;
        this.#skip(frame, width);
        if (field?.kind === (wire === 1 ? "fixed64" : "fixed32")) {
          this.#once(frame, field, number, offset);
          frame.message.count(field.name, 1);
        } else this.#note(this.#unknown, frame, number, offset);
        return undefined;
      }
      case 2:
        return this.#delimited(frame, field, number, offset);
      default:
        return malformed(
          wire === 3 || wire === 4 ? "a field is a group, which these formats do not have" : "a field has an unknown wire type",
          offset,
        );
    }
  }

  #delimited(
    frame: Frame,
    field: Field | undefined,
    number: number,
    offset: number,
  ): { readonly field: Field; readonly length: number } | undefined {
    const length = this.#varint(frame);
    if (length > frame.end - this.#at) malformed(`a field of ${length} bytes is longer than the message around it`, offset);
    const isPacked = field?.kind === "varint" || field?.kind === "fixed32" || field?.kind === "fixed64";
    if (field === undefined || (isPacked && !field.isRepeated)) {
      this.#note(this.#unknown, frame, number, offset);
      this.#at += length;
      return undefined;
    }
    this.#once(frame, field, number, offset);
    if (field.kind === "message") {
      this.#enter(field.type ?? "", this.#at + length, field.name);
      return undefined;
    }
    if (field.kind === "fixed32" || field.kind === "fixed64") {
      const width = field.kind === "fixed64" ? 8 : 4;
      if (length % width !== 0) malformed("packed numbers have a part of a number at the end", offset);
      frame.message.count(field.name, length / width);
      this.#at += length;
      return undefined;
    }
    const bound = isPacked ? MAX_PACKED_BYTES : field.kind === "text" ? MAX_TEXT_BYTES : MAX_KEPT_BYTES;
    if (length > bound) {
      const count = frame.message.count(field.name, isPacked ? Number.NaN : 1);
      if (!isPacked && (field.kind === "text" || count <= MAX_NUMBERS))
        this.#keep(frame, field, { offset: this.#at, length, bytes: undefined });
      this.#at += length;
      return undefined;
    }
    if (!this.#window.holds(this.#at, length)) return { field, length };
    this.#take(frame, field, length);
    return undefined;
  }

  /** The `length` bytes here, which the window holds, as the value of a text, bytes or packed field. */
  #take(frame: Frame, field: Field, length: number): void {
    const bytes = this.#window.view(this.#at, length);
    if (bytes.length !== length) malformed("the file ends within a field", this.#at);
    const count = isWhole(field) ? frame.message.count(field.name, 1) : 0;
    if (field.kind === "text") {
      if (!isUtf8(bytes)) notUnderstood(`the text ${field.name} is not UTF-8`, this.#at);
      this.#keptText += length;
      frame.keptText += length;
      if (this.#keptText > MAX_KEPT_TEXT) notUnderstood("the message has more text than this reader keeps", this.#at);
      this.#keep(frame, field, decoder.decode(bytes));
    } else if (field.kind === "bytes") {
      if (count <= MAX_NUMBERS) this.#keep(frame, field, { offset: this.#at, length, bytes: bytes.slice() });
    } else {
      this.#unpack(frame, field, bytes);
    }
    this.#at += length;
  }

  #unpack(frame: Frame, field: Field, bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const read = readVarint(bytes, at);
      if (read === undefined) malformed("a packed number is truncated or longer than ten bytes", this.#at + at);
      this.#number(frame, field, signed(read.value));
      at = read.next;
    }
  }

  #number(frame: Frame, field: Field, value: number | bigint): void {
    // Many numbers are weights: they are counted. Dimensions are few.
    if (frame.message.count(field.name, 1) <= MAX_NUMBERS) this.#keep(frame, field, value);
  }

  #once(frame: Frame, field: Field, number: number, offset: number): void {
    if (!field.isRepeated && frame.message.has(field.name)) this.#note(this.#repeated, frame, number, offset);
  }

  #keep(frame: Frame, field: Field, value: ProtobufValue): void {
    if (++this.#kept > MAX_KEPT_VALUES) notUnderstood("the message has more values than this reader keeps", this.#at);
    frame.kept++;
    frame.message.add(field.name, value);
  }

  #note(list: UnknownField[], frame: Frame, number: number, offset: number): void {
    if (list.length < MAX_NOTED) list.push({ type: frame.message.type, number, offset });
  }

  #skip(frame: Frame, length: number): void {
    if (length > frame.end - this.#at) malformed("the message ends within a number", this.#at);
    this.#at += length;
  }

  /** An unsigned number for a tag or a length, inexact beyond 2^53: no file has so many bytes. */
  #varint(frame: Frame): number {
    const { value, next } = this.#readVarint(frame);
    this.#at = next;
    return Number(value);
  }

  #readVarint(frame: Frame): { readonly value: number | bigint; readonly next: number } {
    const { bytes, start } = this.#window;
    const read = readVarint(bytes, this.#at - start, frame.end - start);
    if (read === undefined) malformed("a number is truncated or longer than ten bytes", this.#at);
    return { value: read.value, next: read.next + start };
  }
}

/** Whether each value of a field is of a length of its own. */
function isWhole({ kind }: Field): boolean {
  return kind === "text" || kind === "bytes";
}
