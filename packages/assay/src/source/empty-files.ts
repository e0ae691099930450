import { AssayError } from "../core/error.ts";
import type { Serialization } from "../statement/manifest.ts";
import type { FileInModel, Inventory, LeftOut } from "./inventory.ts";
import { sortByName } from "../statement/name-order.ts";

/**
 * Under shards a zero-byte file has no digest, so no signature covers it (OMS section 6.3.2): it is
 * moved from the files to what is left out, unless it is one of `listed`. Whole files stay as they are.
 *
 * Throws MODEL_EMPTY where nothing is left to sign, if `purpose` is to sign.
 */
export function setEmptyFilesAside<File extends FileInModel>(
  inventory: Inventory<File>,
  { method }: Serialization,
  purpose: "sign" | "verify",
  listed: { has(name: string): boolean } = new Set(),
): Inventory<File> {
  if (method === "files") return inventory;
  const isCovered = ({ name, size }: { name: string; size: number }): boolean => size > 0 || listed.has(name);
  const files = inventory.files.filter(isCovered);
  if (files.length === inventory.files.length) return inventory;
  if (files.length === 0 && purpose === "sign") {
    throw new AssayError("MODEL_EMPTY", "every file of the model is empty, and shards cover no empty files: there is nothing to sign");
  }
  const aside = inventory.files.filter((file) => !isCovered(file));
  const empty = aside.map(({ name }): LeftOut => ({ name, kind: "file", fileCount: 1, bytes: 0, atLeast: false, reason: "empty-file" }));
  return { ...inventory, files, leftOut: sortByName([...inventory.leftOut, ...empty]) };
}
