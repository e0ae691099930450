import { realpathSync } from "node:fs";
import { dirname, resolve, sep } from "node:path";
import { isRemoteReference } from "../../api/opened/with-opened.ts";
import type { Warning } from "../../core/warning.ts";

/** A file that is written into a model makes it another model, which neither its signature nor its pin is about. */
export function outputInModel(files: readonly (string | undefined)[], model: string, cwd: string): readonly Warning[] {
  if (isRemoteReference(model)) return [];
  const root = realPath(resolve(cwd, model));
  return files.flatMap((file) => {
    if (file === undefined || root === undefined) return [];
    const folder = realPath(dirname(resolve(cwd, file)));
    if (folder !== root && folder?.startsWith(root.endsWith(sep) ? root : root + sep) !== true) return [];
    const message = `${file} is written into the model, and changes it: signature, pin and digest are of the model without it`;
    return [{ code: "OUTPUT_IN_MODEL", message }];
  });
}

/** Undefined where it does not exist: writing says why. */
function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}
