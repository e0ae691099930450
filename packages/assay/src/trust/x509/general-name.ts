import { contextTag, type DerValue, invalid } from "../../encoding/der.ts";
import { readAscii, readOid } from "../../encoding/der-values.ts";
import { encodeHex } from "../../encoding/hex.ts";
import { type DistinguishedName, readName } from "./name.ts";

/** A GeneralName, RFC 5280 section 4.2.1.6. `value` is for people, and what a caller compares. */
export type GeneralName =
  | { readonly type: "email" | "dns" | "uri"; readonly value: string }
  | { readonly type: "ip"; readonly value: string; readonly bytes: Uint8Array }
  | { readonly type: "directoryName"; readonly value: string; readonly name: DistinguishedName }
  /** `bytes` is the DER of the value inside. */
  | { readonly type: "otherName"; readonly value: string; readonly oid: string; readonly bytes: Uint8Array }
  | { readonly type: "x400Address" | "ediPartyName" | "registeredId"; readonly value: string };

/** Throws DER_INVALID. */
export function readGeneralName(value: DerValue): GeneralName {
  switch (value.tag) {
    case contextTag(0, true): {
      const fields = value.children();
      const oid = readOid(fields.next());
      const content = fields.next(contextTag(0, true));
      fields.end();
      const inside = content.children();
      inside.next();
      inside.end();
      return { type: "otherName", value: `${oid};${encodeHex(content.content)}`, oid, bytes: content.content };
    }
    case contextTag(1, false):
      return { type: "email", value: readIa5(value) };
    case contextTag(2, false):
      return { type: "dns", value: readIa5(value) };
    case contextTag(3, true):
      return { type: "x400Address", value: encodeHex(value.content) };
    case contextTag(4, true): {
      // A CHOICE inside, so the tag is explicit.
      const fields = value.children();
      const name = readName(fields.next());
      fields.end();
      return { type: "directoryName", value: name.rfc4514, name };
    }
    case contextTag(5, true):
      return { type: "ediPartyName", value: encodeHex(value.content) };
    case contextTag(6, false):
      return { type: "uri", value: readIa5(value) };
    case contextTag(7, false):
      return { type: "ip", value: showAddress(value.content), bytes: value.content };
    case contextTag(8, false):
      return { type: "registeredId", value: readOid(value, contextTag(8, false)) };
    default:
      throw invalid("a general name of no known form");
  }
}

/** An implicitly tagged IA5String. Octets beyond ASCII are a departure, and shown in hex: which characters they are is not said. */
function readIa5(value: DerValue): string {
  if (value.content.every((octet) => octet < 0x80)) return readAscii(value.content);
  value.depart("a character that is not ASCII where only ASCII may be");
  return `#${encodeHex(value.content)}`;
}

function showAddress(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join(".");
  if (bytes.length !== 16) return `#${encodeHex(bytes)}`;
  const groups = Array.from({ length: 8 }, (_, index) => (((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0)).toString(16));
  return groups.join(":");
}

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/** A host name in the preferred syntax of RFC 1034 section 3.5 and RFC 1123 section 2.1: not an address, no trailing dot. */
export function isHostName(text: string): boolean {
  if (text.length === 0 || text.length > 253) return false;
  const labels = text.split(".");
  // A last label of digits would make an address of it, which belongs into iPAddress.
  return labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1) ?? "");
}

/** A mailbox in the addr-spec form `local@host`: one @, both sides there, no white space or control character. */
export function isMailbox(text: string): boolean {
  const at = text.indexOf("@");
  return /^[!-?A-~]{1,256}$/.test(text.slice(0, Math.max(at, 0))) && isHostName(text.slice(at + 1));
}

/** The host that a URI names, undefined where it names none or an address. RFC 3986 section 3.2. */
export function hostOf(uri: string): string | undefined {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(uri)?.[1];
  const host = authority?.replace(/^.*@/s, "").replace(/:\d*$/, "");
  return host !== undefined && isHostName(host) ? host : undefined;
}

/**
 * Why a name may not appear in a certificate, undefined where it may: RFC 5280 section 4.2.1.6. A wildcard
 * as the whole first label of a DNS name is let through, as every web certificate has it.
 */
export function malformation(name: GeneralName): string | undefined {
  switch (name.type) {
    case "dns":
      return isHostName(name.value.replace(/^\*\./, "")) ? undefined : "is not a host name";
    case "email":
      return isMailbox(name.value) ? undefined : "is not a mailbox";
    case "uri":
      return /^[a-z][a-z0-9+.-]*:[!-~]+$/i.test(name.value) ? undefined : "is not an absolute URI";
    case "ip":
      return name.bytes.length === 4 || name.bytes.length === 16 ? undefined : "is not an address of 4 or 16 octets";
    case "directoryName":
      return name.name.keys.length > 0 ? undefined : "is an empty name";
    default:
      return undefined;
  }
}
