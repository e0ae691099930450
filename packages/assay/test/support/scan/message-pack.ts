import { bigEndian, bytes } from "./bytes.ts";

/** An extension of MessagePack. */
export class Extension {
  readonly type: number;
  readonly content: Uint8Array;

  constructor(type: number, content: Uint8Array) {
    this.type = type;
    this.content = content;
  }
}

/** MessagePack of maps, lists, texts, bytes, whole numbers and extensions, in the long forms where it is short to write. */
export function pack(value: unknown): Uint8Array {
  if (value === null) return bytes(0xc0);
  if (typeof value === "boolean") return bytes(value ? 0xc3 : 0xc2);
  if (typeof value === "number") return value >= 0 && value < 128 ? bytes(value) : bytes(0xce, bigEndian(value, 4));
  if (typeof value === "string")
    return value.length < 32 ? bytes(0xa0 + value.length, value) : bytes(0xdb, bigEndian(value.length, 4), value);
  if (value instanceof Uint8Array) return bytes(0xc6, bigEndian(value.length, 4), value);
  if (value instanceof Extension) return bytes(0xc9, bigEndian(value.content.length, 4), value.type, value.content);
  if (Array.isArray(value))
    return value.length < 16 ? bytes(0x90 + value.length, ...value.map(pack)) : bytes(0xdd, bigEndian(value.length, 4), ...value.map(pack));
  const entries = Object.entries(value as object).flatMap(([key, inner]) => [pack(key), pack(inner)]);
  return entries.length < 32 ? bytes(0x80 + entries.length / 2, ...entries) : bytes(0xdf, bigEndian(entries.length / 2, 4), ...entries);
}

/** An array as Flax writes it. */
export function flaxArray(shape: readonly number[], type: string, data: Uint8Array): Extension {
  return new Extension(1, pack([shape, type, data]));
}
