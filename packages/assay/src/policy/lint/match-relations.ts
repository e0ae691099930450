import type { EntryMatch } from "../policy.ts";
import { globCovers, globsOverlap } from "./glob-relations.ts";

const PATTERNS = ["name", "reference"] as const;

/** True where every model that `inner` matches is matched by `outer`. */
export function matchCovers(outer: EntryMatch, inner: EntryMatch): boolean {
  if (outer.manifest !== undefined && inner.manifest?.every((digest) => outer.manifest?.includes(digest)) !== true) return false;
  return PATTERNS.every((key) => {
    const [outside, inside = ["**"]] = [outer[key], inner[key]];
    return outside === undefined || inside.every((pattern) => outside.some((covering) => globCovers(covering, pattern)));
  });
}

/** True where a model is known that both may match: they share a condition, and each that they share has something in common. */
export function matchesOverlap(a: EntryMatch, b: EntryMatch): boolean {
  const shared = PATTERNS.filter((key) => a[key] !== undefined && b[key] !== undefined);
  const [digestsA, digestsB] = [a.manifest, b.manifest];
  const areBothDigests = digestsA !== undefined && digestsB !== undefined;
  if (areBothDigests && !digestsA.some((digest) => digestsB.includes(digest))) return false;
  if (!areBothDigests && shared.length === 0) return isAnything(a) || isAnything(b);
  return shared.every((key) => a[key]?.some((x) => b[key]?.some((y) => globsOverlap(x, y))));
}

function isAnything(match: EntryMatch): boolean {
  return matchCovers(match, { name: undefined, reference: undefined, manifest: undefined });
}
