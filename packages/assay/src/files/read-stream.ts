import { createReadStream } from "node:fs";
import { AssayError } from "../core/error.ts";
import type { ErrorCode } from "../core/error-codes.ts";
import { systemReason } from "../core/system-reason.ts";

/**
 * Reads a pipe, or an open file by its descriptor, to its end: at most `limit` bytes. `named` is what messages call it.
 *
 * Throws FILE_UNREADABLE, and `tooLarge` for more than the limit.
 */
export async function readStream(
  source: string | number,
  named: string,
  limit: number,
  tooLarge: ErrorCode = "USAGE",
): Promise<Uint8Array> {
  const stream = typeof source === "number" ? createReadStream("", { fd: source, autoClose: false }) : createReadStream(source);
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk);
      length += bytes.length;
      if (length > limit) throw new AssayError(tooLarge, `the ${named} is larger than ${limit.toLocaleString("en-US")} bytes`);
      chunks.push(bytes);
    }
    return Buffer.concat(chunks);
  } catch (cause) {
    if (cause instanceof AssayError) throw cause;
    throw new AssayError("FILE_UNREADABLE", `the ${named} cannot be read: ${systemReason(cause)}`, { cause });
  }
}
