import { nearest } from "../core/nearest.ts";
import type { LicenseCatalog, LicenseFacts } from "./license.ts";
import type { LicenseData, LicenseEntry } from "./license-data.ts";
import { licenseKey } from "./license-key.ts";

/** In front of the identifiers of licenses that SPDX does not list. */
const OWN = "LicenseRef-";

/** How many names are remembered with what was found for them: models share licenses, and an attacker may send any number of names. */
const MAX_REMEMBERED = 1_000;
const MAX_REMEMBERED_LENGTH = 200;

/**
 * Makes one catalog of the data files that ship with the package (or of a caller's own). A later file
 * adds to an earlier one, and replaces its entries of the same identifier.
 */
export function licenseCatalog(...files: readonly LicenseData[]): LicenseCatalog {
  return new Catalog(files);
}

/** Everything but the list of entries is made when it is first asked for: most lookups are exact, and few are of one license. */
class Catalog implements LicenseCatalog {
  readonly #files: readonly LicenseData[];
  readonly #entries = new Map<string, LicenseEntry>();
  readonly #facts = new Map<string, LicenseFacts>();
  #exceptions: ReadonlySet<string> | undefined;
  #byLower: ReadonlyMap<string, string> | undefined;
  #byKey: ReadonlyMap<string, string> | undefined;
  #byLength: ReadonlyMap<number, readonly string[]> | undefined;
  readonly #found = new Map<string, LicenseFacts | undefined>();
  readonly #near = new Map<string, string | undefined>();

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
    return this.exact(name) ?? remembered(this.#found, name, () => this.#findOtherwiseWritten(name));
  }

  near(name: string): string | undefined {
    if (name.length < 3 || name.length > 40) return undefined;
    return remembered(this.#near, name, () => this.#findNear(name));
  }

  isException(id: string): boolean {
    this.#exceptions ??= new Set(this.#files.flatMap(({ exceptions = [] }) => exceptions.map((exception) => exception.toLowerCase())));
    return this.#exceptions.has(id.toLowerCase());
  }

  isOpenToTool(name: string): boolean {
    return this.#files.some(({ toolNames = [] }) => toolNames.includes(name));
  }

  #findOtherwiseWritten(name: string): LicenseFacts | undefined {
    this.#byLower ??= new Map([...this.#entries.keys()].toReversed().map((id) => [id.toLowerCase(), id]));
    const sameLetters = this.#byLower.get(name.trim().toLowerCase());
    if (sameLetters !== undefined) return this.exact(sameLetters);
    this.#byKey ??= this.#indexByKey();
    const id = this.#byKey.get(licenseKey(name));
    return id === undefined ? undefined : this.exact(id);
  }

  #findNear(name: string): string | undefined {
    this.#byLength ??= Map.groupBy(
      [...this.#entries.keys()].filter((id) => !id.startsWith(OWN)),
      ({ length }) => length,
    );
    // A third of the letters may differ: what is much longer or shorter, or has other letters, need not be compared in their order.
    const reach = Math.max(1, Math.floor(name.length / 3));
    const letters = new Letters(name);
    const byLower = new Map<string, string>();
    for (let length = name.length - reach; length <= name.length + reach; length += 1) {
      for (const id of this.#byLength.get(length) ?? []) {
        const lower = id.toLowerCase();
        if (letters.differFrom(lower) <= reach) byLower.set(lower, id);
      }
    }
    return byLower.get(nearest(name, byLower.keys()) ?? "");
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

/** The letters of a word without their order, in which two words differ at most as much as with it. */
class Letters {
  readonly #counts = new Int8Array(64);
  readonly #length: number;

  constructor(word: string) {
    const lower = word.toLowerCase();
    this.#length = lower.length;
    for (let at = 0; at < lower.length; at += 1) this.#add(lower, at, 1);
  }

  /** How many letters of the one are not in the other, the larger of the two numbers. Letters may share a count: then it is less. */
  differFrom(lower: string): number {
    let lacking = 0;
    for (let at = 0; at < lower.length; at += 1) if (this.#add(lower, at, -1) < 0) lacking += 1;
    for (let at = 0; at < lower.length; at += 1) this.#add(lower, at, 1);
    return Math.max(lacking, this.#length - lower.length + lacking);
  }

  #add(lower: string, at: number, change: 1 | -1): number {
    const letter = lower.charCodeAt(at) & 63;
    return (this.#counts[letter] = (this.#counts[letter] ?? 0) + change);
  }
}

/** What was found before, or is found now; undefined where nothing was. */
function remembered<T>(known: Map<string, T | undefined>, name: string, find: () => T | undefined): T | undefined {
  if (name.length > MAX_REMEMBERED_LENGTH) return find();
  if (known.has(name)) return known.get(name);
  const found = find();
  if (known.size >= MAX_REMEMBERED) known.clear();
  known.set(name, found);
  return found;
}
