// Packing starts from an empty dist: `tsc -b` never deletes what a removed source file left behind.
import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { publishedReadme } from "./published-readme.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, "packages/assay");
rmSync(join(folder, "dist"), { recursive: true, force: true });
copyFileSync(join(root, "LICENSE"), join(folder, "LICENSE"));
const { version, repository } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
const readme = publishedReadme(readFileSync(join(root, "README.md"), "utf8"), { version, repository: repository?.url });
writeFileSync(join(folder, "README.md"), readme);
const { status } = spawnSync(process.execPath, ["scripts/run.mjs", "build-to-publish"], {
  cwd: root,
  stdio: ["ignore", "ignore", "inherit"],
});
process.exit(status ?? 1);
