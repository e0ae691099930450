import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { bundleAt, isBundle, signaturesInModel } from "./find-signature.ts";
import { isSignatureName } from "./signature-names.ts";
import type { FileInModel, Inventory, LeftOut } from "./inventory.ts";
import { sortByName } from "../statement/name-order.ts";
import { Seen } from "./seen.ts";
import type { Warning } from "../core/warning.ts";

/** Which signature is left out of a model that is read and not signed or verified. */
export interface SignatureAside {
  /** Absolute; undefined where nothing is left out for being the signature. */
  readonly excludedFile: string | undefined;
  /** For the second look: that file, as it was before it was read. */
  readonly seen: Seen;
  readonly warnings: readonly Warning[];
}

/**
 * The signature that is not part of the model for `digest`, `diff` and openness, as it is not for `sign`: the one that
 * is `named`, else the only bundle in the model under a usual name. What is not a bundle is a file like any other.
 */
export function signatureAside(model: string, named: string | undefined, cwd: string): SignatureAside {
  if (named !== undefined) {
    const path = resolve(cwd, named);
    const seen = bundleAt(path);
    if (seen !== undefined) return { excludedFile: path, seen, warnings: [] };
    return nothingAside([inModel(`${path} cannot be read as a signature: nothing is left out of the model for it`)]);
  }
  const found = signaturesInModel(model);
  const [only, ...others] = found;
  if (only === undefined) return nothingAside([]);
  if (others.length === 0) return { excludedFile: only.path, seen: only.seen, warnings: [] };
  const names = found.map(({ name }) => name).join(", ");
  return nothingAside([inModel(`the model holds ${found.length} signatures, ${names}: all count as files of the model`)]);
}

function nothingAside(warnings: readonly Warning[]): SignatureAside {
  return { excludedFile: undefined, seen: new Seen(), warnings };
}

/** What a walk left out, with the signature in the model, in code-point order of names. */
export function leftOutWithSignature({ root, leftOut, ignoreRules }: Inventory): readonly LeftOut[] {
  const signature = [...ignoreRules].flatMap(([name, reason]): LeftOut[] => {
    const stats = reason === "signature" ? statSync(join(root, name), { throwIfNoEntry: false }) : undefined;
    return stats === undefined ? [] : [{ name, kind: "file", fileCount: 1, bytes: stats.size, atLeast: false, reason: "signature" }];
  });
  return signature.length === 0 ? leftOut : sortByName([...leftOut, ...signature]);
}

/** Older signatures in a model which is signed: one that is not replaced is a file of the model, or left out. */
export function olderSignatures({ kind, root, files, leftOut }: Inventory): Warning[] {
  if (kind === "file") return [];
  return saidOfOlder({ files, leftOut }, ({ name }) => isSignatureName(name) && isBundle(join(root, name)));
}

/** What is said of the older signatures among the files of a model. */
export function saidOfOlder(
  { files, leftOut }: Pick<Inventory<FileInModel>, "files" | "leftOut">,
  isOlder: (file: { readonly name: string }) => boolean,
): Warning[] {
  return [
    ...files
      .filter(isOlder)
      .map(({ name }) => inModel(`${older(name)}: it is signed as one of the model's files; name the new one to verify`)),
    ...leftOut.filter(isOlder).map(({ name }) => inModel(`${older(name)}: it is left out; name the new one to verify`)),
  ];
}

function older(name: string): string {
  return `the model holds an older signature, ${name}`;
}

function inModel(message: string): Warning {
  return { code: "SIGNATURE_IN_MODEL", message };
}
