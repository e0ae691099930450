import { nearest } from "../core/nearest.ts";
import type { CatalogEntry } from "./catalog.ts";

/** What a name comes to when case, accents, blanks and punctuation are taken out; digits of a version stay apart: `3.1` is not `31`. */
export function nameKey(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]+|\.(?!\d)|(?<!\d)\./gu, "");
}

/** Whether an entry's name, file or organization holds every word of a search, in any order and case. */
export function holdsWords({ id, model }: CatalogEntry, search: string): boolean {
  const texts = [model.release.name, id, model.release.producer ?? ""].map(nameKey);
  const words = search
    .split(/[\s_-]+/)
    .map(nameKey)
    .filter((word) => word !== "");
  return words.length > 0 && words.every((word) => texts.some((text) => text.includes(word)));
}

/** What a name may mean: one entry, several of that name, or none with similar names. */
export type Found =
  | { readonly kind: "one"; readonly entry: CatalogEntry }
  | { readonly kind: "several"; readonly entries: readonly CatalogEntry[] }
  | { readonly kind: "none"; readonly near: readonly CatalogEntry[] };

const MAX_NEAR = 6;

/**
 * Finds an evaluation by its name or by that of its file (`Amber`, `Amber.yml`, the caller's own by the whole path); case and punctuation count only
 * where they tell two apart. A similar name is never taken.
 */
export function findByName(entries: readonly CatalogEntry[], name: string): Found {
  const file = /\.ya?ml$/i.test(name) ? name.replace(/\.ya?ml$/i, "") : undefined;
  const ways: readonly ((entry: CatalogEntry) => boolean)[] =
    file === undefined
      ? [
          ({ id, model, file: path }) => id === name || model.release.name === name || path === name,
          ({ id, model }) => nameKey(id) === nameKey(name) || nameKey(model.release.name) === nameKey(name),
        ]
      : [({ id, file: path }) => id === file || path === name, ({ id }) => nameKey(id) === nameKey(file)];
  for (const isCalledSo of ways) {
    const called = entries.filter(isCalledSo);
    const [entry] = called;
    if (called.length > 1) return { kind: "several", entries: called };
    if (entry !== undefined) return { kind: "one", entry };
  }
  return { kind: "none", near: nearTo(entries, file ?? name) };
}

/** Entries with all words come first: a family's name should list its members. */
function nearTo(entries: readonly CatalogEntry[], name: string): CatalogEntry[] {
  const holding = entries.filter((entry) => holdsWords(entry, name));
  if (holding.length > 0) return holding.slice(0, MAX_NEAR);
  const byKey = new Map(
    entries.flatMap((entry) => [[nameKey(entry.id), entry] as const, [nameKey(entry.model.release.name), entry] as const]),
  );
  const key = nearest(nameKey(name), byKey.keys());
  const entry = key === undefined ? undefined : byKey.get(key);
  return entry === undefined ? [] : [entry];
}
