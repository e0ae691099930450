import type { LicenseSource } from "../openness/license-data.ts";
import type { ModelDescription } from "../openness/model.ts";
import { unpackModel, type CatalogData } from "./catalog-data.ts";
import { readShippedData } from "./shipped-data.ts";

/** An evaluation that can be listed, shown and compared by its name. */
export interface CatalogEntry {
  /** The name of its file without the ending: no other public evaluation has it. */
  readonly id: string;
  readonly model: ModelDescription;
  /** The caller's own file; undefined for a public one. */
  readonly file: string | undefined;
}

export interface Catalog {
  readonly entries: readonly CatalogEntry[];
  readonly sources: readonly LicenseSource[];
}

let loaded: Catalog | undefined;

/** The public evaluations that ship with the package, read when they are first asked for. Throws INTERNAL where the installation lacks them. */
export function loadCatalog(): Catalog {
  loaded ??= readCatalog();
  return loaded;
}

/** The same from another package's folder, for tests. */
export function readCatalog(root?: string): Catalog {
  return readShippedData("openness/catalog.json", "catalog of evaluations", unpack, root);
}

function unpack(json: string): Catalog {
  const data: CatalogData = JSON.parse(json);
  const entries = Object.entries(data.models).map(([id, packed]) => ({ id, model: unpackModel(packed, data), file: undefined }));
  return { entries, sources: data.sources };
}
