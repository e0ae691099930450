import { closeSync, fchmodSync, fchownSync, fsyncSync, openSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { AssayError, stopped } from "../core/error.ts";
import { systemReason } from "../core/system-reason.ts";
import { cannotWrite, lookAgain, type OutputTarget } from "./output-target.ts";
import { syncFolder } from "./sync-folder.ts";
import { temporaryFor } from "./temporary-name.ts";

/** A file that only its owner reads until it is known whose mode it gets. */
const PRIVATE = 0o600;
/** What the user's umask is taken from. */
const ANY = 0o666;

/**
 * Puts `bytes` at the target so that at every moment there is the old file or the whole new one: a
 * temporary file in the same folder, synced, read back, accepted by `check`, then renamed. The mode of
 * a file that is replaced stays, and its owner where this user may say so.
 *
 * `check` gets what the disk gave back; when it throws, the old file stays; else what it gives is
 * returned. The target's rule is asked again just before the rename.
 * Throws OUTPUT_WRITE where the disk is full or the folder not writable; OUTPUT_EXISTS; ABORTED.
 */
export async function writeAtomically<Checked>(
  target: OutputTarget,
  bytes: Uint8Array,
  check: (written: Uint8Array) => Promise<Checked>,
  signal?: AbortSignal,
): Promise<Checked> {
  const temporary = temporaryFor(target.path);
  try {
    writeSynced(temporary, bytes, target);
    const checked = await check(readFileSync(temporary));
    if (signal?.aborted) throw stopped(`before the ${target.rule.what} was put in place`);
    putInPlace(temporary, target);
    return checked;
  } catch (error) {
    remove(temporary);
    throw failure(target, error);
  }
}

/** The same for bytes that nothing else checks: the disk must give back what was written. Throws OUTPUT_WRITE besides. */
export async function writeExactly(target: OutputTarget, bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
  await writeAtomically(
    target,
    bytes,
    async (written) => {
      if (Buffer.compare(written, bytes) !== 0) throw new AssayError("OUTPUT_WRITE", "the disk returned other bytes than were written");
    },
    signal,
  );
}

/** The same at once, for bytes that are right as the disk gives them back, whole. */
export function writeWhole(target: OutputTarget, bytes: Uint8Array): void {
  const temporary = temporaryFor(target.path);
  try {
    writeSynced(temporary, bytes, target);
    putInPlace(temporary, target);
  } catch (error) {
    remove(temporary);
    throw failure(target, error);
  }
}

/**
 * The same for several files that belong together: none is put in place before all are on the disk, whole. Throws OUTPUT_WRITE,
 * OUTPUT_EXISTS, ABORTED.
 */
export function writeTogether(
  files: readonly { readonly target: OutputTarget; readonly bytes: Uint8Array }[],
  signal: AbortSignal | undefined,
): void {
  const written: { readonly temporary: string; readonly target: OutputTarget }[] = [];
  let current: OutputTarget | undefined;
  try {
    for (const { target, bytes } of files) {
      current = target;
      const temporary = temporaryFor(target.path);
      written.push({ temporary, target });
      writeSynced(temporary, bytes, target);
      if (Buffer.compare(readFileSync(temporary), bytes) !== 0) {
        throw new AssayError("OUTPUT_WRITE", `the disk returned other bytes than were written for ${target.path}`);
      }
    }
    // What must not be replaced shows before the first file is.
    for (const { target } of written) lookAgain(target);
    if (signal?.aborted === true) throw stopped("before the files were put in place");
    for (const { temporary, target } of written) {
      current = target;
      putInPlace(temporary, target);
    }
  } catch (error) {
    for (const { temporary } of written) remove(temporary);
    if (error instanceof AssayError || current === undefined) throw error;
    throw failure(current, error);
  }
}

function writeSynced(path: string, bytes: Uint8Array, { existing }: OutputTarget): void {
  const file = openSync(path, "wx", existing === undefined ? ANY : PRIVATE);
  try {
    writeFileSync(file, bytes);
    if (existing !== undefined) {
      const [owner, group] = [Number(existing.uid), Number(existing.gid)];
      if (process.getuid?.() === 0) fchownSync(file, owner, group);
      fchmodSync(file, Number(existing.mode) & 0o777);
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function putInPlace(temporary: string, target: OutputTarget): void {
  renameSync(temporary, lookAgain(target).path);
  syncFolder(dirname(target.path));
}

/** Removes the temporary file. Whatever stopped the writing may stop this too; the first error is the one to tell. */
function remove(temporary: string): void {
  try {
    unlinkSync(temporary);
  } catch {
    return;
  }
}

function failure({ path }: OutputTarget, error: unknown): AssayError {
  if (error instanceof AssayError) return error;
  return cannotWrite(path, systemReason(error), error);
}
