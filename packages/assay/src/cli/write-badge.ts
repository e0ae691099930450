import { lstatSync } from "node:fs";
import { resolve } from "node:path";
import { AssayError } from "../error.ts";
import { readBounded } from "../files/read-bounded.ts";
import { writeAtomically } from "../files/write-atomically.ts";
import type { OpennessClass } from "../openness/components.ts";
import { drawBadge, isBadge } from "./output/openness-badge.ts";

interface BadgeTarget {
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** Replaces what is no badge, too. */
  readonly force: boolean;
}

const MOST_BADGE = 1024 * 1024;

/** Writes the badge, whole or not at all. Throws USAGE, OUTPUT_EXISTS, OUTPUT_WRITE, RENDERER_MISSING. */
export async function writeBadge(file: string, openness: OpennessClass | null, { cwd, signal, force }: BadgeTarget): Promise<void> {
  const path = resolve(cwd, file);
  const bytes = await drawBadge(file, openness);
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats !== undefined && !stats.isFile())
    throw new AssayError("OUTPUT_EXISTS", `${file} exists and is not a regular file`, { remedy: "name-other-output" });
  const isReplaceable = force || stats === undefined || (stats.size <= MOST_BADGE && isBadge(readBounded(path, "badge", MOST_BADGE)));
  if (!isReplaceable) {
    throw new AssayError("OUTPUT_EXISTS", `${file} exists and is no badge of ours`, {
      remedy: "replace-output",
    });
  }
  await writeAtomically(path, bytes, checkBadge, signal);
}

function checkBadge(written: Uint8Array): Promise<void> {
  if (isBadge(written)) return Promise.resolve();
  return Promise.reject(new AssayError("OUTPUT_WRITE", "the disk gave back another badge than the one written"));
}
