import { bytes, littleEndian } from "./bytes.ts";

/** A base 128 number of protobuf; negative numbers take ten bytes. */
export function varint(value: number | bigint): Uint8Array {
  const out: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 0x7fn) {
    out.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  return Buffer.from([...out, Number(rest)]);
}

/** One field: a number is a varint, text and bytes (an inner message) are length-delimited. */
export type ProtobufField = readonly [number: number, value: number | bigint | string | Uint8Array];

/** A message of these fields, in this order. */
export function message(...fields: readonly ProtobufField[]): Uint8Array {
  return bytes(...fields.map(([number, value]) => field(number, value)));
}

function field(number: number, value: ProtobufField[1]): Uint8Array {
  if (typeof value === "number" || typeof value === "bigint") return bytes(varint(number * 8), varint(value));
  const content = bytes(value);
  return bytes(varint(number * 8 + 2), varint(content.length), content);
}

/** A field of wire type 5: a float, or a fixed32. */
export function fixed32(number: number, value: number): Uint8Array {
  return bytes(varint(number * 8 + 5), littleEndian(value, 4));
}
