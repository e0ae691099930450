import { constants, gunzipSync, inflateRawSync, inflateSync, type ZlibOptions } from "node:zlib";
import { FormatError } from "../../formats/format-error.ts";
import type { Compression, Inflate } from "./examiner.ts";

const INFLATE: Readonly<Record<Compression, (bytes: Uint8Array, options: ZlibOptions) => Uint8Array>> = {
  "deflate-raw": inflateRawSync,
  zlib: inflateSync,
  gzip: gunzipSync,
};

/** Decompresses with a bound on the output. Throws `FormatError`. */
export const inflate: Inflate = (compression, bytes, maxOutput, isStart = false) => {
  try {
    return INFLATE[compression](bytes, {
      maxOutputLength: maxOutput,
      ...(isStart && { finishFlush: constants.Z_SYNC_FLUSH }),
    });
  } catch (error) {
    if (error instanceof RangeError) throw new FormatError("not-understood", `decompresses to more than ${maxOutput} bytes`);
    throw new FormatError("malformed", "is not compressed as it says");
  }
};
