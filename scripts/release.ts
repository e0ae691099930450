// Makes a release, up to the push: see RELEASE.md.
//
//   node scripts/release.ts X.Y.Z [--dry-run]   version, date, documents, commit, signed tag
//   node scripts/release.ts --notes X.Y.Z       the changelog's section, for the release page
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { packageVersion, setVersion } from "./release/version-places.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { "dry-run": { type: "boolean", default: false }, notes: { type: "string" } },
});
const changelog = readFileSync("CHANGELOG.md", "utf8");
if (values.notes === undefined) release(positionals[0] ?? "");
else process.stdout.write(`${sectionOf(values.notes)}\n`);

function release(version: string): void {
  if (!/^\d+\.\d+\.\d+$/.test(version)) fail("the version is three numbers: npm run release -- X.Y.Z");
  if (git("status", "--porcelain") !== "") fail("there are changes that are not committed");
  if (git("branch", "--show-current") !== "main") fail("releases are made from main");
  if (git("tag", "--list", `v${version}`) !== "") fail(`the tag v${version} exists`);
  const heading = `## ${version} (unreleased)`;
  if (!changelog.includes(`${heading}\n`)) fail(`CHANGELOG.md has no section "${heading}"`);
  const before = packageVersion(".");
  if (compare(version, before) < 0) fail(`${version} is before ${before}`);
  const date = new Date().toISOString().slice(0, 10);
  console.log(`version ${before} -> ${version}, dated ${date}; commit "Release ${version}", tag v${version}`);
  if (values["dry-run"]) return;
  writeFileSync("CHANGELOG.md", changelog.replace(heading, `## ${version} (${date})`));
  setVersion(".", version);
  // The manual pages have version and date.
  run(process.execPath, "scripts/docs.ts");
  git("commit", "--all", "--message", `Release ${version}`);
  git("tag", "--sign", `v${version}`, "--message", `${version}\n\n${sectionOf(version)}`);
  console.log(`now: git push origin main v${version}`);
}

function sectionOf(version: string): string {
  const [, section] = new RegExp(`^## ${version.replaceAll(".", "\\.")} \\(.*\\)\\n([^]*?)(?=^## |(?![^]))`, "m").exec(changelog) ?? [];
  return section?.trim() ?? fail(`CHANGELOG.md has no section for ${version}`);
}

function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(".").map(Number));
  return left?.map((part, index) => part - (right?.[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

function git(...words: string[]): string {
  return run("git", ...words);
}

function run(program: string, ...words: string[]): string {
  const { status, stdout, stderr } = spawnSync(program, words, { encoding: "utf8" });
  if (status !== 0) fail(`${program} ${words.join(" ")} failed: ${stderr.trim()}`);
  return stdout.trim();
}

function fail(why: string): never {
  console.error(why);
  process.exit(1);
}
