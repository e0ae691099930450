// Builds the reference of the library, tools/apidoc/html, from its doc comments: one page for each name that an entry point of
// the package exports. typedoc needs a TypeScript that the workspace no longer has: both are in tools/apidoc, which is
// installed here when it is first needed, and by nothing else.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const tool = join(root, "tools/apidoc");
const assay = join(root, "packages/assay");

const lock = join(tool, "package-lock.json");
const installed = join(tool, "node_modules/.package-lock.json");
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
  process.stderr.write("Installing what builds the reference (once) ...\n");
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: tool, shell: process.platform === "win32" });
}

const { exports } = JSON.parse(readFileSync(join(assay, "package.json"), "utf8"));
const entries = Object.values(exports).flatMap(({ types }) => {
  const source = /^\.\/dist\/(.+)\.d\.ts$/.exec(types ?? "")?.[1];
  return source === undefined ? [] : ["--entryPoints", `packages/assay/src/${source}.ts`];
});
run(process.execPath, [
  join(tool, "node_modules/typedoc/bin/typedoc"),
  "--options",
  join(tool, "typedoc.json"),
  ...entries,
  ...process.argv.slice(2),
]);

function run(command, commandArguments, options = {}) {
  const { status, error } = spawnSync(command, commandArguments, { cwd: root, stdio: "inherit", ...options });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
