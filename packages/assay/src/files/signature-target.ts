import { constants, open } from "node:fs/promises";

/** Writers put the media type first (Python) or behind the envelope (Go): it is near one of the ends, whatever the size. */
const SNIFF_BYTES = 64 * 1024;
const BUNDLE_MARK = /"mediaType"\s*:\s*"application\/vnd\.dev\.sigstore\.bundle/;

/** Whether a regular file looks like a Sigstore bundle. A guess from its ends, never a check. */
export async function isBundleFile(path: string): Promise<boolean> {
  const file = await open(path, constants.O_RDONLY);
  try {
    const { size } = await file.stat();
    const head = await file.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
    const tail = await file.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, Math.max(0, size - SNIFF_BYTES));
    return [head, tail].some(({ buffer, bytesRead }) => BUNDLE_MARK.test(buffer.toString("utf8", 0, bytesRead)));
  } finally {
    await file.close();
  }
}
