import { hasSignature } from "../first-bytes.ts";
import { damaged, hasExtension, NO_FACTS, type Format, type FormatReading } from "../format.ts";
import type { RandomAccess } from "../random-access.ts";
import { FILE_TYPES } from "./file-types.ts";
import { readMetadata } from "./metadata.ts";

/** The keys that describe the model come first; the vocabulary behind them is not needed. */
const WINDOW_BYTES = 1024 * 1024;
/** Magic, version and the two counts. */
const HEADER_BYTES = 24;
/** The fewest bytes that key, type and value of an entry take. */
const MIN_ENTRY_BYTES = 13n;
const MIN_TENSOR_BYTES = 32n;
const VERSIONS: ReadonlySet<number> = new Set([2, 3]);

/**
 * Reads what a GGUF file says of itself (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md): magic, version,
 * counts, then the metadata within the first megabyte. Counts that the file has no room for make it damaged.
 */
async function read(file: RandomAccess): Promise<FormatReading> {
  const bytes = await file.read(0, WINDOW_BYTES);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < HEADER_BYTES || !hasSignature(bytes, "GGUF")) return damaged("not GGUF: the first bytes are those of another format");
  const version = view.getUint32(4, true);
  if (!VERSIONS.has(version)) return damaged(`unsupported version ${version} of GGUF, expected 2 or 3`);
  const [tensors, entries] = [view.getBigUint64(8, true), view.getBigUint64(16, true)];
  if (tensors === 0n) return damaged("the header has no tensor");
  if (tensors * MIN_TENSOR_BYTES > BigInt(file.size))
    return damaged(`the header's count of ${tensors} tensors is more than the file has room for`);
  if (entries * MIN_ENTRY_BYTES > BigInt(file.size))
    return damaged(`the header's count of ${entries} metadata entries is more than the file has room for`);
  const metadata = readMetadata(view, HEADER_BYTES, entries);
  const fileType = metadata.get("general.file_type");
  const quantization = typeof fileType === "number" ? FILE_TYPES.get(fileType) : undefined;
  return {
    kind: "facts",
    facts: {
      ...NO_FACTS,
      format: "GGUF",
      tensors: Number(tensors),
      types: quantization === undefined ? [] : [quantization],
      statedName: text(metadata.get("general.name")),
      statedLicense: text(metadata.get("general.license")),
      statedArchitecture: text(metadata.get("general.architecture")),
    },
  };
}

function text(value: string | number | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

export const GGUF: Format = {
  name: "GGUF",
  isNamed: hasExtension("gguf"),
  begins: (head) => hasSignature(head, "GGUF"),
  isDistinctive: true,
  read,
};
