import { nearest } from "../encoding/nearest.ts";
import type { LicenseCatalogue, LicenseFacts } from "./license.ts";
import type { LicenseData, LicenseEntry } from "./license-data.ts";
import { licenseKey } from "./license-key.ts";

/** In front of the identifiers of licenses that SPDX does not list. */
const OWN = "LicenseRef-";

/**
 * Makes one catalogue of the data files that ship with the package (or of a caller's own). A later file
 * adds to an earlier one, and replaces its entries of the same identifier.
 */
export function licenseCatalogue(...files: readonly LicenseData[]): LicenseCatalogue {
  return new Catalogue(files);
}

/** Everything but the list of entries is made when it is first asked for: most lookups are exact, and few are of one license. */
class Catalogue implements LicenseCatalogue {
  readonly #files: readonly LicenseData[];
  readonly #entries = new Map<string, LicenseEntry>();
  readonly #facts = new Map<string, LicenseFacts>();
  #exceptions: ReadonlySet<string> | undefined;
  #byLower: ReadonlyMap<string, string> | undefined;
  #byKey: ReadonlyMap<string, string> | undefined;
  #byLength: ReadonlyMap<number, readonly string[]> | undefined;

  constructor(files: readonly LicenseData[]) {
    this.#files = files;
    for (const { licenses } of files) for (const id of Object.keys(licenses)) this.#entries.set(id, licenses[id] ?? { name: id });
  }

  get ids(): readonly string[] {
    return [...this.#entries.keys()];
  }

  exact(id: string): LicenseFacts | undefined {
    const known = this.#facts.get(id);
    if (known !== undefined) return known;
    const entry = this.#entries.get(id);
    if (entry === undefined) return undefined;
    const facts = this.#factsOf(id, entry);
    this.#facts.set(id, facts);
    return facts;
  }

  find(name: string): LicenseFacts | undefined {
    const exact = this.exact(name);
    if (exact !== undefined) return exact;
    this.#byLower ??= new Map([...this.#entries.keys()].toReversed().map((id) => [id.toLowerCase(), id]));
    const sameLetters = this.#byLower.get(name.trim().toLowerCase());
    if (sameLetters !== undefined) return this.exact(sameLetters);
    this.#byKey ??= this.#indexByKey();
    const id = this.#byKey.get(licenseKey(name));
    return id === undefined ? undefined : this.exact(id);
  }

  near(name: string): string | undefined {
    if (name.length < 3 || name.length > 40) return undefined;
    this.#byLength ??= Map.groupBy(
      [...this.#entries.keys()].filter((id) => !id.startsWith(OWN)),
      ({ length }) => length,
    );
    // A third of the letters may differ: what is much longer or shorter need not be compared letter by letter.
    const reach = Math.max(1, Math.floor(name.length / 3));
    const candidates = Array.from({ length: 2 * reach + 1 }, (_, at) => this.#byLength?.get(name.length - reach + at) ?? []).flat();
    const byLower = new Map(candidates.map((id) => [id.toLowerCase(), id]));
    return byLower.get(nearest(name, byLower.keys()) ?? "");
  }

  isException(id: string): boolean {
    this.#exceptions ??= new Set(this.#files.flatMap(({ exceptions = [] }) => exceptions.map((exception) => exception.toLowerCase())));
    return this.#exceptions.has(id.toLowerCase());
  }

  #factsOf(id: string, entry: LicenseEntry): LicenseFacts {
    const { osi = false, fsf = false, openData = false, openMdw = false, fitFor = [] } = entry;
    const restriction = this.#files.map(({ restrictions }) => restrictions?.[id]).findLast((found) => found !== undefined);
    return {
      id,
      name: entry.name,
      isSpdx: !id.startsWith(OWN),
      isDeprecated: entry.deprecated === true,
      osi,
      fsf,
      openData,
      openMdw,
      isOpen: osi || fsf || openData || openMdw,
      fitFor,
      mot: entry.mot === undefined ? undefined : { isOpen: entry.mot, fitFor },
      restriction: entry.restriction ?? restriction,
      url: entry.url ?? (id.startsWith(OWN) ? undefined : `https://spdx.org/licenses/${id}.html`),
    };
  }

  /** Names that were written down win over identifiers, those over full names; a full name of two licenses means neither. */
  #indexByKey(): ReadonlyMap<string, string> {
    const index = new Map<string, string>();
    const add = (key: string, id: string): void => {
      if (key !== "" && this.#entries.has(id) && !index.has(key)) index.set(key, id);
    };
    for (const { names = {}, licenses } of this.#files) {
      for (const [name, id] of Object.entries(names)) add(licenseKey(name), id);
      for (const [id, entry] of Object.entries(licenses)) for (const name of entry.names ?? []) add(licenseKey(name), id);
    }
    const current = [...this.#entries].filter(([, { deprecated }]) => deprecated !== true);
    const deprecated = [...this.#entries].filter((entry) => entry[1].deprecated === true);
    for (const [id] of [...current, ...deprecated]) add(licenseKey(id.replace(OWN, "")), id);
    const byName = Map.groupBy(current, ([, { name }]) => licenseKey(name));
    for (const [key, sharing] of byName) if (sharing.length === 1) for (const [id] of sharing) add(key, id);
    return index;
  }
}
