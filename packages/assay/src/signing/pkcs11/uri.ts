import { decodeUtf8 } from "../../encoding/utf8.ts";
import { AssayError } from "../../core/error.ts";

/** A PKCS#11 URI (RFC 7512) that names a private key, percent-decoded. What it does not say is undefined. */
export interface Pkcs11Uri {
  readonly token: string | undefined;
  readonly manufacturer: string | undefined;
  readonly serial: string | undefined;
  readonly model: string | undefined;
  readonly libraryManufacturer: string | undefined;
  readonly libraryDescription: string | undefined;
  readonly libraryVersion: string | undefined;
  readonly slotManufacturer: string | undefined;
  readonly slotDescription: string | undefined;
  readonly slotId: number | undefined;
  /** The key's label. */
  readonly object: string | undefined;
  /** The key's identifier: bytes, not text. */
  readonly id: Uint8Array | undefined;
  readonly modulePath: string | undefined;
  readonly moduleName: string | undefined;
  /** A secret: never shown. */
  readonly pinValue: string | undefined;
  readonly pinSource: string | undefined;
}

const PATH_ATTRIBUTES: ReadonlySet<string> = new Set(
  (
    "token manufacturer serial model library-manufacturer library-description library-version " +
    "slot-manufacturer slot-description slot-id object id type"
  ).split(" "),
);
const QUERY_ATTRIBUTES: ReadonlySet<string> = new Set(["module-path", "module-name", "pin-value", "pin-source"]);

/** RFC 7512 section 2.3: what may appear in a value as it is; in a query `/ ? |` too, in a path `&`. */
const PATH_VALUE = /^(?:[A-Za-z0-9\-._~:[\]@!$'()*+,=&]|%[0-9A-Fa-f]{2})*$/;
const QUERY_VALUE = /^(?:[A-Za-z0-9\-._~:[\]@!$'()*+,=/?|]|%[0-9A-Fa-f]{2})*$/;
const MAX_LENGTH = 8192;
const EXAMPLE = "for example pkcs11:token=release;object=models?module-name=softhsm2";

/**
 * Reads a PKCS#11 URI strictly: every attribute is one of RFC 7512 section 2.3, appears once, and holds what may
 * appear there. The URI has to name a key, by `object`, `id` or both.
 *
 * Throws PKCS11_URI. Its messages name attributes and never quote a value, for any of them may be a mistyped PIN.
 */
export function parsePkcs11Uri(uri: string): Pkcs11Uri {
  if (!uri.startsWith("pkcs11:")) throw refuse("it does not start with pkcs11:", EXAMPLE);
  if (uri.length > MAX_LENGTH) throw refuse(`it is longer than ${MAX_LENGTH} characters`);
  const [path, query] = splitOnce(uri.slice("pkcs11:".length), "?");
  const of = readAttributes(path, ";", PATH_ATTRIBUTES, PATH_VALUE);
  const asked = readAttributes(query, "&", QUERY_ATTRIBUTES, QUERY_VALUE);
  const text = (name: string): string | undefined => decodeText(of.get(name) ?? asked.get(name), name);

  const type = text("type");
  if (type !== undefined && type !== "private") throw refuse("its type is not private: models are signed with a private key");
  const modulePath = text("module-path");
  if (modulePath !== undefined && !/^(?:\/|[A-Za-z]:[\\/])/.test(modulePath)) throw refuse("its module-path is not absolute");
  if (asked.has("pin-value") && asked.has("pin-source")) throw refuse("it has both pin-value and pin-source, and only one may be there");
  const libraryVersion = text("library-version");
  if (libraryVersion !== undefined && !/^\d{1,3}(?:\.\d{1,3})?$/.test(libraryVersion)) throw refuse("its library-version is not a version");
  if (!of.has("object") && !of.has("id")) throw refuse("it names no key: neither object (the label) nor id", EXAMPLE);
  const id = of.get("id");
  return {
    token: text("token"),
    manufacturer: text("manufacturer"),
    serial: text("serial"),
    model: text("model"),
    libraryManufacturer: text("library-manufacturer"),
    libraryDescription: text("library-description"),
    libraryVersion,
    slotManufacturer: text("slot-manufacturer"),
    slotDescription: text("slot-description"),
    slotId: readSlotId(text("slot-id")),
    object: text("object"),
    id: id === undefined ? undefined : decodePercent(id),
    modulePath,
    moduleName: text("module-name"),
    pinValue: text("pin-value"),
    pinSource: text("pin-source"),
  };
}

function readAttributes(
  text: string | undefined,
  separator: ";" | "&",
  known: ReadonlySet<string>,
  allowed: RegExp,
): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  if (text === undefined || text === "") return attributes;
  for (const [index, part] of text.split(separator).entries()) {
    const where = `attribute ${index + 1} of its ${separator === ";" ? "path" : "query"}`;
    const [name, value] = splitOnce(part, "=");
    if (value === undefined) throw refuse(`${where} has no =`, EXAMPLE);
    if (!known.has(name)) {
      const elsewhere = separator === ";" ? QUERY_ATTRIBUTES : PATH_ATTRIBUTES;
      if (elsewhere.has(name)) throw refuse(`${name} belongs ${separator === ";" ? "behind" : "before"} the ?`);
      // The name may be a mistyped PIN as well as anything else.
      throw refuse(`${where} is not one that RFC 7512 defines`, `it defines ${[...known].join(", ")} there`);
    }
    if (attributes.has(name)) throw refuse(`${name} appears twice`);
    if (!allowed.test(value))
      throw refuse(`${name} holds a character that has to be percent-encoded`, "a blank is %20, / is %2F, ; is %3B");
    attributes.set(name, value);
  }
  return attributes;
}

function readSlotId(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,10}$/.test(text) || Number(text) > 0xffff_ffff) throw refuse("its slot-id is not a number of at most 32 bits");
  return Number(text);
}

function decodeText(value: string | undefined, name: string): string | undefined {
  if (value === undefined) return undefined;
  let text: string;
  try {
    text = decodeUtf8(decodePercent(value), "PKCS11_URI", name);
  } catch {
    throw refuse(`${name} is not UTF-8`);
  }
  if (text.includes("\0")) throw refuse(`${name} holds a NUL character`);
  return text;
}

function decodePercent(value: string): Uint8Array {
  const bytes = value.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Uint8Array.from(bytes, (character) => character.charCodeAt(0));
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

function refuse(why: string, hint?: string): AssayError {
  return new AssayError("PKCS11_URI", `the PKCS#11 URI is refused: ${why}`, { hint });
}
