import type { NamedStorage } from "../../../../formats/pickle/record.ts";
import { storageType } from "../../../../formats/torch/storage-types.ts";
import type { ExamineInput } from "../../examiner.ts";

/** Of one archive: the first ones say enough. */
const MAX_FINDINGS = 20;

/**
 * Checks that the archive has each storage that its pickle names, and with as many bytes as the pickle says: PyTorch makes
 * tensors of the stated size over the bytes that are there. `sizes` are those of all members, by path.
 */
export function checkStorages(
  pickle: string,
  storages: readonly NamedStorage[],
  sizes: ReadonlyMap<string, number>,
  report: ExamineInput["report"],
): void {
  let left = MAX_FINDINGS;
  for (const { key, type, count, offset } of storages) {
    const why = faultOf(sizes.get(pathOfStorage(key)), count, storageType(type)?.itemBytes);
    if (why !== undefined && left-- > 0) report("torch/storage", `asks for the storage ${key}, ${why}`, { member: pickle, offset });
  }
}

function faultOf(size: number | undefined, count: number, itemBytes: number | undefined): string | undefined {
  if (size === undefined) return "which is missing";
  if (itemBytes === undefined) return undefined;
  // A storage whose last number is not whole has a few bytes more.
  const isRight = size >= count * itemBytes && size - count * itemBytes < itemBytes;
  return isRight ? undefined : `which has ${size} bytes in place of ${count * itemBytes}`;
}

/** Of a storage's data in the archive's folder. */
export function pathOfStorage(key: string): string {
  return `data/${key}`.toLowerCase();
}
