import { isUtf8 } from "node:buffer";
import { constants as zlib, gunzipSync } from "node:zlib";
import { containsSignature, hasSignature } from "../../../formats/first-bytes.ts";
import { decoderFor, legacyReadings, wideReadings } from "./encodings.ts";

/** What the bytes of a file are, by the bytes alone: names and extensions are not asked. */
export type Decoded =
  /** Text, in each way of reading its bytes that makes sense: more than one where nothing says which encoding it is. */
  | { readonly kind: "text"; readonly readings: readonly string[] }
  /** A format for people to read that is not read here: its words are unknown. */
  | { readonly kind: "closed"; readonly format: string }
  | { readonly kind: "binary" };

/** What a compressed file may grow to. */
const MAX_UNPACKED = 512 * 1024;

/** Formats that hold words, by their first bytes, one character for each. */
const CLOSED: readonly (readonly [format: string, signature: string, at?: number])[] = [
  ["a zip archive or office document", "PK\u0003\u0004"],
  ["an office document", "\u00d0\u00cf\u0011\u00e0"],
  ["a RAR archive", "Rar!"],
  ["a 7z archive", "7z\u00bc\u00af'\u001c"],
  ["an xz archive", "\u00fd7zXZ"],
  ["a bzip2 archive", "BZh"],
  ["a Zstandard archive", "(\u00b5/\u00fd"],
  ["a tar archive", "ustar", 257],
  ["an image", "\u0089PNG"],
  ["an image", "\u00ff\u00d8\u00ff"],
  ["an image", "GIF8"],
  ["an image", "II*\u0000"],
  ["an image", "MM\u0000*"],
];

/** Decides between text, documents of a format that is not read here, and everything else. Never throws; bounded by the bytes. */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    const inner = unpack(bytes);
    const decoded = inner === undefined ? undefined : decodeText(inner);
    return decoded ?? { kind: "closed", format: "a gzip archive" };
  }
  // A PDF may have other bytes before its signature (ISO 32000-2, 7.5.2).
  if (containsSignature(bytes.subarray(0, 1024), "%PDF-")) return { kind: "closed", format: "a PDF" };
  const closed = CLOSED.find(([, signature, at]) => hasSignature(bytes, signature, at));
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
  const text = asUtf8(clean);
  if (text !== undefined) return [text, ...(shiftsToJapanese(clean) ? [decoderFor("iso-2022-jp").decode(clean)] : [])];
  // Western text has few bytes above ASCII, and a sentence in another script within Western text has few, too.
  const isWestern = high * 4 < clean.length;
  const western = decoderFor("windows-1252").decode(clean);
  const others = legacyReadings(clean, isWestern);
  return isWestern ? [western, ...others] : others;
}

/** ISO-2022-JP switches to Japanese by ESC and a dollar sign (RFC 1468). */
function shiftsToJapanese(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes("\u001b$");
}

function countBytes(bytes: Uint8Array): { zeros: number; controls: number; high: number } {
  let [zeros, controls, high] = [0, 0, 0];
  // By index: twice as fast as by iterator, and every text is counted.
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte > 31 && byte < 127) continue;
    if (byte === 0) zeros++;
    else if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27) controls++;
    else if (byte > 126) high++;
  }
  return { zeros, controls, high };
}

/** The text of bytes in UTF-8, without a character that is cut off at the end; undefined where they are not. */
function asUtf8(bytes: Uint8Array): string | undefined {
  // Nearly all texts are: then decoding is one step, and the slow way is for a cut character and for other encodings.
  if (isUtf8(bytes)) return decoderFor("utf-8").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}
