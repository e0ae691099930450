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
 * A duration as Go writes it (`90s`, `1h30m`, `1.5h`), in milliseconds. `0` means without a limit.
 *
 * Throws USAGE.
 */
export function readDuration(option: string, text: string): number | undefined {
  if (/^[+]?0$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/gy)];
  const read = parts.reduce((length, part) => length + part[0].length, 0);
  if (parts.length === 0 || read !== text.length) {
    throw new AssayError("USAGE", `--${option} "${text}" is not a duration`, {
      hint: `write numbers with units, for example --${option} 90s, 10m or 1h30m`,
    });
  }
  const milliseconds = parts.reduce((sum, [, number, unit]) => sum + Number(number) * (UNIT_MILLISECONDS[unit ?? ""] ?? 0), 0);
  if (milliseconds === 0) return undefined;
  return Math.min(LONGEST, Math.ceil(milliseconds));
}

/** How long ago something may be: `90d`, `12h`, `30m` or `10s`. Milliseconds. Throws USAGE. */
export function readAge(option: string, text: string): number {
  const [, count, unit = ""] = /^(\d{1,6})([dhms])$/.exec(text) ?? [];
  const milliseconds = Number(count) * (unit === "d" ? 86_400_000 : (UNIT_MILLISECONDS[unit] ?? 0));
  if (milliseconds > 0) return milliseconds;
  throw new AssayError("USAGE", `--${option} "${text}" is not an age`, { hint: `write a number with its unit: --${option} 90d or 12h` });
}

/**
 * The values of a repeatable option that names paths, with comma-separated lists taken apart as the
 * Go client does it: `a,b`, and `"a,1",b` where a path holds a comma.
 *
 * The Python reference takes every value whole. So a value with a comma that exists as a path, is
 * that path; any other is a list. A command line changes its meaning only where it names a path with a
 * comma that does not exist.
 */
export function splitPathLists(values: readonly string[], exists: (path: string) => boolean): string[] {
  const paths: string[] = [];
  for (const value of values) {
    if (!value.includes(",") || exists(value)) paths.push(value);
    else paths.push(...splitList(value));
  }
  return paths;
}

/** One CSV record (RFC 4180); a malformed record is taken apart at its commas. Empty fields vanish. */
export function splitList(value: string): string[] {
  const fields = value.includes('"') ? (splitQuoted(value) ?? value.split(",")) : value.split(",");
  return fields.filter((field) => field !== "");
}

function splitQuoted(value: string): string[] | undefined {
  const fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;
  for (;;) {
    const match = field.exec(value);
    if (match === null) return undefined;
    fields.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] === "") return fields;
  }
}

/** A moment as RFC 3339 writes it, with its offset: `2027-01-31T00:00:00Z`. Throws USAGE. */
export function readMoment(option: string, text: string): Date {
  const parts = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)$/.exec(text);
  const time = new Date(parts === null ? Number.NaN : Date.parse(text.toUpperCase()));
  const [, year = "", month = "", day = "", hour = ""] = parts ?? [];
  // Date.parse takes 31 February for 3 March, and 24:00 for the next day.
  const exists = new Date(`${year}-${month}-${day}T00:00:00Z`).getUTCDate() === Number(day) && Number(hour) < 24;
  if (!Number.isNaN(time.getTime()) && exists) return time;
  throw new AssayError("USAGE", `--${option} "${text}" is not a time`, {
    hint: `write it as RFC 3339 does, with its offset: --${option} 2027-01-31T12:00:00Z`,
  });
}
