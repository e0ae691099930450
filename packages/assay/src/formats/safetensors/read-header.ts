import { AssayError } from "../../core/error.ts";
import { parseJson, type JsonNode } from "../../encoding/json.ts";
import type { RandomAccess } from "../random-access.ts";

/** The format's own limit. */
const MAX_HEADER_BYTES = 100_000_000;
/** Of 400,000 tensors: the largest models have some ten thousand. */
const MAX_VALUES = 1 << 22;
const BYTES_OF_LENGTH = 8;
/** A header, its tensors, their fields, the numbers of a shape. */
const MAX_DEPTH = 4;
const OPENING_BRACE = 0x7b;

/** The header as JSON and how many bytes follow it, or why it cannot be read. */
export type HeaderText = { readonly header: JsonNode; readonly dataLength: number } | { readonly why: string };

/**
 * Reads the header of a safetensors file (https://github.com/huggingface/safetensors#format): eight bytes of length,
 * then JSON. `head` has at least the first eight bytes of the file. Rejects only where `file.read` does.
 */
export async function readHeaderText(file: RandomAccess, head: Uint8Array): Promise<HeaderText> {
  const length = headerLength(head);
  if (length === undefined || file.size < BYTES_OF_LENGTH + 2) return { why: "too short for a safetensors header" };
  if (length > BigInt(file.size - BYTES_OF_LENGTH)) return { why: `the header's length of ${length} bytes is more than the file has` };
  if (length > MAX_HEADER_BYTES) return { why: `the header's length of ${length} bytes is more than any model needs` };
  const bytes = await file.read(BYTES_OF_LENGTH, Number(length));
  if (bytes.length !== Number(length)) return { why: "the file ends within its header" };
  if (bytes[0] !== OPENING_BRACE) return { why: "the header is not a JSON object" };
  try {
    const header = parseJson(bytes, { what: "header", shapeCode: "JSON_SYNTAX", maxDepth: MAX_DEPTH, maxValues: MAX_VALUES }).object();
    return { header, dataLength: file.size - BYTES_OF_LENGTH - Number(length) };
  } catch (error) {
    if (error instanceof AssayError) return { why: error.message };
    throw error;
  }
}

/** The number that a file begins with: bytes of the header that follows. */
function headerLength(head: Uint8Array): bigint | undefined {
  if (head.length < BYTES_OF_LENGTH) return undefined;
  return new DataView(head.buffer, head.byteOffset, BYTES_OF_LENGTH).getBigUint64(0, true);
}

/** Whether a file begins as safetensors do: a length that fits into the file, and an object. */
export function beginsWithHeader(head: Uint8Array, size: number): boolean {
  const length = headerLength(head);
  return length !== undefined && length >= 2n && length <= BigInt(size - BYTES_OF_LENGTH) && head[BYTES_OF_LENGTH] === OPENING_BRACE;
}
