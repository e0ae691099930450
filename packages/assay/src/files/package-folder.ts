import { fileURLToPath } from "node:url";

/**
 * A folder that ships with the package, with a slash behind it. `module` is the URL of a module of the package,
 * whose source, library (`dist`) and bundled command (`dist/bin`) are all below the package's own folder.
 */
export function packageFolder(module: string, name: "data" | "schemas"): string {
  const at = Math.max(...["/src/", "/dist/"].map((mark) => module.lastIndexOf(mark)));
  return fileURLToPath(new URL(`${module.slice(0, at)}/${name}/`));
}
