import { malformed, notUnderstood } from "../format-error.ts";
import type { ProtobufMessage } from "../protobuf/message.ts";
import { walkProtobuf } from "../protobuf/walk.ts";
import type { RandomAccess } from "../random-access.ts";
import { MAX_TYPE, REFERENCE, STRING_TYPE, tensorflowType } from "./data-types.ts";
import { tensorflowSchema } from "./schema.ts";
import { tableEntries } from "./sorted-table.ts";
import { elementsOf } from "./tensor.ts";

const MAX_SHARDS = 100_000;

/** What the index of a checkpoint says of its data files. */
export interface CheckpointIndex {
  readonly shards: number;
  /** By shard: where the last tensor ends. */
  readonly ends: ReadonlyMap<number, number>;
  readonly tensors: number;
  readonly elements: number;
  readonly bytes: number;
  readonly types: readonly string[];
}

/**
 * Reads the index of a TensorFlow checkpoint (tensorflow/core/protobuf/tensor_bundle.proto): type, shape and place of
 * each variable. Tensors are numbers and texts; a type that is neither is not understood.
 *
 * @throws FormatError
 */
export async function readVariables(file: RandomAccess): Promise<CheckpointIndex> {
  let shards: number | undefined;
  const ends = new Map<number, number>();
  const types = new Set<string>();
  let tensors = 0;
  let elements = 0;
  let bytes = 0;
  for await (const { key, value } of tableEntries(file)) {
    if (shards === undefined) {
      if (key !== "") malformed("has no header before its entries");
      shards = readShards(await messageOf("BundleHeaderProto", value));
      continue;
    }
    const entry = await messageOf("BundleEntryProto", value);
    const shard = entry.number("shard_id");
    const end = entry.number("offset") + entry.number("size");
    if (shard < 0 || shard >= shards || entry.number("offset") < 0 || entry.number("size") < 0 || !Number.isSafeInteger(end)) {
      malformed(`has the tensor ${key} in no file of the checkpoint`);
    }
    ends.set(shard, Math.max(ends.get(shard) ?? 0, end));
    const count = checkSize(key, entry);
    const number = entry.number("dtype") % REFERENCE;
    const type = tensorflowType(number);
    tensors++;
    if (type === undefined) continue;
    elements += count;
    bytes += entry.number("size");
    types.add(type.name);
  }
  if (shards === undefined) malformed("has no entries");
  return { shards, ends, tensors, elements, bytes, types: [...types].sort() };
}

function readShards(header: ProtobufMessage): number {
  if (header.number("endianness") !== 0) notUnderstood("is written in big-endian order");
  const shards = header.number("num_shards");
  if (shards < 1 || shards > MAX_SHARDS) malformed(`has ${shards} data files`);
  return shards;
}

/** The elements of an entry, whose bytes must be those of its shape and type. */
function checkSize(key: string, entry: ProtobufMessage): number {
  const number = entry.number("dtype") % REFERENCE;
  const type = tensorflowType(number);
  if (type === undefined && number !== STRING_TYPE) {
    if (number < 1 || number > MAX_TYPE) malformed(`has the tensor ${key} of the unknown type ${number}`);
    notUnderstood(`has the tensor ${key} of type ${number}, which is not numbers`);
  }
  const elements = elementsOf(entry.message("shape"));
  if (elements === undefined) malformed(`has the tensor ${key} without a shape`);
  // The parts of a partitioned variable are entries of their own.
  if (type === undefined || entry.has("slices")) return entry.has("slices") ? 0 : elements;
  if (entry.number("size") !== elements * type.bytes)
    malformed(`has the tensor ${key} with ${entry.number("size")} bytes, its shape needs ${elements * type.bytes}`);
  return elements;
}

async function messageOf(type: string, value: Uint8Array): Promise<ProtobufMessage> {
  const file: RandomAccess = { size: value.length, read: async (from, length) => value.subarray(from, from + length) };
  const { message, unknownFields } = await walkProtobuf(file, { schema: tensorflowSchema(), type });
  if (unknownFields.length > 0) notUnderstood(`has an unknown field in a ${type}`);
  return message;
}
