import { AssayError } from "../../../../core/error.ts";
import { encodeUtf8 } from "../../../../encoding/utf8.ts";
import { parseJson, type JsonNode } from "../../../../encoding/json.ts";

const MAX_DEPTH = 200;
const MAX_VALUES = 4_000_000;

/**
 * A saved configuration of Keras, and whether it is strict JSON. Python's writer also writes NaN and Infinity, and its
 * reader takes the last of two equal keys: what is not strict is read in its way, so that nothing in it stays unseen.
 */
export function readKerasJson(bytes: Uint8Array): { readonly root: JsonNode; readonly isStrict: boolean } | { readonly why: string } {
  try {
    return { root: parse(bytes), isStrict: true };
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    const lenient = parseAsPython(bytes);
    return lenient === undefined ? { why: error.message } : lenient;
  }
}

function parse(bytes: Uint8Array): JsonNode {
  return parseJson(bytes, { what: "configuration", shapeCode: "JSON_SYNTAX", maxDepth: MAX_DEPTH, maxValues: MAX_VALUES });
}

function parseAsPython(bytes: Uint8Array): { readonly root: JsonNode; readonly isStrict: boolean } | undefined {
  const text = new TextDecoder().decode(bytes);
  const numbers = text.replace(/("(?:[^"\\]|\\.)*")|-?\b(?:NaN|Infinity)\b/g, (_, string: string | undefined) => string ?? "0");
  try {
    return { root: parse(encodeUtf8(numbers)), isStrict: true };
  } catch {
    // Two equal keys, most likely.
  }
  try {
    return { root: parse(encodeUtf8(JSON.stringify(JSON.parse(numbers)))), isStrict: false };
  } catch {
    return undefined;
  }
}
