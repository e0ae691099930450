// Measures evaluations of openness in one process, and what a page would carry. Prints a table.
//
// Usage: node bench/openness.ts [FOLDER]   a folder of mof.yml files; default: the catalog that ships with the package
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { loadCatalog } from "../packages/assay/src/catalog/catalog.ts";
import { evaluate } from "../packages/assay/src/openness/evaluate.ts";
import { licenseCatalog } from "../packages/assay/src/openness/license-catalog.ts";
import type { LicenseData } from "../packages/assay/src/openness/license-data.ts";
import { readModelFile } from "../packages/assay/src/openness/read-model.ts";

const root = fileURLToPath(new URL("../packages/assay/", import.meta.url));
const rows: string[][] = [];
const [folder] = process.argv.slice(2);

const texts =
  folder === undefined
    ? []
    : readdirSync(folder)
        .sort()
        .map((name) => readFileSync(join(folder, name)));
const data = ["licenses.json", "licenses-models.json"].map(
  (name) => JSON.parse(readFileSync(join(root, "data/openness", name), "utf8")) as LicenseData,
);

// The very first: nothing is compiled, and no index of license names is made yet.
const [first] = texts;
let read = first === undefined ? loadCatalog().entries[0]?.model : undefined;
if (first !== undefined) rows.push(["the first reading of a process", `${time(() => void (read = readModelFile(first).model))} ms`]);
const one = read ?? fail();
rows.push([
  "the first evaluation, making the catalog of licenses included",
  `${time(() => void evaluate(one, licenseCatalog(...data)))} ms`,
]);

const licenses = licenseCatalog(...data);
if (folder !== undefined) {
  const both = (): void => texts.forEach((text) => void evaluate(readModelFile(text).model, licenses));
  rows.push([`${texts.length} readings of YAML and evaluations, for the first time in the process`, `${time(both)} ms`]);
  rows.push(["the same once more", `${time(both)} ms`]);
  const again = time(both);
  rows.push(["one reading and evaluation, compiled", `${(again / texts.length).toFixed(3)} ms`]);
}
const models = folder === undefined ? loadCatalog().entries.map(({ model }) => model) : texts.map((text) => readModelFile(text).model);
const fresh = licenseCatalog(...data);
const all = time(() => models.forEach((model) => evaluate(model, fresh)));
rows.push([`${models.length} evaluations of models that are read already, by a catalog that has no index yet`, `${all} ms`]);
const warm = time(() => models.forEach((model) => evaluate(model, fresh)));
rows.push(["one evaluation, compiled", `${(warm / models.length).toFixed(3)} ms`]);

for (const [name, contents] of [
  ["evaluate and licenseCatalog, in a page", 'export { evaluate, licenseCatalog } from "./index.ts";'],
  ["all of assay/openness, in a page", 'export * from "./index.ts";'],
  ["with reading of YAML", 'export * from "./index.ts"; export * from "./yaml.ts";'],
] as const) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: join(root, "src/openness"), loader: "ts" },
    bundle: true,
    platform: "browser",
    format: "esm",
    target: "es2022",
    minify: true,
    write: false,
  });
  rows.push([name, sizes(outputFiles[0]?.contents ?? new Uint8Array())]);
}
for (const name of ["licenses.json", "licenses-models.json"]) rows.push([name, sizes(readFileSync(join(root, "data/openness", name)))]);

const width = Math.max(...rows.map(([name = ""]) => name.length));
process.stdout.write(rows.map(([name = "", figure]) => `${name.padEnd(width)}  ${figure}\n`).join(""));

function time(work: () => void): number {
  const start = performance.now();
  work();
  return Math.round((performance.now() - start) * 10) / 10;
}

function sizes(bytes: Uint8Array): string {
  return `${(bytes.length / 1000).toFixed(1)} kB, ${(gzipSync(bytes).length / 1000).toFixed(1)} kB gzipped`;
}

function fail(): never {
  throw new Error("the catalog is empty");
}
