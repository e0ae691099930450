import { readdir, stat } from "node:fs/promises";
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
export async function findSignature(model: string, cwd: string): Promise<string> {
  const inCwd = resolve(cwd, DEFAULT_SIGNATURE);
  if (await isFile(inCwd)) return inCwd;
  const folder = await signatureFolder(model);
  const candidates = await signaturesIn(folder);
  const [only, ...others] = candidates;
  if (only === undefined) {
    throw new AssayError("SIGNATURE_NOT_FOUND", `no signature: neither ${DEFAULT_SIGNATURE} in the current directory, nor one in ${folder}`, {
      hint: "name it with --signature FILE",
    });
  }
  if (others.length > 0) {
    const names = candidates.map((path) => basename(path) === "signing.json" ? ".kaggle/signing.json" : basename(path));
    throw new AssayError("SIGNATURE_AMBIGUOUS", `${folder} holds ${candidates.length} signatures: ${names.join(", ")}`, {
      hint: "say which with --signature FILE",
    });
  }
  return only;
}

/** The signature that `findSignature` would find in the model's folder, if it is the only one there. */
export async function signatureInModel(model: string): Promise<string | undefined> {
  const candidates = await signaturesIn(await signatureFolder(model));
  return candidates.length === 1 ? candidates[0] : undefined;
}

async function signaturesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const candidates = names
    .filter((name) => name === DEFAULT_SIGNATURE || name.endsWith(".oms.sig") || name.endsWith(".sigstore.json"))
    .sort()
    .map((name) => join(folder, name));
  candidates.push(join(folder, ".kaggle", "signing.json"));
  const found = await Promise.all(candidates.map(async (path) => ((await isFile(path)) ? [path] : [])));
  return found.flat();
}

async function signatureFolder(model: string): Promise<string> {
  const stats = await stat(model).catch((cause: unknown) => {
    throw new AssayError("FILE_NOT_FOUND", `the model ${model} does not exist`, { cause });
  });
  return stats.isDirectory() ? model : dirname(model);
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}
