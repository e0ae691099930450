import { malformed } from "../format-error.ts";
import type { NamedStorage, PickleRecord } from "../pickle/record.ts";
import type { AllowedNames } from "../pickle/uses.ts";
import { walkPickle } from "../pickle/walk.ts";
import type { RandomAccess } from "../random-access.ts";
import { readStorageKeys } from "./storage-keys.ts";
import { storageType } from "./storage-types.ts";

/** LONG1 with ten bytes: the number that torch.save has written first since 2016 (torch/serialization.py, MAGIC_NUMBER). */
const MAGIC = [0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];
const PROTO = 0x80;
const FRAME = 0x95;
const COUNT_BYTES = 8;
const MAX_KEY_BYTES = 32 * 1024 * 1024;

/** Whether a file begins as torch.save wrote it before 1.6: with the pickle of a magic number. */
export function isLegacyTorch(head: Uint8Array): boolean {
  if (head[0] !== PROTO) return false;
  const at = head[2] === FRAME ? 11 : 2;
  return MAGIC.every((byte, index) => head[at + index] === byte);
}

/**
 * Reads the first format of PyTorch: the pickles of a magic number, of a version, of facts about the system, of the object
 * and of the storages' keys, then for each key its count and its numbers. Throws `FormatError` where they do not fit together;
 * what the pickles do is in `record`, which is filled as far as the reading came. The numbers are not read.
 */
export async function readLegacyTorch(file: RandomAccess, record: PickleRecord, names: AllowedNames): Promise<void> {
  let at: number | undefined = 0;
  for (const persistentIds of ["none", "none", "none", "torch"] as const) {
    at = await walkPickle(file, at, record, { ...names, persistentIds });
    // The record says why.
    if (at === undefined) return;
    if (at >= file.size) malformed("ends after one of its five pickles", at);
  }
  const end = await walkPickle(file, at, record, { ...names, persistentIds: "none" });
  if (end === undefined) return;
  if (end - at > MAX_KEY_BYTES) malformed("has keys of storages that are longer than its storages can be", at);
  const keys = readStorageKeys(await file.read(at, end - at)) ?? malformed("has a fifth pickle that is not a list of keys", at);
  await checkStorages(file, end, keys, record.storages);
}

async function checkStorages(file: RandomAccess, from: number, keys: readonly string[], storages: readonly NamedStorage[]): Promise<void> {
  const named = new Map(storages.map((storage) => [storage.key, storage]));
  if (new Set(keys).size !== keys.length || keys.length !== named.size || keys.some((key) => !named.has(key))) {
    malformed("lists other storages than its tensors use", from);
  }
  let at = from;
  for (const key of keys) {
    const storage = named.get(key);
    const itemBytes = storageType(storage?.type ?? "")?.itemBytes;
    if (storage === undefined || itemBytes === undefined) malformed(`has a storage of an unknown type: ${storage?.type}`, at);
    const bytes = await file.read(at, COUNT_BYTES);
    const count = bytes.length < COUNT_BYTES ? -1n : new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(0, true);
    if (count !== BigInt(storage.count)) malformed(`has a storage of another length than its tensors say`, at);
    at += COUNT_BYTES + storage.count * itemBytes;
    if (at > file.size) malformed("ends inside a storage", file.size);
  }
  if (at < file.size) malformed("has bytes behind its last storage", at);
}
