import { AssayError } from "../core/error.ts";

const UNITS: Readonly<Record<string, number>> = { "": 1, K: 1e3, M: 1e6, B: 1e9, T: 1e12 };

/** Inclusive; undefined means unbounded. */
export interface ParameterRange {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/**
 * The number of parameters, where a release's version is that number: `7B`, `450M`, `1.5T`, and `1_1B` for
 * 1.1 billion, as some write it. Undefined for whatever may be something else, such as `v1.3` or `8x7B`.
 */
export function parseParameters(version: string | undefined): number | undefined {
  const match = /^(\d{1,4})(?:[._](\d{1,4}))?\s?([KMBT])$/i.exec(version?.trim() ?? "");
  return match === null ? undefined : count(match);
}

/** `1B..10B`, `..7B`, `70B..`, `7B`. Throws USAGE. */
export function parseRange(text: string): ParameterRange {
  const ends = text.split("..").map((end) => end.trim());
  const [from = "", to = from] = ends;
  if (ends.length > 2 || (from === "" && to === "")) throw badRange(text);
  const range = { from: from === "" ? undefined : readEnd(from, text), to: to === "" ? undefined : readEnd(to, text) };
  if (range.from !== undefined && range.to !== undefined && range.from > range.to) {
    throw new AssayError("USAGE", `the range of parameters "${text}" ends before it begins`, { hint: `did you mean ${to}..${from}` });
  }
  return range;
}

export function isWithinRange(parameters: number | undefined, { from, to }: ParameterRange): boolean {
  return parameters !== undefined && (from === undefined || parameters >= from) && (to === undefined || parameters <= to);
}

function readEnd(end: string, whole: string): number {
  const match = /^(\d{1,15})(?:\.(\d{1,4}))?\s?([KMBT]?)$/i.exec(end);
  if (match === null) throw badRange(whole);
  return count(match);
}

function count([, whole = "", fraction = "", unit = ""]: RegExpExecArray): number {
  return Math.round(Number(`${whole}.${fraction}`) * (UNITS[unit.toUpperCase()] ?? 1));
}

function badRange(text: string): AssayError {
  return new AssayError("USAGE", `"${text}" is not a number of parameters or a range of them`, {
    hint: "for example 1B..10B, ..7B or 70B..",
  });
}
