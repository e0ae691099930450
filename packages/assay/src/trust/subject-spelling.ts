import { comparableText, type DistinguishedName, SHORT_NAMES } from "./x509/name.ts";

/**
 * Whether a text names a subject, in one of the ways in which tools print one: `CN = a, O = b` and `/CN=a/O=b`
 * of OpenSSL, RFC 4514 and RFC 2253 with other short names, in either order. It is for a hint only: who may
 * sign is decided by the exact text.
 */
export function namesSubject(text: string, subject: DistinguishedName): boolean {
  const expected = subject.rdns.map((rdn) => rdn.map(({ oid, text: value }) => partKey(oid, value ?? "")).sort());
  const parts = text.startsWith("/") ? splitAt(text.slice(1), "/") : splitAt(text, ",");
  const found = parts.map(readPart);
  if (found.some((part) => part === undefined)) return false;
  const keys = found.map((part) => (part ?? []).sort().join("+"));
  const wanted = expected.map((rdn) => rdn.join("+"));
  return isSame(keys, wanted) || isSame(keys.toReversed(), wanted);
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index]);
}

/** The attributes of one part, `a=b` or `a=b+c=d`; undefined for what is neither. */
function readPart(part: string): string[] | undefined {
  const keys = splitAt(part, "+").map((attribute) => {
    const [, type = "", value = ""] = /^\s*([A-Za-z][A-Za-z0-9]*|\d+(?:\.\d+)+)\s*=\s*([^]*?)\s*$/.exec(attribute) ?? [];
    const oid = OIDS.get(type.toLowerCase()) ?? (/^\d/.test(type) ? type : undefined);
    return oid === undefined ? undefined : partKey(oid, unescaped(value));
  });
  return keys.includes(undefined) ? undefined : keys.filter((key) => key !== undefined);
}

function partKey(oid: string, value: string): string {
  return `${oid}=${comparableText(value)}`;
}

/** Splits at a separator that no backslash and no quotation marks protect. */
function splitAt(text: string, separator: string): string[] {
  const parts = [""];
  let isQuoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === "\\") parts.push((parts.pop() ?? "") + text.slice(index, ++index + 1));
    else if (character === separator && !isQuoted) parts.push("");
    else {
      if (character === '"') isQuoted = !isQuoted;
      parts.push((parts.pop() ?? "") + character);
    }
  }
  return parts;
}

function unescaped(value: string): string {
  const bare = /^"[^]*"$/.test(value) ? value.slice(1, -1) : value;
  return bare.replaceAll(/\\(.)/gs, "$1");
}

/** Short names of this tool, and what OpenSSL, Java and Windows call the same attributes; in lower case. */
const OIDS: ReadonlyMap<string, string> = new Map([
  ...[...SHORT_NAMES].map(([oid, name]) => [name.toLowerCase(), oid] as const),
  ["e", "1.2.840.113549.1.9.1"],
  ["email", "1.2.840.113549.1.9.1"],
  ["s", "2.5.4.8"],
  ["sp", "2.5.4.8"],
  ["gn", "2.5.4.42"],
  ["surname", "2.5.4.4"],
]);

const PREFIX = /^(?:email|rfc822|e-?mail address|dns|uri|url|ip|ip address)\s*[:=]\s*([^]+)$/i;

/** The value behind a type, as OpenSSL and this tool print alternative names: `email:a@example.com`. */
export function withoutNameType(text: string): string | undefined {
  return PREFIX.exec(text)?.[1];
}

/** RFC 5280 section 7.5: the local part of a mailbox is compared as it is, the host without case. */
export function sameMailbox(a: string, b: string): boolean {
  const [at, other] = [a.lastIndexOf("@"), b.lastIndexOf("@")];
  if (at < 1 || other < 1) return false;
  return a.slice(0, at) === b.slice(0, other) && a.slice(at).toLowerCase() === b.slice(other).toLowerCase();
}
