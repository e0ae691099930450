import type { Warning } from "../core/warning.ts";
import type { FileInModel, Inventory } from "../source/inventory.ts";
import { pointerWarnings, type PointerFile } from "../source/lfs-pointer.ts";
import type { FileDigests, Manifest } from "../statement/manifest.ts";
import { sortByName } from "../statement/name-order.ts";
import type { ComparedDigests } from "./compare-digests.ts";
import { findRenamed } from "./difference-of-file.ts";
import type { Comparison, Difference } from "./difference.ts";
import { notDownloaded } from "./not-downloaded.ts";
import type { Pairing } from "./pair-files.ts";
import type { Uncertain } from "./uncertain.ts";

/** What was found out about a model, for a comparison with a manifest. */
export interface Observed extends Pairing<FileInModel>, ComparedDigests {
  readonly inventory: Inventory<FileInModel>;
  /** The digests of what `renameCandidates` names, as far as they could be hashed. */
  readonly candidates: Iterable<FileDigests>;
  /** The git-LFS pointers among the files. */
  readonly pointers: readonly PointerFile[];
  /** What changed meanwhile, or could not be read. */
  readonly uncertain: Uncertain;
}

export interface CompareRules {
  /** Extra files are listed instead of being differences. Default false. */
  readonly ignoreUnsignedFiles?: boolean;
  /** Whether the caller allowed links. Default false: then the signer did, where any were followed. */
  readonly allowSymlinks?: boolean;
}

/**
 * Compares a model with what was signed: OMS sections 8.4 and 8.5. Every difference is found, not only the first.
 * Pure. Throws FILE_CHANGED, by name, and what reading threw, where a file is uncertain and no other file differs.
 */
export function compare(manifest: Manifest, observed: Observed, rules: CompareRules): Comparison {
  const { inventory, pointers, uncertain } = observed;
  const { missing, newNames } = nameMissing(observed);
  const unsigned = [...observed.extra.filter(({ name }) => !newNames.has(name)), ...inventory.undecodable, ...inventory.unfollowedLinks];
  const differences: Difference[] = [...observed.changed, ...missing];
  if (rules.ignoreUnsignedFiles !== true) {
    for (const { name, size } of unsigned) differences.push({ kind: "extra", name, foundSize: size });
  }
  const certain = uncertain.certain(differences);
  if (certain.length === 0) uncertain.throwIfAny();
  const matched = uncertain.certain(observed.matched);
  const names = pointers.length === 0 ? undefined : new Set(matched.map(({ name }) => name));
  const signedPointers = pointers.filter(({ name }) => names?.has(name));
  return {
    differences: sortByName(certain),
    unsigned: rules.ignoreUnsignedFiles === true ? sortByName(unsigned.map(({ name, size }) => ({ name, size }))) : [],
    notCovered: inventory.leftOut,
    notDownloaded: notDownloaded(certain, pointers, manifest),
    matchedFiles: matched.length,
    matchedBytes: matched.reduce((sum, { size }) => sum + size, 0),
    links: inventory.linksFollowed === 0 ? "none" : rules.allowSymlinks === true ? "allowed by the caller" : "allowed by the signer",
    warnings: [
      ...inventory.warnings,
      ...nameWarning(manifest, inventory),
      ...uncertain.warnings(),
      ...pointerWarnings(signedPointers, "the signature covers the pointer"),
    ],
  };
}

/** Says of each missing file whether it has another name now, and what else is in its place. */
function nameMissing({ missing, extra, candidates, inventory }: Observed): {
  readonly missing: readonly Difference[];
  readonly newNames: ReadonlySet<string>;
} {
  const renamed = findRenamed(missing, [...candidates]);
  const sizes = new Map(renamed.size === 0 ? [] : extra.map(({ name, size }) => [name, size]));
  const differences = missing.map(({ name, size }): Difference => {
    const newName = renamed.get(name);
    if (newName !== undefined) return { kind: "renamed", name, newName, size: sizes.get(newName) };
    return { kind: "missing", name, signedSize: size, why: inventory.notFiles.get(name) };
  });
  return { missing: differences, newNames: new Set(renamed.values()) };
}

function nameWarning({ format, modelName }: Manifest, inventory: Inventory<FileInModel>): Warning[] {
  if (format !== "oms-1.0" || modelName === inventory.modelName) return [];
  return [
    { code: "SUBJECT_NAME_DIFFERS", message: `the signature is for a model named ${modelName}; this one is named ${inventory.modelName}` },
  ];
}
