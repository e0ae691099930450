/** Where bytes are in the file that were too many to keep. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
  /** The bytes themselves, where they are few. */
  readonly bytes: Uint8Array | undefined;
}

export type ProtobufValue = number | bigint | string | ByteRange | ProtobufMessage;

/** One message: its fields by name, in the order of the file. */
export class ProtobufMessage {
  readonly type: string;
  /** Where its first field is in the file. */
  readonly offset: number;
  readonly #fields = new Map<string, ProtobufValue[]>();
  readonly #counts = new Map<string, number>();

  constructor(type: string, offset: number) {
    this.type = type;
    this.offset = offset;
  }

  add(name: string, value: ProtobufValue): void {
    const values = this.#fields.get(name);
    if (values === undefined) this.#fields.set(name, [value]);
    else values.push(value);
  }

  /** Adds to the number of values that a field has in the file, kept or not; returns it. */
  count(name: string, more: number): number {
    const count = this.counted(name) + more;
    this.#counts.set(name, count);
    return count;
  }

  /** How many values a field has in the file; not a number where they were skipped without counting. */
  counted(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  has(name: string): boolean {
    return this.#counts.has(name);
  }

  values(name: string): readonly ProtobufValue[] {
    return this.#fields.get(name) ?? [];
  }

  /** A text field; the empty text where the field is missing, as protobuf has it. */
  text(name: string): string {
    const value = this.values(name).at(-1);
    return typeof value === "string" ? value : "";
  }

  texts(name: string): readonly string[] {
    return this.values(name).filter((value) => typeof value === "string");
  }

  /** A number; 0 where the field is missing. Beyond 2^53 it is inexact: `Number.isSafeInteger` tells. */
  number(name: string): number {
    const value = this.values(name).at(-1);
    return typeof value === "number" || typeof value === "bigint" ? Number(value) : 0;
  }

  numbers(name: string): readonly number[] {
    return this.values(name).flatMap((value) => (typeof value === "number" || typeof value === "bigint" ? [Number(value)] : []));
  }

  range(name: string): ByteRange | undefined {
    return this.ranges(name).at(-1);
  }

  ranges(name: string): readonly ByteRange[] {
    return this.values(name).flatMap((value) => (typeof value === "object" && !(value instanceof ProtobufMessage) ? [value] : []));
  }

  message(name: string): ProtobufMessage | undefined {
    return this.messages(name).at(-1);
  }

  messages(name: string): readonly ProtobufMessage[] {
    return this.values(name).filter((value) => value instanceof ProtobufMessage);
  }
}
