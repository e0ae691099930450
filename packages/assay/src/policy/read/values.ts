import type { YamlValue } from "../../encoding/yaml.ts";
import type { PolicyFile } from "../policy.ts";
import type { Faults } from "./faults.ts";
import { described, listOf, textOf } from "./fields.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** A day, YYYY-MM-DD, that exists: quoted or not, YAML's core schema reads it as a text. */
export function dateOf(value: YamlValue, path: string, faults: Faults): string | undefined {
  const text = textOf(value, path, faults);
  if (text === undefined) return undefined;
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  // A day that does not exist is moved to the next month, or is not a time.
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text)) return text;
  return faults.add("POLICY_VALUE", value.place, `${path} is ${JSON.stringify(text)}: expected a day that exists, such as 2027-01-31`);
}

/** The first moment of a day. */
export function startOfDay(date: string): number {
  return Date.parse(`${date}T00:00:00Z`);
}

/** The first moment after a day. */
export function endOfDay(date: string): number {
  return startOfDay(date) + DAY_MS;
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["kB", 1e3],
  ["MB", 1e6],
  ["GB", 1e9],
  ["TB", 1e12],
  ["KiB", 2 ** 10],
  ["MiB", 2 ** 20],
  ["GiB", 2 ** 30],
  ["TiB", 2 ** 40],
]);

/** A number of bytes: an integer, or a number with a unit and without a blank between them. */
export function sizeOf(value: YamlValue, path: string, faults: Faults): number | undefined {
  if (value.kind !== "text" && value.kind !== "number")
    return faults.add("POLICY_TYPE", value.place, `${path} must be a size, not ${described(value)}`);
  if (value.kind === "text" && /^\d+$/.test(value.text))
    return faults.add("POLICY_TYPE", value.place, `${path} must be a number of bytes without quotes, or have a unit`);
  // A number of YAML may be octal, hexadecimal or have an exponent: bytes are written in decimal digits.
  const [, whole = "", fraction = "", unit = ""] = /^(\d{1,16})(?:\.(\d{1,12}))?([kMGT]?B|[KMGT]iB)?$/.exec(value.text) ?? [];
  const factor = UNITS.get(unit);
  const isWritten =
    whole !== "" && factor !== undefined && (unit !== "" ? value.kind === "text" : fraction === "" && value.kind === "number");
  if (isWritten) {
    const scaled = BigInt(whole + fraction) * BigInt(factor);
    const divisor = 10n ** BigInt(fraction.length);
    const bytes = Number(scaled / divisor);
    if (scaled % divisor === 0n && bytes > 0 && Number.isSafeInteger(bytes)) return bytes;
  }
  const expected = "expected a whole number of bytes above 0, such as 1000000, 1.5GB or 80GiB";
  return faults.add("POLICY_VALUE", value.place, `${path} is ${JSON.stringify(value.text)}: ${expected}`);
}

/** A span of time in milliseconds: `90d`, `12h`. */
export function durationOf(value: YamlValue, path: string, faults: Faults): number | undefined {
  const text = textOf(value, path, faults);
  if (text === undefined) return undefined;
  const [, digits = "", unit] = /^([1-9]\d{0,5})([dh])$/.exec(text) ?? [];
  if (unit !== undefined) return Number(digits) * (unit === "d" ? DAY_MS : DAY_MS / 24);
  return faults.add("POLICY_VALUE", value.place, `${path} is ${JSON.stringify(text)}: expected days or hours, such as 90d or 12h`);
}

/** `sha256:` and 64 lower-case hexadecimal digits. */
export function digestOf(value: YamlValue, path: string, faults: Faults): string | undefined {
  const text = textOf(value, path, faults);
  if (text === undefined || /^sha256:[0-9a-f]{64}$/.test(text)) return text;
  return faults.add("POLICY_VALUE", value.place, `${path} is not a digest: expected sha256: and 64 lower-case hexadecimal digits`);
}

/** A file that the policy names. Whether it can be read is found by who reads the policy from a disk. */
export function namedFileOf(value: YamlValue, path: string, faults: Faults): PolicyFile | undefined {
  const text = textOf(value, path, faults, { max: 4096 });
  return text === undefined ? undefined : { path: text, place: value.place };
}

/** A list in which each item is read alike; undefined where an item is wrong. */
export function listed<Item>(
  value: YamlValue | undefined,
  path: string,
  faults: Faults,
  read: (item: YamlValue, path: string, faults: Faults) => Item | undefined,
  max?: number,
): readonly Item[] | undefined {
  const items = value === undefined ? undefined : listOf(value, path, faults, max);
  const found = items?.map((item, index) => read(item, `${path}[${index}]`, faults));
  return found?.every((item) => item !== undefined) === true ? found : undefined;
}

/** One item or a list of them. */
export function oneOrMore<Item>(
  value: YamlValue | undefined,
  path: string,
  faults: Faults,
  read: (item: YamlValue, path: string, faults: Faults) => Item | undefined,
): readonly Item[] | undefined {
  if (value === undefined || value.kind === "list") return listed(value, path, faults, read);
  const item = read(value, path, faults);
  return item === undefined ? undefined : [item];
}
