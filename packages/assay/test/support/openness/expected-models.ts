import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packModel } from "../../../src/catalog/catalog-data.ts";
import { loadCatalog } from "../../../src/catalog/catalog.ts";
import { readModelFile } from "../../../src/openness/read-model.ts";

/** Where the shipped facts differ from the tool's files in a folder. For `npm run test:corpus`. */
export function catalogStaleness(folder: string): string[] {
  const shipped = new Map(loadCatalog().entries.map(({ id, model }) => [`${id}.yml`, canonical(packModel(model))]));
  const files = readdirSync(folder).filter((name) => name.endsWith(".yml"));
  const stale = files.filter((name) => {
    const { model } = readModelFile(readFileSync(join(folder, name)), name);
    return shipped.get(name) !== canonical(packModel(model));
  });
  return [...stale.map((name) => `${name} is not as it ships`), ...[...shipped.keys()].filter((name) => !files.includes(name))];
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
