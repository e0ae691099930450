import type { RandomAccess } from "../random-access.ts";
import { Cursor, EndOfBytes } from "./cursor.ts";
import { GgufRefusal, type GgufFault } from "./fault.ts";
import { MetadataWalk, type MetadataValue } from "./metadata-walk.ts";
import { TensorWalk, type TensorSummary } from "./tensor-walk.ts";

/** What a GGUF file holds, as far as it could be read. */
export interface GgufStructure {
  /** 1 to 3; 0 where the file is not GGUF. */
  readonly version: number;
  readonly isLittleEndian: boolean;
  /** Numbers, texts and lists of texts that describe the model, by key: of the rest, types and lengths are checked only. */
  readonly metadata: ReadonlyMap<string, MetadataValue>;
  readonly tensors: TensorSummary;
  /** Tensors that the header counts; those that were read are in `tensors`. */
  readonly tensorCount: number;
  readonly faults: readonly GgufFault[];
}

/** Metadata and tensor infos that are read, in bytes: vocabularies of a million words take a tenth of it. */
const MAX_READ = 256 * 1024 * 1024;
const MAX_KEYS = 65_536;
const MAX_TENSORS = 262_144;
const MIN_KEY_BYTES = { 1: 9, later: 13 };
const MIN_TENSOR_BYTES = { 1: 17, later: 24 };

/**
 * Reads a GGUF file from the magic to the last tensor info, and checks where every tensor's bytes are
 * (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md, versions 1 to 3, both byte orders; where the page leaves
 * something open, as llama.cpp's gguf.cpp reads it). Tensors themselves are not read. Every count is checked against the
 * bytes left. With a lower `maxRead`, in bytes, the reading ends there with the fault `bound`. Rejects only where `file.read` does.
 */
export async function readGguf(file: RandomAccess, maxRead: number = MAX_READ): Promise<GgufStructure> {
  const cursor = new Cursor(file, maxRead);
  const metadata = new MetadataWalk(cursor);
  const tensors = new TensorWalk(cursor);
  const faults: GgufFault[] = [];
  let version = 0;
  let tensorCount = 0;
  try {
    version = await readVersion(cursor);
    const counts = await readCounts(cursor, version);
    tensorCount = counts.tensorCount;
    await metadata.walk(counts.keyCount, version);
    await tensors.walk(tensorCount, version);
    tensors.checkLayout(metadata.alignment(), file.size);
  } catch (error) {
    if (error instanceof GgufRefusal) faults.push(error.fault);
    else if (error instanceof EndOfBytes) faults.push(endOf(error, cursor.offset, maxRead));
    else throw error;
  }
  return {
    version,
    isLittleEndian: cursor.isLittleEndian,
    metadata: metadata.values,
    tensors: tensors.summary,
    tensorCount,
    faults: [...metadata.faults, ...tensors.faults, ...faults],
  };
}

function endOf({ why }: EndOfBytes, offset: number, maxRead: number): GgufFault {
  if (why === "bound") return { kind: "bound", what: `its metadata is longer than the ${maxRead / 1024 / 1024} MiB that are read`, offset };
  return { kind: "truncated", what: "it ends in the middle of its metadata", offset };
}

/** A version whose low half is empty is that of the other byte order, as llama.cpp decides it. */
async function readVersion(cursor: Cursor): Promise<number> {
  await cursor.fill(8);
  if (cursor.uint32() !== 0x46554747) throw new GgufRefusal("malformed", "it does not begin with GGUF", 0);
  const little = cursor.uint32();
  if (little !== 0 && little % 65_536 === 0) cursor.isLittleEndian = false;
  const version = cursor.isLittleEndian ? little : swapped(little);
  if (version === 0) throw new GgufRefusal("malformed", "its version is 0", 4);
  if (version > 3) throw new GgufRefusal("version", `it is version ${version} of GGUF, and versions 1 to 3 are known`, 4);
  return version;
}

function swapped(value: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, value, true);
  return view.getUint32(0, false);
}

async function readCounts(cursor: Cursor, version: number): Promise<{ readonly tensorCount: number; readonly keyCount: number }> {
  await cursor.fill(version === 1 ? 8 : 16);
  const [tensorCount, keyCount] = version === 1 ? [cursor.uint32(), cursor.uint32()] : [cursor.uint64(), cursor.uint64()];
  const size = version === 1 ? 1 : "later";
  if (keyCount * MIN_KEY_BYTES[size] > cursor.left)
    throw new GgufRefusal("malformed", `it says ${keyCount} metadata entries, more than it has room for`, 16);
  if (tensorCount * MIN_TENSOR_BYTES[size] > cursor.left)
    throw new GgufRefusal("malformed", `it says ${tensorCount} tensors, more than it has room for`, 8);
  if (keyCount > MAX_KEYS) throw new GgufRefusal("bound", `it has ${keyCount} metadata entries, and ${MAX_KEYS} are read`, 16);
  if (tensorCount > MAX_TENSORS) throw new GgufRefusal("bound", `it has ${tensorCount} tensors, and ${MAX_TENSORS} are read`, 8);
  return { tensorCount, keyCount };
}
