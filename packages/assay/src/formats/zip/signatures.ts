import { hasSignature } from "../first-bytes.ts";

// The first four bytes of each record (APPNOTE 4.3) and the length of its fixed part.

export const LOCAL_HEADER = "PK\u0003\u0004";
export const LOCAL_HEADER_BYTES = 30;
export const DESCRIPTOR = "PK\u0007\u0008";
export const ENTRY = "PK\u0001\u0002";
export const ENTRY_BYTES = 46;
export const END_RECORD = "PK\u0005\u0006";
export const END_BYTES = 22;
export const END64 = "PK\u0006\u0006";
export const END64_BYTES = 56;
export const LOCATOR64 = "PK\u0006\u0007";
export const LOCATOR64_BYTES = 20;

/** A field of 16 or 32 bits with this value has its real one in a zip64 record. */
export const IN_ZIP64_16 = 0xffff;
export const IN_ZIP64_32 = 0xffffffff;

/** The first place of `signature` in `bytes` from `from` on; -1 where it is missing. */
export function indexOfSignature(bytes: Uint8Array, signature: string, from: number): number {
  for (let at = bytes.indexOf(0x50, from); at !== -1; at = bytes.indexOf(0x50, at + 1)) if (hasSignature(bytes, signature, at)) return at;
  return -1;
}
