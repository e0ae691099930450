import { AssayError } from "../../core/error.ts";

const UNIT_MILLISECONDS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};
/** setTimeout takes no more; longer is as good as never. */
const LONGEST = 2 ** 31 - 1;

/**
 * A duration as Go writes it (`90s`, `1h30m`, `1.5h`), in milliseconds. `0` is no limit.
 *
 * Throws USAGE.
 */
export function readDuration(option: string, text: string): number | undefined {
  if (/^[+]?0$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/gy)];
  const read = parts.reduce((length, part) => length + part[0].length, 0);
  if (parts.length === 0 || read !== text.length) {
    throw new AssayError("USAGE", `--${option} "${text}" is no time`, {
      hint: `write numbers with units, for example --${option} 90s, 10m or 1h30m`,
    });
  }
  const milliseconds = parts.reduce((sum, [, number, unit]) => sum + Number(number) * (UNIT_MILLISECONDS[unit ?? ""] ?? 0), 0);
  if (milliseconds === 0) return undefined;
  return Math.min(LONGEST, Math.ceil(milliseconds));
}
