import { AssayError } from "../core/error.ts";
import type { FileInModel, Inventory, InventoryFile } from "../source/inventory.ts";
import type { FileDigests, Manifest } from "../statement/manifest.ts";

/** A single-file model in the reference's words. */
export const SINGLE_FILE = ".";

/** The files of a manifest and of a model, put together by name. */
export interface Pairing<File extends FileInModel = InventoryFile> {
  /** What was signed of each file that is there. */
  readonly signed: readonly FileDigests[];
  /** Those files, in the same order. */
  readonly files: readonly File[];
  /** Signed, and not there. */
  readonly missing: readonly FileDigests[];
  /** There, and not signed. */
  readonly extra: readonly File[];
}

/** Pairs by name. Throws MODEL_MISMATCH where a folder was signed and the model is a file, or the other way round. */
export function pairFiles<File extends FileInModel>(manifest: Manifest, inventory: Inventory<File>): Pairing<File> {
  checkKind(manifest, inventory);
  const signed: FileDigests[] = [];
  const files: File[] = [];
  const extra: File[] = [];
  for (const file of inventory.files) {
    const entry = manifest.files.get(file.name) ?? (inventory.kind === "file" ? manifest.files.get(SINGLE_FILE) : undefined);
    if (entry === undefined) extra.push(file);
    else {
      signed.push(entry);
      files.push(file);
    }
  }
  const there = new Set(signed);
  const missing = there.size === manifest.files.size ? [] : [...manifest.files.values()].filter((entry) => !there.has(entry));
  return { signed, files, missing, extra };
}

function checkKind({ files }: Manifest, { kind, root }: Inventory<FileInModel>): void {
  if (kind === "directory" && files.has(SINGLE_FILE)) {
    throw new AssayError("MODEL_MISMATCH", `a single file was signed, and the model ${root} is a folder`, {
      hint: "name the file itself as the model",
    });
  }
  const [name = SINGLE_FILE, ...others] = files.keys();
  if (kind === "file" && (others.length > 0 || name.includes("/"))) {
    const count = files.size === 1 ? "the file " + name : `${files.size} files`;
    throw new AssayError("MODEL_MISMATCH", `a folder was signed (${count} in it), and the model ${root} is a single file`, {
      hint: "name the folder as the model",
    });
  }
}

/** The extra files that may be missing ones under another name: of those, digests are needed too. */
export function renameCandidates<File extends FileInModel>({ missing, extra }: Pairing<File>): readonly File[] {
  if (missing.length === 0) return [];
  const sizes = new Set(missing.map(({ size }) => size));
  return extra.filter(({ size }) => sizes.has(undefined) || sizes.has(size));
}
