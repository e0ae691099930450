// The licenses of the packages whose code is in a bundle: what is passed on must have them.
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The packages of these modules, in order, and their licenses' texts. Throws for a package without one. */
export function thirdPartyText(modules) {
  return packagesOf(modules).map(section).join("\n");
}

/** The folders of the packages of these modules, in order, each once. */
export function packagesOf(modules) {
  return [...new Set(modules.flatMap(packageOf))].sort();
}

/** `node_modules/a/node_modules/@b/c` of a module below it; none of our own. */
function packageOf(path) {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [];
}

function section(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const [file] = globSync(["LICENSE*", "license*", "COPYING*"], { cwd: folder }).sort();
  if (file === undefined || !existsSync(join(folder, file))) throw new Error(`${folder} has no license file`);
  return `${"=".repeat(100)}\n${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8").trimEnd()}\n`;
}
