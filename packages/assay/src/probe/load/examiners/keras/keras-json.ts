import { AssayError } from "../../../../core/error.ts";
import { parseJson, type JsonNode } from "../../../../encoding/json.ts";
import { encodeUtf8 } from "../../../../encoding/utf8.ts";

const MAX_DEPTH = 200;
const MAX_VALUES = 4_000_000;

/** A configuration, and whether all readers understand it in the same way. */
export type KerasJson = { readonly root: JsonNode; readonly isStrict: boolean } | { readonly why: string };

/**
 * Reads a saved configuration of Keras. Python's writer also writes NaN and Infinity; its reader takes the last of two equal
 * keys, and UTF-16 and UTF-32 as well. What is not strict JSON is read as Python does, so that nothing in it stays unseen.
 */
export function readKerasJson(bytes: Uint8Array): KerasJson {
  try {
    return { root: parse(bytes), isStrict: true };
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    return readAsPython(bytes) ?? { why: error.message };
  }
}

function parse(bytes: Uint8Array): JsonNode {
  return parseJson(bytes, { what: "configuration", shapeCode: "JSON_SYNTAX", maxDepth: MAX_DEPTH, maxValues: MAX_VALUES });
}

function readAsPython(bytes: Uint8Array): KerasJson | undefined {
  const { text, isUtf8 } = decode(bytes);
  const plain = withoutSpecialNumbers(text);
  try {
    return { root: parse(encodeUtf8(plain)), isStrict: isUtf8 };
  } catch {
    // Two equal keys, most likely.
  }
  try {
    return { root: parse(encodeUtf8(JSON.stringify(JSON.parse(plain)))), isStrict: false };
  } catch {
    return undefined;
  }
}

/** By the zeros between the first characters, or a mark, as Python's json.detect_encoding does. */
function decode(bytes: Uint8Array): { readonly text: string; readonly isUtf8: boolean } {
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  if (a === 0 && b === 0) return { text: fromUtf32(bytes, false), isUtf8: false };
  if (b === 0 || (a === 0xff && b === 0xfe)) {
    if (c === 0 && d === 0 && bytes.length >= 4) return { text: fromUtf32(bytes, true), isUtf8: false };
    return { text: new TextDecoder("utf-16le").decode(bytes), isUtf8: false };
  }
  if (a === 0 || (a === 0xfe && b === 0xff)) return { text: new TextDecoder("utf-16be").decode(bytes), isUtf8: false };
  return { text: new TextDecoder().decode(bytes), isUtf8: a !== 0xef };
}

function fromUtf32(bytes: Uint8Array, isLittle: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const parts: string[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const code = view.getUint32(at, isLittle);
    parts.push(code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code));
  }
  return parts.join("").replace(/^\ufeff/, "");
}

/** NaN and Infinity outside of texts become 0. */
function withoutSpecialNumbers(text: string): string {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') at = endOfText(text, at);
    const word = ["NaN", "Infinity"].find((one) => text.startsWith(one, at));
    if (word === undefined) continue;
    parts.push(text.slice(start, at), "0");
    start = at + word.length;
    at = start - 1;
  }
  return [...parts, text.slice(start)].join("");
}

/** The place of the quotation mark that ends the text that begins at `at`. */
function endOfText(text: string, at: number): number {
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === '"') return end;
    if (text[end] === "\\") end++;
  }
  return text.length;
}
