import { Buffer } from "node:buffer";
import type { RandomAccess } from "../../../src/formats/random-access.ts";

/** Bytes in memory as a file, and what was read of it. */
export function inMemory(
  bytes: Uint8Array | string,
  size?: number,
): RandomAccess & { readonly reads: (readonly [from: number, length: number])[] } {
  const content = Buffer.from(bytes);
  const reads: (readonly [number, number])[] = [];
  return {
    size: size ?? content.length,
    reads,
    read: async (from, length) => {
      reads.push([from, length]);
      return new Uint8Array(content.subarray(from, from + length));
    },
  };
}

/** A safetensors file with this header and as many zeros behind it. */
export function withHeader(header: string, dataLength: number, length = BigInt(Buffer.byteLength(header))): Uint8Array {
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(length);
  return Buffer.concat([size, Buffer.from(header), Buffer.alloc(dataLength)]);
}
