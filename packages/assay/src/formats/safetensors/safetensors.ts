import { AssayError } from "../../core/error.ts";
import { parseJson } from "../../encoding/json.ts";
import { damaged, hasExtension, NO_FACTS, type Format, type FormatReading } from "../format.ts";
import type { RandomAccess } from "../random-access.ts";
import { readHeader } from "./header.ts";

/** The format's own limit is 100 MB; real headers have a few megabytes. */
const MAX_HEADER_BYTES = 32 * 1024 * 1024;
const BYTES_OF_LENGTH = 8;
/** A header, its tensors, their fields, the numbers of a shape. */
const MAX_DEPTH = 4;

/**
 * Reads the header of a safetensors file (https://github.com/huggingface/safetensors#format): eight bytes of length,
 * then JSON that gives every tensor its type, shape and range. The ranges must fill the rest of the file exactly, so
 * that a truncated file is not taken for weights. The tensors themselves are not read.
 */
async function read(file: RandomAccess, head: Uint8Array): Promise<FormatReading> {
  const length = headerLength(head);
  if (length === undefined || file.size < BYTES_OF_LENGTH + 2) return damaged("too short for a safetensors header");
  if (length > BigInt(file.size - BYTES_OF_LENGTH)) return damaged(`the header's length of ${length} bytes is more than the file has`);
  if (length > MAX_HEADER_BYTES) return damaged(`the header's length of ${length} bytes is more than any model needs`);
  const bytes = await file.read(BYTES_OF_LENGTH, Number(length));
  if (bytes.length !== Number(length)) return damaged("the file ends within its header");
  if (bytes[0] !== OPENING_BRACE) return damaged("the header is not a JSON object");
  try {
    const header = parseJson(bytes, { what: "header", shapeCode: "JSON_SYNTAX", maxDepth: MAX_DEPTH }).object();
    const read = readHeader(header, file.size - BYTES_OF_LENGTH - Number(length));
    if ("why" in read) return damaged(read.why);
    return { kind: "facts", facts: { ...NO_FACTS, format: "safetensors", ...read } };
  } catch (error) {
    if (error instanceof AssayError) return damaged(error.message);
    throw error;
  }
}

const OPENING_BRACE = 0x7b;

/** The number that a file begins with: bytes of the header that follows. */
function headerLength(head: Uint8Array): bigint | undefined {
  if (head.length < BYTES_OF_LENGTH) return undefined;
  return new DataView(head.buffer, head.byteOffset, BYTES_OF_LENGTH).getBigUint64(0, true);
}

function begins(head: Uint8Array, size: number): boolean {
  const length = headerLength(head);
  return length !== undefined && length >= 2n && length <= BigInt(size - BYTES_OF_LENGTH) && head[BYTES_OF_LENGTH] === OPENING_BRACE;
}

export const SAFETENSORS: Format = { name: "safetensors", isNamed: hasExtension("safetensors"), begins, isDistinctive: true, read };
