import { readdirSync, realpathSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { AssayError } from "../../core/error.ts";
import type { Pkcs11Uri } from "./uri.ts";

/** Where distributions keep PKCS#11 modules: the reference's two, Debian's, and Homebrew's. */
const FOLDERS: readonly string[] = [
  "/usr/lib64/pkcs11",
  "/usr/lib/pkcs11",
  "/usr/lib/x86_64-linux-gnu/pkcs11",
  "/usr/lib/aarch64-linux-gnu/pkcs11",
  "/usr/lib/softhsm",
  "/usr/lib64/softhsm",
  "/opt/homebrew/lib/softhsm",
  "/opt/homebrew/lib",
  "/usr/local/lib/softhsm",
  "/usr/local/lib/pkcs11",
];

/**
 * The file of the PKCS#11 module: the URI's `module-path` where it has one, else `modulePaths`, each a file or a
 * folder, else the usual folders. In a folder, `module-name` says which, as in the Python reference: the file
 * whose name ends so, its endings aside (`softhsm2` is `libsofthsm2.so`), in any case of letters.
 *
 * Throws PKCS11_MODULE for none, or several that differ.
 */
export function findModule(uri: Pkcs11Uri, modulePaths: readonly string[] = []): string {
  const places = uri.modulePath !== undefined ? [uri.modulePath] : modulePaths.length > 0 ? modulePaths : FOLDERS;
  const isNamed = uri.modulePath !== undefined || modulePaths.length > 0;
  const folders: string[] = [];
  for (const place of places) {
    const stats = statSync(place, { throwIfNoEntry: false });
    if (stats?.isFile() === true) return place;
    if (stats?.isDirectory() === true) folders.push(place);
    else if (isNamed) throw new AssayError("PKCS11_MODULE", `the PKCS#11 module ${place} does not exist`);
  }
  if (uri.moduleName === undefined) {
    const what = isNamed ? `${folders.join(", ")} is a folder of modules, and` : "no PKCS#11 module is named:";
    throw new AssayError("PKCS11_MODULE", `${what} the URI has neither module-path nor module-name`, {
      remedy: "name-pkcs11-module-or-uri",
    });
  }
  return pick(uri.moduleName, folders);
}

function pick(moduleName: string, folders: readonly string[]): string {
  const wanted = moduleName.toLowerCase();
  const found = folders.flatMap(filesOf).filter((path) => isNamed(basename(path), wanted));
  // The file by exactly that name precedes one that only ends so: `opensc-pkcs11` before `onepin-opensc-pkcs11`.
  const exact = found.filter((path) => /^(?:lib)?([^.]*)/.exec(basename(path).toLowerCase())?.[1] === wanted);
  const best = exact.length > 0 ? exact : found;
  const [first] = best;
  if (first === undefined) {
    throw new AssayError("PKCS11_MODULE", `no PKCS#11 module ${moduleName} in ${folders.join(", ") || "the usual folders"}`, {
      remedy: "name-pkcs11-module",
    });
  }
  // Links to one file are one module.
  if (new Set(best.map((path) => realpathSync(path))).size === 1) return first;
  throw new AssayError("PKCS11_MODULE", `several PKCS#11 modules are called ${moduleName}: ${best.join(", ")}`, {
    remedy: "name-pkcs11-module",
  });
}

/** The name, followed by nothing or by an ending, appears somewhere in the file's name. */
function isNamed(file: string, wanted: string): boolean {
  const name = file.toLowerCase();
  for (let at = name.indexOf(wanted); at >= 0; at = name.indexOf(wanted, at + 1)) {
    const behind = name[at + wanted.length];
    if (behind === undefined || behind === ".") return true;
  }
  return false;
}

function filesOf(folder: string): string[] {
  try {
    const paths = readdirSync(folder)
      .sort()
      .map((name) => join(folder, name));
    return paths.filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
  } catch {
    // A folder that cannot be looked into holds no module for us.
    return [];
  }
}
