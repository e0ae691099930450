import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { globSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { publishedReadme } from "../../../scripts/published-readme.mjs";
import { writeFiles } from "./support/models/on-disk.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** As a program of Node resolves the package, and as a bundler does. */
const RESOLUTIONS = {
  nodenext: ["--module", "nodenext"],
  bundler: ["--module", "preserve", "--moduleResolution", "bundler"],
};

for (const [resolution, options] of Object.entries(RESOLUTIONS)) {
  test(`every documented example of the library compiles in strict TypeScript with module resolution ${resolution}`, () => {
    const folder = temporaryFolder();
    writeFiles(join(folder, "node_modules"), {});
    symlinkSync(join(root, "packages/assay"), join(folder, "node_modules", "assay"));
    symlinkSync(join(root, "node_modules", "@types"), join(folder, "node_modules", "@types"));
    const names = writeExamples(folder);
    assert.ok(names.length >= 4, "the examples were found");
    const strict = [
      "--strict",
      "--noUncheckedIndexedAccess",
      "--exactOptionalPropertyTypes",
      "--noEmit",
      "--target",
      "es2024",
      "--types",
      "node",
    ];
    const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
    const { status, stdout } = spawnSync(process.execPath, [compiler, ...strict, ...options, ...names], { cwd: folder, encoding: "utf8" });
    assert.equal(status, 0, stdout);
  });
}

/** Writes each example of the pages as a file of its own, and returns the names. */
function writeExamples(folder: string): string[] {
  return globSync(["*.md", "docs/**/*.md", "packages/*/*.md", "examples/**/*.md"], { cwd: root }).flatMap((page) => {
    const blocks = readFileSync(join(root, page), "utf8").matchAll(/^```(?:ts|typescript|js|javascript|mjs|mts)\n([\s\S]*?)^```$/gm);
    return [...blocks].map(([, code = ""], index) => {
      const name = `${page.replace(/\W/g, "-")}-${index}.mts`;
      writeFileSync(join(folder, name), code);
      return name;
    });
  });
}

test("every error code that the page on troubleshooting names exists", async () => {
  const { ERROR_CODES } = await import("../src/core/error-meanings.ts");
  const page = readFileSync(join(root, "docs/troubleshooting.md"), "utf8");
  const named = [...page.matchAll(/`([A-Z]{3,}(?:_[A-Z]+)+)`/g)].map(([, name = ""]) => name);
  assert.ok(named.length > 10);
  assert.deepEqual(
    named.filter((name) => !(name in ERROR_CODES) && name !== "HTTPS_PROXY" && name !== "NO_PROXY"),
    [],
  );
});

test("the README that the package ships has no relative link, and nothing that only a clone can do", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const repository = "git+https://git.example/org/assay.git";
  const withAddress = publishedReadme(readme, { version: "1.2.3", repository });
  const without = publishedReadme(readme, { version: "1.2.3", repository: undefined });
  for (const text of [withAddress, without]) {
    assert.deepEqual(
      [...text.matchAll(/\]\((?![a-z]+:|#)[^)]*\)/g)].map(([link]) => link),
      [],
    );
    assert.doesNotMatch(text, /npm start|<!--/);
  }
  assert.match(withAddress, /\[docs\/keyless\.md\]\(https:\/\/git\.example\/org\/assay\/blob\/v1\.2\.3\/docs\/keyless\.md\)/);
  assert.match(withAddress, /\(https:\/\/git\.example\/org\/assay\/raw\/v1\.2\.3\/docs\/images\/mof-pebble\.svg\)/);
  assert.match(without, /SECURITY\.md says what/);
});
