import { dirname, resolve } from "node:path";
import type { Warning } from "../core/warning.ts";
import { isWithin, realLocation } from "../files/real-location.ts";
import { isRemoteReference } from "../source/reference.ts";

/** A file that is written into a model makes it another model, which neither its signature nor its pin is about. */
export function outputInModel(files: readonly (string | undefined)[], model: string, cwd: string): readonly Warning[] {
  if (isRemoteReference(model)) return [];
  const root = realLocation(resolve(cwd, model));
  return files.flatMap((file) => {
    if (file === undefined || !isWithin(realLocation(dirname(resolve(cwd, file))), root)) return [];
    const message = `${file} is written into the model, and changes it: signature, pin and digest are of the model without it`;
    return [{ code: "OUTPUT_IN_MODEL", message }];
  });
}
