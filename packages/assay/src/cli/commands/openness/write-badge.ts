import { AssayError } from "../../../core/error.ts";
import type { OpennessClass } from "../../../index.ts";
import { badgeSvg } from "../../../report/badge.ts";

interface BadgeTarget {
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** Replaces any regular file. */
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
  const { writeOutput } = await import("../../../api/output-file.ts");
  await writeOutput(file, cwd, {
    what: "badge of this version",
    bytes: new TextEncoder().encode(badgeSvg(openness)),
    isSameKind: (found) => drawings.some((drawing) => Buffer.compare(drawing, found) === 0),
    force,
    signal,
  });
}

function notSvg(file: string): AssayError {
  const example = file.replace(/\.[A-Za-z0-9]{1,4}$/, "");
  return new AssayError("USAGE", `${file} is not an SVG file: a badge is written as SVG only`, {
    hint: `for example: --badge ${example}.svg`,
  });
}
