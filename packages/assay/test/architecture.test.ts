import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const src = join(root, "packages/assay/src");

interface Row {
  readonly mayImport: readonly string[];
  readonly isPure: boolean;
}

function readTable(): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const line of readFileSync(join(root, "ARCHITECTURE.md"), "utf8").split("\n")) {
    const cells = line.split("|").map((cell) => cell.trim());
    const folder = /^`([a-z.]+)`$/.exec(cells[1] ?? "")?.[1];
    if (folder === undefined) continue;
    const mayImport = [...(cells[3] ?? "").matchAll(/`([a-z.]+)`/g)].map(([, name = ""]) => name);
    rows.set(folder, { mayImport, isPure: cells[4] === "yes" });
  }
  return rows;
}

function folderOf(file: string): string {
  const folder = relative(src, file).split("/");
  return folder.length === 1 ? "." : (folder[0] ?? ".");
}

interface Import {
  readonly from: string;
  readonly specifier: string;
}

function readImports(): Import[] {
  return globSync(join(src, "**/*.ts")).flatMap((file) => {
    const text = readFileSync(file, "utf8");
    const specifiers = [...text.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|\bimport\s+)"([^"]+)"/g)].map(([, name = ""]) => name);
    return specifiers.map((specifier) => ({ from: file, specifier }));
  });
}

const table = readTable();
const imports = readImports();

test("the table of ARCHITECTURE.md names every folder of the source", () => {
  const folders = new Set(globSync(join(src, "**/*.ts")).map(folderOf));
  assert.deepEqual([...folders].sort(), [...table.keys()].sort());
  assert.ok(imports.length > 50, "the imports were found");
});

test("every folder imports only what ARCHITECTURE.md allows it", () => {
  const broken = imports.flatMap(({ from, specifier }) => {
    if (!specifier.startsWith(".")) return [];
    const target = join(dirname(from), specifier);
    const [folder, targetFolder] = [folderOf(from), folderOf(target)];
    if (folder === targetFolder || targetFolder === "core") return [];
    return table.get(folder)?.mayImport.includes(targetFolder) ? [] : [`${relative(src, from)} imports ${relative(src, target)}`];
  });
  assert.deepEqual(broken, []);
});

test("no circle of imports, be it for values, for types or on use", () => {
  const imported = new Map<string, string[]>();
  for (const { from, specifier } of imports) {
    if (!specifier.startsWith(".")) continue;
    const file = relative(src, from);
    imported.set(file, [...(imported.get(file) ?? []), relative(src, join(dirname(from), specifier))]);
  }
  const done = new Set<string>();
  const circles: string[] = [];
  for (const file of imported.keys()) visit(file, []);
  assert.deepEqual(circles, []);

  function visit(file: string, way: readonly string[]): void {
    const start = way.indexOf(file);
    if (start >= 0) circles.push([...way.slice(start), file].join(" -> "));
    if (start >= 0 || done.has(file)) return;
    for (const next of imported.get(file) ?? []) visit(next, [...way, file]);
    done.add(file);
  }
});

test("the pure folders import nothing of Node", () => {
  const broken = imports.filter(({ from, specifier }) => table.get(folderOf(from))?.isPure && specifier.startsWith("node:"));
  assert.deepEqual(broken, []);
});

test("the pure folders use no clock, randomness, network, process or Buffer", () => {
  const forbidden = /\b(?:Date\.now\(|new Date\(\)|Math\.random|getRandomValues|fetch\(|process\.|Buffer\.)/;
  const pure = [...table].filter(([, { isPure }]) => isPure).map(([folder]) => folder);
  assert.ok(pure.length > 5, "the table has a column that says which folders are pure");
  const broken = globSync(join(src, `{${pure.join(",")}}/**/*.ts`)).filter((file) => {
    const code = readFileSync(file, "utf8").replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    return forbidden.test(code);
  });
  assert.deepEqual(broken, []);
});
