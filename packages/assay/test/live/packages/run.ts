// Scans the models of published packages, and compares each answer with the one that was written down before. Needs pip,
// npm, and their registries; what is missing fails the run. Nothing of the packages is installed, imported or kept.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scan } from "../../../src/index.ts";
import { PACKAGES, type PublishedPackage } from "./expectations.ts";

/** The wheels are for one platform, whatever this one is: they are only opened. */
const WHEELS = [
  "--no-deps",
  "--only-binary=:all:",
  "--python-version=3.11",
  "--platform=manylinux_2_28_x86_64",
  "--platform=manylinux2014_x86_64",
  "--platform=any",
];

const work = mkdtempSync(join(tmpdir(), "assay-packages-"));
let [right, wrong] = [0, 0];
try {
  for (const published of PACKAGES) {
    const root = open(published);
    for (const [path, format, expected] of published.models) {
      const { risk } = await scan(join(root, path));
      const isRight = risk.outcome === expected;
      if (isRight) right++;
      else wrong++;
      console.log(
        `| ${published.name} ${published.version} | ${path.split("/").at(-1) ?? path} | ${format} | ${expected} | ${isRight ? "" : "**"}${risk.outcome}${isRight ? "" : "**"} |`,
      );
      if (isRight) continue;
      for (const file of risk.files)
        for (const { reason, what } of file.findings.slice(0, 5)) console.log(`    ${file.file}: ${reason}: ${what}`);
    }
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(`${right} passed, ${wrong} failed`);
process.exitCode = wrong === 0 ? 0 : 1;

/** Downloads a package by name and version, checks its digest, and unpacks it. */
function open({ registry, name, version, digest }: PublishedPackage): string {
  const folder = mkdtempSync(join(work, "package-"));
  // Archives that are here already, for a run without a network.
  const kept = process.env["ASSAY_PACKAGES"];
  const from = kept !== undefined && existsSync(kept) ? kept : download(registry, name, version);
  const archive = readdirSync(from)
    .map((file) => join(from, file))
    .find((file) => createHash("sha256").update(readFileSync(file)).digest("hex") === digest);
  if (archive === undefined) throw new Error(`${name} ${version}: no archive with the digest sha256:${digest}`);
  const unpacked = join(folder, "unpacked");
  mkdirSync(unpacked);
  if (registry === "pypi") execFileSync("python3", ["-m", "zipfile", "-e", archive, unpacked]);
  else execFileSync("tar", ["-xzf", archive, "-C", unpacked]);
  return unpacked;
}

function download(registry: PublishedPackage["registry"], name: string, version: string): string {
  const folder = mkdtempSync(join(work, "download-"));
  if (registry === "pypi")
    execFileSync("python3", ["-m", "pip", "download", "--quiet", ...WHEELS, "--dest", folder, `${name}==${version}`], { stdio: "inherit" });
  else execFileSync("npm", ["pack", "--silent", `${name}@${version}`], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  return folder;
}
