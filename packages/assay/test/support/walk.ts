import { resolve } from "node:path";
import { compareModel, type CompareOptions } from "../../src/api/compare-model.ts";
import type { ComparisonOutcome } from "../../src/verdict/conclude.ts";
import { FILES_ON_DISK } from "../../src/hashing/files-on-disk.ts";
import { comparable } from "../../src/source/comparable.ts";
import type { Inventory } from "../../src/source/inventory.ts";
import { openModel } from "../../src/source/open-model.ts";
import { signable } from "../../src/source/signable.ts";
import type { WalkRequest } from "../../src/source/walk.ts";
import type { Manifest } from "../../src/statement/manifest.ts";

/** A walk as a test writes it down: what a manifest says, one by one. */
export interface WalkForTest extends Omit<WalkRequest, "signed"> {
  readonly purpose: "sign" | "verify";
  readonly cwd?: string;
  readonly signedIgnorePaths?: readonly string[];
  readonly signedAllowSymlinks?: boolean;
  /** Names that the manifest lists. */
  readonly listed?: Iterable<string>;
  readonly ignoreUnsignedFiles?: boolean;
}

/** Walks a model as `sign` or as `verify` does. */
export async function walkModel(model: string, options: WalkForTest): Promise<Inventory> {
  const { purpose, cwd, signedIgnorePaths = [], signedAllowSymlinks = false, listed = [], ignoreUnsignedFiles = false } = options;
  const files = new Map(Array.from(listed, (name) => [name, undefined]));
  const signed = { ignorePaths: signedIgnorePaths, allowSymlinks: signedAllowSymlinks, files };
  const opened = await openModel(model, { cwd });
  const signature = options.signature === undefined ? undefined : resolve(opened.cwd, options.signature);
  const inventory = await opened.inventory({ ...options, signature, signed });
  return purpose === "sign" ? signable(inventory) : comparable(inventory, ignoreUnsignedFiles);
}

export type FolderComparison = CompareOptions & WalkRequest & { readonly cwd?: string };

/** Walks a model as `verify` does, and compares it. */
export async function compareFolder(manifest: Manifest, model: string, options: FolderComparison = {}): Promise<ComparisonOutcome> {
  const opened = await openModel(model, { cwd: options.cwd });
  return compareModel(manifest, await opened.inventory({ ...options, signed: manifest }), options, FILES_ON_DISK);
}
