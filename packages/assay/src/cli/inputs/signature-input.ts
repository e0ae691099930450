import { createReadStream } from "node:fs";
import { MAX_BUNDLE_BYTES } from "../../bundle/limits.ts";
import { AssayError } from "../../core/error.ts";

/** What `--signature` and SIGNATURE call standard input or output. */
export const STANDARD_STREAM = "-";

/** The signature that a command line names: its path, or for `-` the bytes of standard input. Throws BUNDLE_TOO_LARGE, FILE_UNREADABLE. */
export async function readSignatureInput(named: string): Promise<string | Uint8Array> {
  return named === STANDARD_STREAM ? readStandardInput() : named;
}

async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of createReadStream("", { fd: 0, autoClose: false })) {
      const bytes = Buffer.from(chunk);
      length += bytes.length;
      if (length > MAX_BUNDLE_BYTES) {
        throw new AssayError(
          "BUNDLE_TOO_LARGE",
          `the signature on standard input is larger than ${MAX_BUNDLE_BYTES.toLocaleString("en-US")} bytes`,
        );
      }
      chunks.push(bytes);
    }
  } catch (cause) {
    if (cause instanceof AssayError) throw cause;
    throw new AssayError(
      "FILE_UNREADABLE",
      `the signature on standard input cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
  return Buffer.concat(chunks);
}
