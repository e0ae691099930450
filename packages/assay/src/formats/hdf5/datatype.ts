import type { ByteCursor } from "../byte-cursor.ts";
import { notUnderstood } from "../format-error.ts";

/** A datatype message: section IV.A.2.d. Only what sizes, names and texts need. */
export interface Datatype {
  readonly kind: "number" | "text" | "long-text" | "sequence" | "compound" | "other";
  /** `F32`; undefined for what is not a plain number. */
  readonly name: string | undefined;
  /** Bytes of one element. */
  readonly size: number;
}

const FIXED_POINT = 0;
const FLOAT = 1;
const STRING = 3;
const BITFIELD = 4;
const OPAQUE = 5;
const COMPOUND = 6;
const REFERENCE = 7;
const ENUM = 8;
const VARIABLE = 9;
const ARRAY = 10;

/** Reads the start of a datatype: its class, its bits, its size. */
export function readDatatype(cursor: ByteCursor): Datatype {
  const first = cursor.u8();
  const bits = cursor.uint(3);
  const size = cursor.u32();
  switch (first & 0x0f) {
    case FIXED_POINT:
      return { kind: "number", name: `${(bits & 8) === 0 ? "U" : "I"}${size * 8}`, size };
    case FLOAT:
      return { kind: "number", name: size === 2 && isBrainFloat(cursor) ? "BF16" : `F${size * 8}`, size };
    case STRING:
      return { kind: "text", name: undefined, size };
    case ENUM:
      return { kind: "number", name: size === 1 ? "BOOL" : `U${size * 8}`, size };
    case VARIABLE:
      return { kind: (bits & 0x0f) === 1 ? "long-text" : "sequence", name: undefined, size };
    case COMPOUND:
      return { kind: "compound", name: undefined, size };
    case BITFIELD:
    case OPAQUE:
    case ARRAY:
      return { kind: "other", name: undefined, size };
    case REFERENCE:
      return notUnderstood("has references from one object to another", cursor.offset);
    default:
      return notUnderstood(`has a datatype of the unknown class ${first & 0x0f}`, cursor.offset);
  }
}

/** By the place and size of the exponent: bits 7 to 14. */
function isBrainFloat(cursor: ByteCursor): boolean {
  if (cursor.left < 6) return false;
  cursor.skip(4);
  return cursor.u8() === 7 && cursor.u8() === 8;
}
