import { fileURLToPath } from "node:url";
import { readBounded } from "./read-bounded.ts";

/** The package's own folder: the source, the library (`dist`) and the bundled command (`dist/bin`) are all below it. */
const PACKAGE = packageOf(import.meta.url);

/**
 * Reads a file that ships with the package, such as `data/instances.json`. The single executable has another module in the
 * place of this one (`executable/package-file.ts`), which reads what is inside of it.
 *
 * `what` names the file's role in messages. Throws as `readBounded`. `root`: another folder, for tests.
 */
export function readPackageFile(name: `${"data" | "schemas"}/${string}`, what: string, limit: number, root = PACKAGE): Uint8Array {
  return readBounded(`${root}${name}`, what, limit);
}

function packageOf(module: string): string {
  const at = Math.max(...["/src/", "/dist/"].map((mark) => module.lastIndexOf(mark)));
  return fileURLToPath(new URL(`${module.slice(0, at)}/`));
}
