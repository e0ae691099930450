/** What a type string of numpy says: `<f8`, `|S5`, `M8[ns]`. */
export interface NumpyType {
  readonly itemBytes: number;
  /** Python objects: their bytes are a pickle. */
  readonly isObject: boolean;
}

const SIZES: Readonly<Record<string, readonly number[]>> = {
  b: [1],
  i: [1, 2, 4, 8],
  u: [1, 2, 4, 8],
  f: [2, 4, 8, 12, 16],
  c: [8, 16, 24, 32],
  m: [8],
  M: [8],
  O: [4, 8],
};
const MAX_TEXT_LENGTH = 1 << 28;

/**
 * Reads the array-protocol type string that numpy writes to files and pickles: byte order, kind, bytes of an item, and a
 * unit for times. Undefined for any other spelling, even one that numpy would take ("float64", "f4,i4").
 */
export function parseTypeString(text: string): NumpyType | undefined {
  const match = /^[<>|=]?([biufcmMOSUV])(\d{0,9})(?:\[\d{0,9}[A-Za-z]{1,7}(?:\/\d{1,9})?\])?$/.exec(text);
  const kind = match?.[1];
  if (match === null || kind === undefined) return undefined;
  if (text.endsWith("]") && kind !== "m" && kind !== "M") return undefined;
  const count = match[2] === "" ? undefined : Number(match[2]);
  if (kind === "O") return count === undefined || SIZES["O"]?.includes(count) === true ? { itemBytes: 8, isObject: true } : undefined;
  if (count === undefined) return undefined;
  if (kind === "S" || kind === "U" || kind === "V") {
    return count > MAX_TEXT_LENGTH ? undefined : { itemBytes: kind === "U" ? count * 4 : count, isObject: false };
  }
  return SIZES[kind]?.includes(count) === true ? { itemBytes: count, isObject: false } : undefined;
}
