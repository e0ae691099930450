import { fileURLToPath } from "node:url";
import { AssayError } from "../error.ts";
import { readBounded } from "../files/read-bounded.ts";
import type { LicenseSource } from "../openness/license-data.ts";
import type { ModelDescription } from "../openness/model.ts";
import { unpackModel, type CatalogueData } from "./catalogue-data.ts";

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

/** The package's own folder: the same from the source, the library and the bundled command, which all lie two levels below it. */
const DATA = fileURLToPath(new URL("../../data/openness/", import.meta.url));
const LIMIT = 8 * 1024 * 1024;

let loaded: Catalogue | undefined;

/** The public evaluations that ship with the package, read when they are first asked for. Throws INTERNAL where the installation lacks them. */
export function loadCatalogue(): Catalogue {
  loaded ??= readCatalogue(DATA);
  return loaded;
}

/** The same from another folder, for tests. */
export function readCatalogue(folder: string): Catalogue {
  try {
    const bytes = readBounded(`${folder}catalogue.json`, "catalogue of evaluations", LIMIT);
    const data: CatalogueData = JSON.parse(new TextDecoder().decode(bytes));
    const entries = Object.entries(data.models).map(([id, packed]) => ({ id, model: unpackModel(packed, data), file: undefined }));
    return { entries, sources: data.sources };
  } catch (cause) {
    throw new AssayError("INTERNAL", "this installation of Assay lacks its catalogue of evaluations", { cause, hint: "install it again" });
  }
}
