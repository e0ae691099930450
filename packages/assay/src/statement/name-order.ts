/** A code unit's rank once surrogates, which encode code points past U+FFFF, come after all others. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/**
 * Compares two names by Unicode code points (OMS section 5.2.1), which is the byte order of their UTF-8.
 * JavaScript compares UTF-16 code units and so puts characters past U+FFFF before those from U+E000.
 */
export function compareNames(a: string, b: string): number {
  if (a === b) return 0;
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at++) {
    const unit = a.charCodeAt(at);
    const other = b.charCodeAt(at);
    if (unit !== other) return rank(unit) - rank(other);
  }
  return a.length - b.length;
}

const SURROGATE = /[\ud800-\udfff]/;

/**
 * The places of `names` in code-point order, `names[order[0]]` the first; undefined where they are in
 * that order already and no two are the same.
 */
export function codePointOrder(names: readonly string[]): number[] | undefined {
  // Without surrogates both orders are the same, and the engine's own comparison is many times as fast.
  const compare = names.some((name) => SURROGATE.test(name)) ? compareNames : compareCodeUnits;
  if (isAscending(names, compare)) return undefined;
  return names.map((_, index) => index).sort((a, b) => compare(names[a] ?? "", names[b] ?? ""));
}

function isAscending(names: readonly string[], compare: (a: string, b: string) => number): boolean {
  for (let at = 1; at < names.length; at++) {
    if (compare(names[at - 1] ?? "", names[at] ?? "") >= 0) return false;
  }
  return true;
}

function compareCodeUnits(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Whether the UTF-16 order of this name might differ from its code-point order. */
const BEYOND_SURROGATES = /[\ud800-\uffff]/;

/** Sorts `items` in place by name, in code-point order. */
export function sortByName<Item extends { readonly name: string }>(items: Item[]): Item[] {
  const isPlain = !items.some(({ name }) => BEYOND_SURROGATES.test(name));
  // Most models need only the engine's own comparison, which is many times as fast.
  return items.sort(isPlain ? (a, b) => compareCodeUnits(a.name, b.name) : (a, b) => compareNames(a.name, b.name));
}
