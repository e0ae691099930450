import { isUtf8 } from "../../encoding/utf8.ts";
import { crc32 } from "./checksum.ts";
import { EXTRA_UNICODE_PATH, fieldOf, type ExtraField } from "./extra-fields.ts";

const UTF8_FLAG = 0x0800;
const VERSION_CRC_BYTES = 5;

/** The name of a member, and what readers may not agree on in it. */
export interface MemberName {
  readonly name: string;
  /** True where the characters depend on the reader: neither ASCII nor declared as UTF-8. */
  readonly isAmbiguous: boolean;
  /** A second name, in the extra field for Unicode names, that is not the same. */
  readonly other: string | undefined;
}

export function readMemberName(bytes: Uint8Array, flags: number, fields: readonly ExtraField[]): MemberName {
  const unicode = fieldOf(fields, EXTRA_UNICODE_PATH);
  const hasUnicode = unicode !== undefined && unicode.length >= VERSION_CRC_BYTES && unicode.u32(1) === crc32(bytes);
  const second = hasUnicode ? decode(unicode.bytes.subarray(VERSION_CRC_BYTES)) : undefined;
  const name = decode(bytes);
  const isDeclared = isUtf8(bytes) && ((flags & UTF8_FLAG) !== 0 || second === name);
  const isAmbiguous = !isDeclared && bytes.some((byte) => byte >= 0x80);
  return { name, isAmbiguous, other: second === name ? undefined : second };
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder(isUtf8(bytes) ? "utf-8" : "latin1", { ignoreBOM: true }).decode(bytes);
}

/** Why a name is not a plain relative path, as the end of a sentence; undefined for one that is. */
export function pathFault(name: string): string | undefined {
  if (name === "") return "has an empty name";
  // Python cuts a name off at its first NUL, PyTorch does not.
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(name)) return "has a control character in its name";
  if (name.includes("\\")) return "has a backslash in its name, which some readers take for a slash";
  if (name.startsWith("/") || /^[A-Za-z]:/.test(name)) return "has an absolute path for a name";
  const parts = name.replace(/\/$/, "").split("/");
  if (parts.includes("..")) return "has a name that leaves the folder of the archive";
  return parts.some((part) => part === "" || part === ".") ? "has a name with an empty part" : undefined;
}

/** Names with the same key are one name for some reader or file system: PyTorch finds members without regard to case. */
export function similarityKey(name: string): string {
  const parts = name.normalize("NFKC").toLowerCase().replaceAll("\\", "/").split("/");
  return parts
    .map((part) => part.replace(/[. ]+$/, ""))
    .filter((part) => part !== "")
    .join("/");
}
