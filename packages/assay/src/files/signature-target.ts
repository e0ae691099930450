import { access, constants, lstat, open } from "node:fs/promises";
import { dirname } from "node:path";
import { AssayError } from "../error.ts";

/** Writers put the media type first (Python) or behind the envelope (Go): it is near one of the ends, whatever the size. */
const SNIFF_BYTES = 64 * 1024;
const BUNDLE_MARK = /"mediaType"\s*:\s*"application\/vnd\.dev\.sigstore\.bundle/;

/**
 * Says whether a signature may be written to `path`, before the long work of hashing starts.
 * Returns true where an older signature will be replaced.
 *
 * Throws OUTPUT_EXISTS where something else than a Sigstore bundle is there (unless `force` and it
 * is a file), FILE_NOT_FOUND where the folder is missing, OUTPUT_WRITE where it is not writable.
 */
export async function checkSignatureTarget(path: string, force: boolean): Promise<boolean> {
  const folder = dirname(path);
  await access(folder, constants.W_OK).catch((cause: unknown) => {
    const missing = cause instanceof Error && "code" in cause && (cause.code === "ENOENT" || cause.code === "ENOTDIR");
    if (missing) throw new AssayError("FILE_NOT_FOUND", `the folder for the signature, ${folder}, does not exist`, { cause });
    throw new AssayError("OUTPUT_WRITE", `the folder for the signature, ${folder}, is not writable`, { cause });
  });
  const stats = await lstat(path).catch(() => undefined);
  if (stats === undefined) return false;
  if (!stats.isFile()) {
    throw new AssayError("OUTPUT_EXISTS", `${path} exists and is not a regular file`, { remedy: "name-other-output" });
  }
  const isBundle = await isBundleFile(path);
  if (!isBundle && !force) {
    throw new AssayError("OUTPUT_EXISTS", `${path} exists and is not a signature`, {
      remedy: "replace-output",
    });
  }
  return isBundle;
}

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
