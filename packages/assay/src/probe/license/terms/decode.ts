import { constants as zlib, gunzipSync } from "node:zlib";
import { legacyReadings, wideReadings } from "./encodings.ts";

/** What the bytes of a file are, by the bytes alone: names and extensions are not asked. */
export type Decoded =
  /** Text, in each way of reading its bytes that makes sense: more than one where nothing says which encoding it is. */
  | { readonly kind: "text"; readonly readings: readonly string[] }
  /** A format for people to read that is not read here: its words are unknown. */
  | { readonly kind: "closed"; readonly format: string }
  | { readonly kind: "binary" };

/** What a compressed file may grow to. */
const MAX_UNPACKED = 512 * 1024;

/** Formats that hold words, by their first bytes. */
const CLOSED: readonly (readonly [format: string, signature: readonly number[], at?: number])[] = [
  ["a PDF", [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ["a zip archive or office document", [0x50, 0x4b, 3, 4]],
  ["an office document", [0xd0, 0xcf, 0x11, 0xe0]],
  ["a RAR archive", [0x52, 0x61, 0x72, 0x21]],
  ["a 7z archive", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ["an xz archive", [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ["a bzip2 archive", [0x42, 0x5a, 0x68]],
  ["a Zstandard archive", [0x28, 0xb5, 0x2f, 0xfd]],
  ["a tar archive", [0x75, 0x73, 0x74, 0x61, 0x72], 257],
  ["an image", [0x89, 0x50, 0x4e, 0x47]],
  ["an image", [0xff, 0xd8, 0xff]],
  ["an image", [0x47, 0x49, 0x46, 0x38]],
  ["an image", [0x49, 0x49, 0x2a, 0]],
  ["an image", [0x4d, 0x4d, 0, 0x2a]],
];

/** Decides between text, documents of a format that is not read here, and everything else. Never throws; bounded by the bytes. */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    const inner = unpack(bytes);
    const decoded = inner === undefined ? undefined : decodeText(inner);
    return decoded ?? { kind: "closed", format: "a gzip archive" };
  }
  // A PDF may have other bytes before its signature (ISO 32000-2, 7.5.2).
  if (Buffer.from(bytes.subarray(0, 1024)).includes("%PDF-")) return { kind: "closed", format: "a PDF" };
  const closed = CLOSED.find(([, signature, at = 0]) => signature.every((byte, index) => bytes[at + index] === byte));
  if (closed !== undefined) return { kind: "closed", format: closed[0] };
  return decodeText(bytes) ?? { kind: "binary" };
}

/** The beginning of what a gzip file holds; a file that was cut off gives what there is. */
function unpack(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return gunzipSync(bytes, { finishFlush: zlib.Z_SYNC_FLUSH, maxOutputLength: MAX_UNPACKED });
  } catch {
    return undefined;
  }
}

function decodeText(bytes: Uint8Array): Decoded | undefined {
  if (bytes.length === 0) return { kind: "text", readings: [""] };
  const wide = wideReadings(bytes);
  const plain = narrowReadings(bytes);
  const readings = [...(wide.isCertain ? [] : plain), ...wide.readings];
  return readings.length === 0 ? undefined : { kind: "text", readings };
}

/** What the bytes say in encodings that extend ASCII; empty where they say nothing. */
function narrowReadings(bytes: Uint8Array): readonly string[] {
  const { zeros, controls, high } = countBytes(bytes);
  // A stray NUL does not make a text binary; many control characters do.
  if (zeros * 50 > bytes.length || controls * 10 > bytes.length) return [];
  const clean = zeros === 0 ? bytes : bytes.filter((byte) => byte !== 0);
  if (isUtf8(clean))
    return [new TextDecoder().decode(clean), ...(shiftsToJapanese(clean) ? [new TextDecoder("iso-2022-jp").decode(clean)] : [])];
  // Western text has few bytes above ASCII, and a sentence in another script within Western text has few, too.
  const isWestern = high * 4 < clean.length;
  const western = new TextDecoder("windows-1252").decode(clean);
  const others = legacyReadings(clean, isWestern);
  return isWestern ? [western, ...others] : others;
}

/** ISO-2022-JP switches to Japanese by ESC and a dollar sign (RFC 1468). */
function shiftsToJapanese(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes("\u001b$");
}

function countBytes(bytes: Uint8Array): { zeros: number; controls: number; high: number } {
  let [zeros, controls, high] = [0, 0, 0];
  for (const byte of bytes) {
    if (byte === 0) zeros++;
    else if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27) controls++;
    else if (byte > 126) high++;
  }
  return { zeros, controls, high };
}

/** UTF-8, at whose end a character may be cut off. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
