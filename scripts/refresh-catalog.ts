// Writes packages/assay/data/openness/catalog.json: the evaluations that the Model Openness Tool publishes.
//
// Usage: node scripts/refresh-catalog.ts FOLDER YYYY-MM-DD LICENSE
//
// FOLDER holds the tool's models/*.yml (https://github.com/lfai/model_openness_tool), the date is that of the
// commit they are of, LICENSE is the file with the tool's license. Prints what changed, and the size.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { packModel, sameFramework, type CatalogData, type PackedModel } from "../packages/assay/src/catalog/catalog-data.ts";
import { compareModelNames } from "../packages/assay/src/catalog/order.ts";
import { readModelFile } from "../packages/assay/src/openness/read-model.ts";

const TARGET = fileURLToPath(new URL("../packages/assay/data/openness/catalog.json", import.meta.url));

const [folder, date, license] = process.argv.slice(2);
if (folder === undefined || license === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(date ?? "")) {
  process.stderr.write("usage: node scripts/refresh-catalog.ts FOLDER YYYY-MM-DD LICENSE\n");
  process.exitCode = 2;
} else {
  write(folder, date ?? "", license);
}

function write(folder: string, date: string, license: string): void {
  const files = readdirSync(folder).filter((name) => name.endsWith(".yml"));
  const models = files.map((file) => ({
    id: file.replace(/\.yml$/, ""),
    ...readModelFile(readFileSync(join(folder, file)), file),
  }));
  const framework = sameFramework(models.map(({ model }) => model));
  if (framework === undefined) throw new Error("the files name different versions of the framework: keep it with each model");
  const lost = models.flatMap(({ id, unknownFields }) => unknownFields.map((field) => `${id}: ${field}`));
  if (lost.length > 0) throw new Error(`fields that the catalog would lose:\n${lost.join("\n")}`);
  const packed = models
    .map(({ id, model }) => [id, packModel(model)] as const)
    .sort(([a], [b]) => compareModelNames(a, b) || (a < b ? -1 : 1));
  const text = print({
    sources: [
      {
        name: "Model Openness Tool (LF AI & Data)",
        date,
        url: "https://github.com/lfai/model_openness_tool",
        license: "MIT",
        gives: "the evaluations in its folder models",
      },
    ],
    licenseText: readFileSync(license, "utf8").trim(),
    framework,
    descriptions: descriptionsOf(models),
    models: Object.fromEntries(packed),
  });
  const before = idsBefore();
  writeFileSync(TARGET, text);
  const ids = new Set(packed.map(([id]) => id));
  const bytes = Buffer.byteLength(text);
  process.stdout.write(`${packed.length} evaluations, ${bytes} bytes, ${gzipSync(text, { level: 9 }).length} gzipped\n`);
  report(
    "new",
    [...ids].filter((id) => !before.has(id)),
  );
  report(
    "gone",
    [...before].filter((id) => !ids.has(id)),
  );
}

/** One model a line, so that a change shows as the models that it changes. */
function print({ models, ...rest }: CatalogData): string {
  const head = JSON.stringify(rest, undefined, 2).replace(/\n\}$/, "");
  const lines = Object.entries(models).map(([id, model]) => `    ${JSON.stringify(id)}: ${JSON.stringify(model)}`);
  return `${head},\n  "models": {\n${lines.join(",\n")}\n  }\n}\n`;
}

function descriptionsOf(
  models: readonly { readonly id: string; readonly model: ReturnType<typeof readModelFile>["model"] }[],
): Record<string, string> {
  const descriptions: Record<string, string> = {};
  for (const { id, model } of models) {
    for (const { name, description } of model.components) {
      if (description === undefined) throw new Error(`${id} does not describe ${name}: keep descriptions with each model`);
      descriptions[name] ??= description;
      if (descriptions[name] !== description)
        throw new Error(`${id} describes ${name} in its own words: keep descriptions with each model`);
    }
  }
  return descriptions;
}

function idsBefore(): Set<string> {
  try {
    const { models } = JSON.parse(readFileSync(TARGET, "utf8")) as { models: Record<string, PackedModel> };
    return new Set(Object.keys(models));
  } catch {
    return new Set();
  }
}

function report(what: string, ids: readonly string[]): void {
  if (ids.length > 0 && ids.length < 50) process.stdout.write(`${what}: ${ids.join(", ")}\n`);
}
