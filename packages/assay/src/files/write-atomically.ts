import { randomBytes } from "node:crypto";
import { open, readFile, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { AssayError, stopped } from "../error.ts";

/**
 * Puts `bytes` at `path` so that at every moment there is the old file or the whole new one: a
 * temporary file in the same folder, synced, read back, accepted by `check`, then renamed.
 *
 * `check` gets what the disk gave back; when it throws, the old file stays; else what it
 * gives is returned.
 * Throws OUTPUT_WRITE where the disk is full, the folder missing or not writable; ABORTED.
 */
export async function writeAtomically<Checked>(
  path: string,
  bytes: Uint8Array,
  check: (written: Uint8Array) => Promise<Checked>,
  signal?: AbortSignal,
): Promise<Checked> {
  const temporary = join(dirname(path), `.${basename(path).slice(0, 200)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    await writeSynced(temporary, bytes);
    const checked = await check(await readFile(temporary));
    if (signal?.aborted) throw stopped("before the signature was put in place");
    await rename(temporary, path);
    await syncFolder(dirname(path));
    return checked;
  } catch (error) {
    // Whatever stopped the writing may stop the cleaning up too; the first error is the one to tell.
    await unlink(temporary).catch(() => undefined);
    if (error instanceof AssayError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new AssayError("OUTPUT_WRITE", `cannot write ${path}: ${why}`, { cause: error });
  }
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the rename itself survive a power cut; some file systems and Windows cannot sync a folder, which is no failure. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r").catch(() => undefined);
  if (folder === undefined) return;
  await folder.sync().catch(() => undefined);
  await folder.close();
}
