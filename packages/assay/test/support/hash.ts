import { hashAll, type HashOptions } from "../../src/hashing/hash.ts";
import type { InventoryFile } from "../../src/source/inventory.ts";
import type { FileDigests, Serialization } from "../../src/statement/manifest.ts";

/** The digests of files, by name. */
export async function hashFiles(
  files: readonly InventoryFile[],
  serialization: Serialization,
  options?: HashOptions,
): Promise<Map<string, FileDigests>> {
  return (await hashAll(files, serialization, options)).digests;
}
