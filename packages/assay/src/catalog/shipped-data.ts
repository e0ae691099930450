import { fileURLToPath } from "node:url";
import { AssayError } from "../core/error.ts";
import { readBounded } from "../files/read-bounded.ts";

/** The package's folder, two levels above the source, the library and the bundled command alike. */
const DATA = fileURLToPath(new URL("../../data/openness/", import.meta.url));
const LIMIT = 8 * 1024 * 1024;

/** Reads a file that ships with the package; `what` names it. Throws INTERNAL where the installation lacks it, or `read` cannot use it. */
export function readShippedData<T>(file: string, what: string, read: (json: string) => T, folder = DATA): T {
  try {
    return read(new TextDecoder().decode(readBounded(`${folder}${file}`, what, LIMIT)));
  } catch (cause) {
    throw new AssayError("INTERNAL", `this installation of Assay lacks its ${what}`, { cause, hint: "install it again" });
  }
}
