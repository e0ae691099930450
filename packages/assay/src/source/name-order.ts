import { compareNames } from "../statement/name-order.ts";

/** Whether the UTF-16 order of this name might differ from its code-point order. */
const BEYOND_SURROGATES = /[\ud800-\uffff]/;

/** Sorts `items` in place by name, in code-point order. */
export function sortByName<Item extends { readonly name: string }>(items: Item[]): Item[] {
  const plain = !items.some(({ name }) => BEYOND_SURROGATES.test(name));
  // Most models need only the engine's own comparison, which is many times as fast.
  return items.sort(plain ? ({ name: a }, { name: b }) => (a < b ? -1 : a > b ? 1 : 0) : (a, b) => compareNames(a.name, b.name));
}
