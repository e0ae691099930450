import { AssayError } from "../../core/error.ts";

/** A whole number from 1 to `most`, in plain decimal digits. Throws USAGE. */
export function readCount(option: string, text: string, most: number): number {
  const count = /^[0-9]{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (count >= 1 && count <= most) return count;
  const meant = withUnit(text);
  throw new AssayError("USAGE", `--${option} "${text}" is not a whole number from 1 to ${most}`, {
    hint: meant === undefined || meant > most ? undefined : `did you mean --${option} ${meant}`,
  });
}

/** `1GB`, `1.5 GiB`, `64k`, `1_000_000`, `1,000,000`, `1e9` in plain digits; undefined for anything else. */
function withUnit(text: string): number | undefined {
  const [, digits, unit = ""] = /^([0-9][0-9_, ]*(?:\.[0-9]+)?(?:e[0-9]{1,2})?) ?([kmgt]?i?)b?(?:ytes)?$/i.exec(text.trim()) ?? [];
  if (digits === undefined) return undefined;
  const base = unit.toLowerCase().endsWith("i") ? 1024 : 1000;
  const power = ["", "k", "m", "g", "t"].indexOf(unit.toLowerCase().replace("i", ""));
  const count = Math.round(Number(digits.replaceAll(/[_, ]/g, "")) * base ** power);
  return Number.isSafeInteger(count) && count >= 1 ? count : undefined;
}
