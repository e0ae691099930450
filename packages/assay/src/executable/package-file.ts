import { AssayError } from "../core/error.ts";
import { assetBytes } from "./assets.ts";

/** In the place of `files/package-file.ts`: the file is inside of the executable. */
export function readPackageFile(name: `${"data" | "schemas"}/${string}`, what: string, limit: number, _root?: string): Uint8Array {
  const bytes = assetBytes(name);
  if (bytes.length > limit) throw new AssayError("INTERNAL", `the ${what} inside of this executable is too large`);
  // A copy: who reads a file may change the bytes.
  return bytes.slice();
}
