import { loadCatalog, type CatalogEntry } from "../../catalog/catalog.ts";
import { findByName } from "../../catalog/search.ts";
import { AssayError } from "../../core/error.ts";
import type { LicenseSource } from "../../openness/license-data.ts";
import type { Warning } from "../../core/warning.ts";
import type { CommandContext, Invocation } from "../command.ts";
import { escapeName } from "../text/escape.ts";

export interface Evaluations {
  readonly entries: readonly CatalogEntry[];
  /** Where the public ones come from. */
  readonly sources: readonly LicenseSource[];
  readonly warnings: readonly Warning[];
}

/** The public evaluations, and those of --files. Throws what reading these throws. */
export async function readEvaluations({ values }: Invocation, { cwd }: CommandContext): Promise<Evaluations> {
  const paths = values.texts("files");
  const { entries, sources } = loadCatalog();
  if (paths.length === 0) return { entries, sources, warnings: [] };
  // The reader of YAML takes longer to load than all of the catalog.
  const { readOwnFiles } = await import("../../catalog/own-files.ts");
  const own = paths.map((path) => readOwnFiles(path, cwd));
  return { entries: [...own.flatMap((files) => files.entries), ...entries], sources, warnings: own.flatMap((files) => files.warnings) };
}

/** The one evaluation that is called so. Throws USAGE, naming those that are, or those that are near. */
export function requireByName(entries: readonly CatalogEntry[], name: string): CatalogEntry {
  const found = findByName(entries, name);
  switch (found.kind) {
    case "one":
      return found.entry;
    case "several":
      throw new AssayError("USAGE", `${found.entries.length} evaluations are called "${name}": ${found.entries.map(handle).join(", ")}`, {
        hint: "say which by the name of its file, with .yml",
      });
    case "none":
      throw new AssayError("USAGE", `no evaluation is called "${name}"`, { hint: nearHint(found.near) });
  }
}

/** What tells an entry from all others. */
export function handle({ id, file }: CatalogEntry): string {
  return escapeName(file ?? `${id}.yml`);
}

function nearHint(near: readonly CatalogEntry[]): string {
  const names = near.map(({ model }) => escapeName(model.release.name));
  if (names.length === 0) return "see all names with: assay openness list; those with a word in them: assay openness list WORD";
  return `did you mean: ${names.join(", ")}`;
}
