// The arguments of protocol 0 are lines of text. The C and the Python reader accept more than any writer writes, and not
// the same: blanks, underscores, other bases, NUL. Only what both read alike is read here.

/** An argument in a line is shorter; only strings are longer (long-line.ts). */
export const MAX_LINE = 65_536;

/** INT: `01` and `00` are the booleans. Undefined where the readers may disagree. */
export function readInteger(line: string): { readonly isBoolean: boolean; readonly value: number } | undefined {
  if (line === "00" || line === "01") return { isBoolean: true, value: line === "01" ? 1 : 0 };
  return /^-?(?:0|[1-9]\d{0,4000})$/.test(line) ? { isBoolean: false, value: whole(Number(line)) } : undefined;
}

/** LONG: an `L` may follow. */
export function readLong(line: string): number | undefined {
  return /^-?(?:0|[1-9]\d{0,4000})L?$/.test(line) ? whole(Number(line.replace("L", ""))) : undefined;
}

export function isFloat(line: string): boolean {
  return /^[+-]?(?:\d{1,400}(?:\.\d{0,400})?(?:[eE][+-]?\d{1,6})?|\.\d{1,400}(?:[eE][+-]?\d{1,6})?|inf|nan)$/.test(line);
}

/** GET and PUT. */
export function readIndex(line: string): number | undefined {
  return /^\d{1,15}$/.test(line) ? Number(line) : undefined;
}

const QUOTES = new Set([0x22, 0x27]);
const BACKSLASH = 0x5c;

/** STRING: whether the line is quoted, so that its content is what is between. */
export function isQuoted(first: number, last: number, length: number): boolean {
  return length >= 2 && first === last && QUOTES.has(first);
}

/** Whether the characters are the bytes: no escapes, no characters whose reading depends on an encoding. */
export function isLiteral(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80 && byte !== BACKSLASH);
}

function whole(value: number): number {
  return Math.abs(value) < 2 ** 48 ? value : Number.NaN;
}
