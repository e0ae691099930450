// Packing starts from an empty dist: `tsc -b` never deletes what a removed source file left behind.
import { spawnSync } from "node:child_process";
import { copyFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
rmSync(join(root, "packages/assay/dist"), { recursive: true, force: true });
for (const file of ["LICENSE", "README.md"]) copyFileSync(join(root, file), join(root, "packages/assay", file));
const { status } = spawnSync(process.execPath, ["scripts/run.mjs", "build"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
process.exit(status ?? 1);
