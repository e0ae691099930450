import type { LicenseFile } from "./findings.ts";

/** The folder of a file, with a slash behind it; empty for the root. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

const SCOPES: readonly (readonly [RegExp, LicenseFile["scope"]])[] = [
  [/code|software|source/, "code"],
  [/weights?|param|model|checkpoint/, "parameters"],
  [/data/, "data"],
  [/doc|paper|card/, "document"],
];

/** What a license file is for by its own name, `LICENSE-CODE` or `MODEL_LICENSE`; undefined for everything beside it. */
export function licenseScope(path: string): LicenseFile["scope"] {
  // Without its extension: `EULA.docx` is not for documents.
  const base = path
    .slice(path.lastIndexOf("/") + 1)
    .toLowerCase()
    .replace(/(?<=.)\.[a-z]{1,5}$/, "");
  return SCOPES.find(([pattern]) => pattern.test(base.replace(/licen[sc]e|copying/, "")))?.[1];
}

/** A path as a mof.yml writes it, as a name from the model's root. */
export function localPath(path: string): string {
  return path
    .trim()
    .replace(/^(?:\.\/)+/, "")
    .replace(/\/+$/, "");
}
