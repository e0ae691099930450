import { damaged, hasExtension, NO_FACTS, type Format, type FormatReading } from "../format.ts";
import type { RandomAccess } from "../random-access.ts";
import { readHeader } from "./header.ts";
import { beginsWithHeader, readHeaderText } from "./read-header.ts";

/**
 * Reads the header of a safetensors file, which gives every tensor its type, shape and range. The ranges must fill the rest
 * of the file exactly, so that a truncated file is not taken for weights. The tensors themselves are not read.
 */
async function read(file: RandomAccess, head: Uint8Array): Promise<FormatReading> {
  const text = await readHeaderText(file, head);
  if ("why" in text) return damaged(text.why);
  const header = readHeader(text.header, text.dataLength);
  if ("why" in header) return damaged(header.why);
  const { doubts: _, ...facts } = header;
  if (facts.tensors === 0) return damaged("the header has no tensor");
  if (facts.parameters === 0) return damaged("the tensors are empty");
  return { kind: "facts", facts: { ...NO_FACTS, format: "safetensors", ...facts } };
}

export const SAFETENSORS: Format = {
  name: "safetensors",
  isNamed: hasExtension("safetensors"),
  begins: beginsWithHeader,
  isDistinctive: true,
  read,
};
