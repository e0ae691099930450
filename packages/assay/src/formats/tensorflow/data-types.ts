/** The name and the bytes of one element of each DataType of fixed size, by number: tensorflow/core/framework/types.proto of 2.21. */
const TYPES: ReadonlyMap<number, { readonly name: string; readonly bytes: number }> = new Map(
  [
    [1, "F32", 4],
    [2, "F64", 8],
    [3, "I32", 4],
    [4, "U8", 1],
    [5, "I16", 2],
    [6, "I8", 1],
    [8, "C64", 8],
    [9, "I64", 8],
    [10, "BOOL", 1],
    [11, "QI8", 1],
    [12, "QU8", 1],
    [13, "QI32", 4],
    [14, "BF16", 2],
    [15, "QI16", 2],
    [16, "QU16", 2],
    [17, "U16", 2],
    [18, "C128", 16],
    [19, "F16", 2],
    [22, "U32", 4],
    [23, "U64", 8],
    [24, "F8_E5M2", 1],
    [25, "F8_E4M3", 1],
  ].map(([number, name, bytes]) => [Number(number), { name: String(name), bytes: Number(bytes) }]),
);

export function tensorflowType(number: number): { readonly name: string; readonly bytes: number } | undefined {
  return TYPES.get(number);
}

export const STRING_TYPE = 7;
/** Numbers of types that exist; others are of another version. */
export const MAX_TYPE = 32;
/** A type that is a reference to a variable is the type's number and this. */
export const REFERENCE = 100;
