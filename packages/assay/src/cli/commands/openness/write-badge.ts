import { resolve } from "node:path";
import { AssayError } from "../../../core/error.ts";
import { openTarget } from "../../../files/output-target.ts";
import { writeAtomically } from "../../../files/write-atomically.ts";
import type { OpennessClass } from "../../../openness/components.ts";
import { drawBadge } from "./badge-row.ts";

interface BadgeTarget {
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** Replaces what is no badge, too. */
  readonly force: boolean;
}

const CLASSES: readonly (OpennessClass | null)[] = [1, 2, 3, null];

/**
 * Writes the badge, whole or not at all. A badge that this version draws, of whatever class, is replaced.
 * Throws USAGE, OUTPUT_EXISTS, OUTPUT_WRITE, RENDERER_MISSING.
 */
export async function writeBadge(file: string, openness: OpennessClass | null, { cwd, signal, force }: BadgeTarget): Promise<void> {
  const bytes = await drawBadge(file, openness);
  const drawings = await Promise.all(CLASSES.map((one) => drawBadge(file, one)));
  const isBadge = (found: Uint8Array): boolean => drawings.some((drawing) => Buffer.compare(drawing, found) === 0);
  const target = openTarget(resolve(cwd, file), { what: "badge of this version", force, isSameKind: isBadge });
  await writeAtomically(
    target,
    bytes,
    async (written) => {
      if (!isBadge(written)) throw new AssayError("OUTPUT_WRITE", "the disk gave back another badge than the one written");
    },
    signal,
  );
}
