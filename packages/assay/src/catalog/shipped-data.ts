import { AssayError } from "../core/error.ts";
import { readPackageFile } from "../files/package-file.ts";

const LIMIT = 8 * 1024 * 1024;

/** Reads a file of the package's `data`; `what` names it. Throws INTERNAL where the installation lacks it, or `read` cannot use it. */
export function readShippedData<T>(file: string, what: string, read: (json: string) => T, root?: string): T {
  try {
    return read(new TextDecoder().decode(readPackageFile(`data/${file}`, what, LIMIT, root)));
  } catch (cause) {
    throw new AssayError("INTERNAL", `this installation of Assay lacks its ${what}`, { cause, hint: "install it again" });
  }
}
