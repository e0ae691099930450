import { hasSignature } from "../first-bytes.ts";

export const BLOCK_BYTES = 512;

/** One header block (POSIX.1-2017, ustar interchange format; GNU tar's differs in its last fields). */
export interface TarHeader {
  /** The prefix included, where the format has one. */
  readonly name: string;
  readonly size: number;
  /** The type of the member, one character; `0` for a regular file. */
  readonly type: string;
  readonly linkName: string;
  /** Where a header of GNU tar has times, and other readers see the start of a name. */
  readonly hasStrayPrefix: boolean;
  /** Whether all other numbers are numbers: Python stops at a header where one is not. */
  readonly hasNumbers: boolean;
}

/** Place and length of the numbers that are not used here: mode, owner, group, time, device. */
const OTHER_NUMBERS = [
  [100, 8],
  [108, 8],
  [116, 8],
  [136, 12],
  [329, 8],
  [337, 8],
] as const;

/** Undefined for a block that is not a header: its checksum is wrong, or a number is not one. */
export function readTarHeader(block: Uint8Array): TarHeader | undefined {
  if (block.length < BLOCK_BYTES || !isChecksum(block, octal(block, 148, 8))) return undefined;
  const size = (block[124] ?? 0) === 0x80 ? base256(block, 125, 11) : octal(block, 124, 12);
  if (size === undefined || !Number.isSafeInteger(size)) return undefined;
  const type = String.fromCharCode(block[156] ?? 0);
  const isPosix = hasSignature(block, "ustar\u0000", 257);
  const prefix = fieldText(block, 345, 155);
  const name = fieldText(block, 0, 100);
  return {
    name: prefix === "" || !isPosix ? name : `${prefix}/${name}`,
    size,
    type: type === "\u0000" || type === "7" ? "0" : type,
    linkName: fieldText(block, 157, 100),
    hasStrayPrefix: !isPosix && prefix !== "",
    hasNumbers: OTHER_NUMBERS.every(([start, length]) => isNumber(block, start, length)),
  };
}

/** The sum of all bytes, those of the checksum itself as spaces; some writers summed signed bytes, and readers accept both. */
function isChecksum(block: Uint8Array, stated: number | undefined): boolean {
  let unsigned = 8 * 0x20;
  let signed = unsigned;
  for (let at = 0; at < BLOCK_BYTES; at++) {
    const byte = at >= 148 && at < 156 ? 0 : (block[at] ?? 0);
    unsigned += byte;
    signed += byte < 0x80 ? byte : byte - 0x100;
  }
  return stated === unsigned || stated === signed;
}

/** Octal, or with the first bit set in base 256. */
function isNumber(block: Uint8Array, start: number, length: number): boolean {
  const first = block[start];
  return first === 0x80 || first === 0xff || octal(block, start, length) !== undefined;
}

function octal(block: Uint8Array, start: number, length: number): number | undefined {
  const digits = fieldText(block, start, length).trim();
  return /^[0-7]{0,12}$/.test(digits) ? Number.parseInt(digits || "0", 8) : undefined;
}

function base256(block: Uint8Array, start: number, length: number): number {
  let value = 0;
  for (let at = start; at < start + length; at++) value = value * 256 + (block[at] ?? 0);
  return value;
}

/** Up to the first NUL. */
export function fieldText(block: Uint8Array, start: number, length: number): string {
  const field = block.subarray(start, start + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end));
}
