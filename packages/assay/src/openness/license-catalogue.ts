import type { LicenseCatalogue, LicenseFacts, Restriction } from "./license.ts";
import type { LicenseData, LicenseEntry } from "./license-data.ts";
import { licenseKey } from "./license-key.ts";

/** How hubs spell names that are no identifiers: `LicenseRef-` in front is ours, not theirs. */
const OWN = "LicenseRef-";

/**
 * Makes one catalogue of the data files that ship with the package (or of a caller's own). A later file
 * adds to an earlier one, and replaces its entries of the same identifier.
 */
export function licenseCatalogue(...files: readonly LicenseData[]): LicenseCatalogue {
  const entries = new Map<string, LicenseFacts>();
  const exceptions = new Set<string>();
  const restrictions = new Map(files.flatMap((file) => Object.entries(file.restrictions ?? {})));
  for (const file of files) {
    for (const [id, entry] of Object.entries(file.licenses)) entries.set(id, factsOf(id, entry, restrictions.get(id)));
    for (const id of file.exceptions ?? []) exceptions.add(id.toLowerCase());
  }
  // Keys cost a few milliseconds to make for all, and most lookups are exact.
  let byKey: ReadonlyMap<string, LicenseFacts> | undefined;
  return {
    exact: (id) => entries.get(id),
    find(name) {
      byKey ??= indexByKey(entries, files);
      return entries.get(name) ?? byKey.get(`id:${name.trim().toLowerCase()}`) ?? byKey.get(licenseKey(name));
    },
    isException: (id) => exceptions.has(id.toLowerCase()),
    get ids() {
      return [...entries.keys()];
    },
  };
}

function factsOf(id: string, entry: LicenseEntry, restriction: Restriction | undefined): LicenseFacts {
  const { osi = false, fsf = false, openData = false, openMdw = false, fitFor = [] } = entry;
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

/** Identifiers win over names, names that were written down over full names; a full name of two licenses means neither. */
function indexByKey(entries: ReadonlyMap<string, LicenseFacts>, files: readonly LicenseData[]): ReadonlyMap<string, LicenseFacts> {
  const index = new Map<string, LicenseFacts>();
  const add = (key: string, facts: LicenseFacts): void => {
    if (key !== "" && !index.has(key)) index.set(key, facts);
  };
  const current = [...entries.values()].filter(({ isDeprecated }) => !isDeprecated);
  const deprecated = [...entries.values()].filter(({ isDeprecated }) => isDeprecated);
  for (const facts of entries.values()) add(`id:${facts.id.toLowerCase()}`, facts);
  for (const file of files) {
    for (const [name, id] of Object.entries(file.names ?? {})) {
      const facts = entries.get(id);
      if (facts !== undefined) add(licenseKey(name), facts);
    }
    for (const [id, { names = [] }] of Object.entries(file.licenses)) {
      const facts = entries.get(id);
      for (const name of names) if (facts !== undefined) add(licenseKey(name), facts);
    }
  }
  for (const facts of [...current, ...deprecated]) add(licenseKey(facts.id.replace(OWN, "")), facts);
  const byName = new Map<string, LicenseFacts | undefined>();
  for (const facts of current) {
    const key = licenseKey(facts.name);
    byName.set(key, byName.has(key) ? undefined : facts);
  }
  for (const [key, facts] of byName) if (facts !== undefined) add(key, facts);
  return index;
}
