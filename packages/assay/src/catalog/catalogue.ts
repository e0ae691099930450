import type { LicenseSource } from "../openness/license-data.ts";
import type { ModelDescription } from "../openness/model.ts";
import { unpackModel, type CatalogueData } from "./catalogue-data.ts";
import { readShippedData } from "./shipped-data.ts";

/** An evaluation that can be listed, shown and compared by its name. */
export interface CatalogueEntry {
  /** The name of its file without the ending: no other public evaluation has it. */
  readonly id: string;
  readonly model: ModelDescription;
  /** The caller's own file; undefined for a public one. */
  readonly file: string | undefined;
}

export interface Catalogue {
  readonly entries: readonly CatalogueEntry[];
  readonly sources: readonly LicenseSource[];
}

let loaded: Catalogue | undefined;

/** The public evaluations that ship with the package, read when they are first asked for. Throws INTERNAL where the installation lacks them. */
export function loadCatalogue(): Catalogue {
  loaded ??= readCatalogue();
  return loaded;
}

/** The same from another folder, for tests. */
export function readCatalogue(folder?: string): Catalogue {
  return readShippedData("catalogue.json", "catalogue of evaluations", unpack, folder);
}

function unpack(json: string): Catalogue {
  const data: CatalogueData = JSON.parse(json);
  const entries = Object.entries(data.models).map(([id, packed]) => ({ id, model: unpackModel(packed, data), file: undefined }));
  return { entries, sources: data.sources };
}
