import type { LicenseScope } from "./findings.ts";

/** The folder of a file, with a slash behind it; empty for the root. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

const SCOPES: readonly (readonly [RegExp, LicenseScope | undefined])[] = [
  [/code|software|source/, "code"],
  [/weights?|param|model|checkpoint/, "parameters"],
  [/data/, "data"],
  [/doc|paper|card/, "document"],
];

/** What a license file is for by its own name, `LICENSE-CODE` or `MODEL_LICENSE`; undefined for everything beside it. */
export function licenseScope(path: string): LicenseScope | undefined {
  // Without its extension: `EULA.docx` is not for documents.
  const parts = path.toLowerCase().split("/");
  const base = (parts.at(-1) ?? "").replace(/(?<=.)\.[a-z]{1,5}$/, "");
  return (
    scopeIn(base) ??
    parts
      .slice(0, -1)
      .filter((folder) => FOR_LICENSES.test(folder))
      .map(scopeIn)
      .find((scope) => scope !== undefined)
  );
}

/** A folder made for licenses says for what they are: `model_licenses`. */
const FOR_LICENSES = /licen[sc]e/;

function scopeIn(name: string): LicenseScope | undefined {
  return SCOPES.find(([pattern]) => pattern.test(name.replace(/licen[sc]es?|copying/, "")))?.[1];
}

/** A path as a mof.yml writes it, as a name from the model's root. */
export function localPath(path: string): string {
  return path
    .trim()
    .replace(/^(?:\.\/)+/, "")
    .replace(/\/+$/, "");
}
