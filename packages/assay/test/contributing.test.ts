import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const root = join(import.meta.dirname, "../../..");
const guide = ["CONTRIBUTING.md", "ARCHITECTURE.md"].map((name) => readFileSync(join(root, name), "utf8")).join("\n");
const quoted = [...guide.matchAll(/`([^`\n]+)`/g)].map(([, text = ""]) => text);

/** What the worked examples would add. */
const INVENTED_FILES = ["commands/largest/", "formats/numpy", "probe/tests/", "report/sarif"];
const INVENTED_NAMES: ReadonlySet<string> = new Set(["LARGEST", "NUMPY", "TESTS", "POLICY_EXPIRED", "NAME", "AREA"]);

const PLACES = [
  "",
  "packages/assay/",
  "packages/assay/src/",
  "packages/assay/src/cli/",
  "packages/assay/src/probe/",
  "packages/assay/test/",
];

test("each file that the guides name exists", () => {
  const files = quoted
    .filter((text) => /^[\w./-]+\.(?:ts|mjs|cjs|json|md|py)$/.test(text) && text !== "spec.ts" && text !== "run.ts" && text !== "report.ts")
    .filter((text) => !INVENTED_FILES.some((invented) => text.includes(invented)));
  assert.ok(files.length > 30, "the files were found");
  const everywhere = globSync("packages/assay/{src,test}/**/*", { cwd: root });
  const exists = (file: string): boolean =>
    PLACES.some((place) => existsSync(join(root, place, file))) || everywhere.some((path) => path.endsWith(`/${file}`));
  assert.deepEqual(
    files.filter((file) => !exists(file)),
    [],
  );
});

test("each constant and type that the guides name is in the source", () => {
  const names = quoted.filter((text) => /^(?:[A-Z][A-Z0-9]*_[A-Z0-9_]+|[A-Z]{4,}|[A-Z][a-z]+(?:[A-Z][a-z]+)+)$/.test(text));
  const source = globSync("packages/assay/{src,test}/**/*.ts", { cwd: root })
    .map((path) => readFileSync(join(root, path), "utf8"))
    .join("\n");
  assert.ok(names.length > 15, "the names were found");
  const missing = names.filter((name) => !INVENTED_NAMES.has(name) && !new RegExp(`\\b${name}\\b`).test(source));
  assert.deepEqual(missing, []);
});
