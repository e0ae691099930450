import { lstatSync } from "node:fs";
import { join } from "node:path";
import { AssayError } from "../../core/error.ts";
import { openTarget } from "../../files/output-target.ts";
import { writeAtomically } from "../../files/write-atomically.ts";
import type { ModelFindings } from "../../openness/folder/findings.ts";
import { beginningOf } from "./beginning.ts";
import { modelFileWith, type FoundAnswer, type ModelFileText } from "../../openness/write-model.ts";
import type { ModelDescription } from "../../openness/model.ts";

const MODEL_FILE = "mof.yml";

/** A mof.yml after what the folder shows was written into it. */
export interface WrittenModelFile extends ModelFileText {
  /** From the folder's root. */
  readonly name: string;
  readonly isNew: boolean;
}

/**
 * Writes what a folder shows into its mof.yml, whole or not at all; where nothing is missing in it, it is left alone.
 *
 * Throws USAGE for a mof.yml that cannot be extended, FILE_CHANGED where it was written to meanwhile,
 * OUTPUT_EXISTS where a link or folder has its name, OUTPUT_WRITE.
 */
export async function writeModelFile(
  findings: ModelFindings,
  found: FoundAnswer,
  claimed: ModelDescription,
  signal?: AbortSignal,
): Promise<WrittenModelFile> {
  const old = findings.modelFile;
  const name = old?.path ?? MODEL_FILE;
  const path = join(findings.folder, name);
  if (old !== undefined && !findings.read.has(name)) {
    throw new AssayError("USAGE", `${name} is larger than any mof.yml, and was not changed`);
  }
  checkTarget(path, old?.bytes);
  const written = modelFileWith(old === undefined ? undefined : new TextDecoder().decode(old.bytes), findings, found, claimed);
  if (old === undefined || written.added.length > 0) {
    const bytes = new TextEncoder().encode(inStyleOf(old?.bytes, written.text));
    // The file is replaced only if it still is what was read, byte for byte, which needs no force.
    const target = openTarget(path, { what: name, force: old !== undefined });
    await writeAtomically(target, bytes, async () => checkTarget(path, old?.bytes), signal);
  }
  return { ...written, name, isNew: old === undefined };
}

/** Line ends and a byte order mark stay as the file had them, so that a comparison shows only what was added. */
function inStyleOf(old: Uint8Array | undefined, text: string): string {
  if (old === undefined) return text;
  const before = new TextDecoder("utf-8", { ignoreBOM: true }).decode(old);
  const lines = before.includes("\r\n") ? text.replace(/\r?\n/g, "\r\n") : text;
  return before.startsWith("\ufeff") ? `\ufeff${lines}` : lines;
}

/** What is there must be what was read, byte for byte; a link is not written through, and not replaced. */
function checkTarget(path: string, expected: Uint8Array | undefined): void {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats !== undefined && !stats.isFile())
    throw new AssayError("OUTPUT_EXISTS", `${path} is a link, folder or device, and was left alone`);
  const now = stats === undefined ? undefined : beginningOf(path, (expected?.length ?? 0) + 1);
  if (expected === undefined ? stats === undefined : now !== undefined && Buffer.compare(now, expected) === 0) return;
  throw new AssayError("FILE_CHANGED", `${path} changed while the model was inspected, and was left alone`, { hint: "run it again" });
}
