import { resolve } from "node:path";
import { AssayError } from "../../../core/error.ts";
import { openTarget } from "../../../files/output-target.ts";
import { writeAtomically } from "../../../files/write-atomically.ts";
import type { OpennessClass } from "../../../openness/components.ts";
import { badgeSvg } from "../../../report/badge.ts";

interface BadgeTarget {
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** Replaces anything, not only a badge. */
  readonly force: boolean;
}

const CLASSES: readonly (OpennessClass | null)[] = [1, 2, 3, null];

/**
 * Writes the badge, whole or not at all. A badge that this version draws, of whatever class, is replaced.
 * Throws USAGE, OUTPUT_EXISTS, OUTPUT_WRITE.
 */
export async function writeBadge(file: string, openness: OpennessClass | null, { cwd, signal, force }: BadgeTarget): Promise<void> {
  if (!/\.svg$/i.test(file)) throw notSvg(file);
  const drawings = CLASSES.map((one) => new TextEncoder().encode(badgeSvg(one)));
  const isBadge = (found: Uint8Array): boolean => drawings.some((drawing) => Buffer.compare(drawing, found) === 0);
  const target = openTarget(resolve(cwd, file), { what: "badge of this version", force, isSameKind: isBadge });
  await writeAtomically(
    target,
    new TextEncoder().encode(badgeSvg(openness)),
    async (written) => {
      if (!isBadge(written)) throw new AssayError("OUTPUT_WRITE", "the disk gave back another badge than the one written");
    },
    signal,
  );
}

function notSvg(file: string): AssayError {
  const example = file.replace(/\.[A-Za-z0-9]{1,4}$/, "");
  return new AssayError("USAGE", `${file} is not an SVG file: a badge is written as SVG only`, {
    hint: `for example: --badge ${example}.svg`,
  });
}
