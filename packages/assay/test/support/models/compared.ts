import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Comparison, Difference } from "../../../src/comparison/difference.ts";
import { setEmptyFilesAside } from "../../../src/source/empty-files.ts";
import { recordedIgnorePaths } from "../../../src/source/signable.ts";
import type { FileDigests, Manifest, ManifestContent, Serialization } from "../../../src/statement/manifest.ts";
import { hashFiles } from "../hash.ts";
import { compareFolder, walkModel, type FolderComparison } from "../walk.ts";

export const whole: Serialization = { method: "files", hash: "sha256" };
export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A manifest as if it had been signed: what is compared here is what it says, not who says it. */
export function manifest(content: Partial<ManifestContent> & Pick<ManifestContent, "files">): Manifest {
  const defaults = { format: "oms-1.0", modelName: "model", serialization: whole, allowSymlinks: false, ignorePaths: [], warnings: [] };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return { ...defaults, resourceCount: 0, rootDigest: "", manifestDigest: "", ...content } as unknown as Manifest;
}

/** What signing the model as it is now would list; as in a bundle, sizes are known for shards only. */
export async function signedNow(root: string, serialization = whole, more: Partial<ManifestContent> = {}): Promise<Manifest> {
  const walked = await walkModel(root, { purpose: "sign", allowSymlinks: more.allowSymlinks ?? false });
  const inventory = setEmptyFilesAside(walked, serialization, "sign");
  const hashed = await hashFiles(inventory.files, serialization);
  const files = new Map(
    [...hashed].map(([name, { digests, size }]): [string, FileDigests] => [
      name,
      { name, digests, size: serialization === whole ? undefined : size },
    ]),
  );
  return manifest({ files, serialization, ignorePaths: recordedIgnorePaths(inventory), modelName: inventory.modelName, ...more });
}

export async function differences(signed: Manifest, root: string, options: FolderComparison = {}): Promise<readonly Difference[]> {
  const { verified, comparison } = await compareFolder(signed, root, options);
  assert.equal(verified, undefined);
  assert.ok(comparison.differences.length > 0);
  return comparison.differences;
}

export async function verified(signed: Manifest, root: string, options: FolderComparison = {}): Promise<Comparison> {
  const { verified, comparison } = await compareFolder(signed, root, options);
  assert.deepEqual(comparison.differences, []);
  assert.equal(verified?.root, root);
  assert.equal(verified?.manifest, signed);
  return comparison;
}
