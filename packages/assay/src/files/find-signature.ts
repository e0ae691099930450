import { readdirSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { AssayError } from "../error.ts";

/** The name that the reference writes to, in the current directory. */
export const DEFAULT_SIGNATURE = "model.sig";

/**
 * Finds the signature of a model when none was named: `model.sig` in the current directory, else in
 * the model's folder (for a single file: beside it) under any of the names in use.
 *
 * Throws SIGNATURE_NOT_FOUND, SIGNATURE_AMBIGUOUS where several are there, FILE_NOT_FOUND where the model is not.
 */
export function findSignature(model: string, cwd: string): string {
  const inCwd = resolve(cwd, DEFAULT_SIGNATURE);
  if (isFile(inCwd)) return inCwd;
  const folder = signatureFolder(model);
  const candidates = signaturesIn(folder);
  const [only, ...others] = candidates;
  if (only === undefined) {
    throw new AssayError(
      "SIGNATURE_NOT_FOUND",
      `no signature: neither ${DEFAULT_SIGNATURE} in the current directory, nor one in ${folder}`,
      {
        remedy: "name-signature",
        details: { folder },
      },
    );
  }
  if (others.length > 0) {
    const names = candidates.map((path) => (basename(path) === "signing.json" ? ".kaggle/signing.json" : basename(path)));
    throw new AssayError("SIGNATURE_AMBIGUOUS", `${folder} holds ${candidates.length} signatures: ${names.join(", ")}`, {
      remedy: "choose-signature",
      details: { folder, names },
    });
  }
  return only;
}

/** The signature that `findSignature` would find in the model's folder, if it is the only one there. */
export function signatureInModel(model: string): string | undefined {
  const candidates = signaturesIn(signatureFolder(model));
  return candidates.length === 1 ? candidates[0] : undefined;
}

function signaturesIn(folder: string): string[] {
  const names = namesIn(folder);
  const candidates = names
    .filter((name) => name === DEFAULT_SIGNATURE || name.endsWith(".oms.sig") || name.endsWith(".sigstore.json"))
    .sort()
    .map((name) => join(folder, name));
  candidates.push(join(folder, ".kaggle", "signing.json"));
  return candidates.filter(isFile);
}

/** None where the folder cannot be read: the walk that follows says why. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function signatureFolder(model: string): string {
  const stats = statSync(model, { throwIfNoEntry: false });
  if (stats === undefined) throw new AssayError("FILE_NOT_FOUND", `the model ${model} does not exist`);
  return stats.isDirectory() ? model : dirname(model);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
