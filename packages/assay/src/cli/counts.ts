import { AssayError } from "../error.ts";

/** A whole number from 1 to `most`, in plain decimal digits. Throws USAGE. */
export function readCount(option: string, text: string, most: number): number {
  const count = /^[0-9]{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (count >= 1 && count <= most) return count;
  throw new AssayError("USAGE", `--${option} "${text}" is no whole number from 1 to ${most}`);
}
