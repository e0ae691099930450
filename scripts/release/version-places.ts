// Where the repository says which version it is. The package's own package.json decides; the others are set with it, and a test
// compares them. The manual pages follow by `npm run docs`. What was measured with a version keeps its number: docs/interoperability.md.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PACKAGE = "packages/assay/package.json";

/** Files and the forms in which they name the version, with X for it. A form occurs at least once. */
export const VERSION_PLACES: Readonly<Record<string, readonly string[]>> = {
  [PACKAGE]: ['\n  "version": "X",'],
  "packages/page/package.json": ['\n  "version": "X",'],
  "package-lock.json": [
    '"packages/assay": {\n      "version": "X",',
    '"packages/page": {\n      "name": "assay-page",\n      "version": "X",',
  ],
  "packages/assay/src/core/version.ts": ['VERSION = "X";'],
  "packages/assay/test/cli/first-lines.txt": ["\n0 assay X\n"],
  "README.md": ["assay-X.tgz"],
  "docs/install.md": ["assay-X.tgz"],
  "docs/keyless.md": ["assay-X.tgz"],
  "docs/release.md": ["refs/tags/vX "],
  "docs/ci.md": ["Written by Assay X."],
  "examples/ci/gitlab-ci.yml": ["/download/vX/"],
};

/** The version of the package that is in `root`. */
export function packageVersion(root: string): string {
  const { version } = JSON.parse(readFileSync(join(root, PACKAGE), "utf8")) as { version: string };
  return version;
}

/** Sets the version at every place. Throws where one does not name the present version, before anything is written. */
export function setVersion(root: string, version: string): void {
  const before = packageVersion(root);
  const changed = Object.entries(VERSION_PLACES).map(([file, forms]) => {
    let text = readFileSync(join(root, file), "utf8");
    for (const form of forms) {
      if (!text.includes(form.replace("X", before))) throw new Error(`${file} does not name the version ${before} as ${form.trim()}`);
      text = text.replaceAll(form.replace("X", before), form.replace("X", version));
    }
    return [file, text] as const;
  });
  for (const [file, text] of changed) writeFileSync(join(root, file), text);
}
