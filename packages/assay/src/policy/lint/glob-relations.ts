import { compileGlob, globParts, nextPositions, startPositions, type GlobPart } from "../glob.ts";

/** Comparing two patterns takes at most so many steps; beyond, nothing is said about them. */
const MAX_STATES = 5000;

/** True where every name that `inner` matches is matched by `outer`. False also where that takes too long to tell. */
export function globCovers(outer: string, inner: string): boolean {
  if (isLiteral(inner)) return compileGlob(outer).matches(inner);
  if (isLiteral(outer) || areApart(outer, inner)) return false;
  return !someName(inner, outer, (isInner, isOuter) => isInner && !isOuter, true);
}

/** True where a name is matched by both. False also where that takes too long to tell. */
export function globsOverlap(a: string, b: string): boolean {
  if (isLiteral(a)) return compileGlob(b).matches(a);
  if (isLiteral(b)) return compileGlob(a).matches(b);
  if (areApart(a, b)) return false;
  return someName(a, b, (isA, isB) => isA && isB, false);
}

function isLiteral(pattern: string): boolean {
  return !/[*?]/.test(pattern);
}

/** True where two patterns begin or end with different texts: no name matches both. Most pairs of a long policy are so. */
function areApart(a: string, b: string): boolean {
  const [beginA, beginB] = [fixedBeginning(a), fixedBeginning(b)];
  if (!beginA.startsWith(beginB) && !beginB.startsWith(beginA)) return true;
  const [endA, endB] = [fixedEnd(a), fixedEnd(b)];
  return !endA.endsWith(endB) && !endB.endsWith(endA);
}

function fixedBeginning(pattern: string): string {
  return pattern.slice(0, pattern.search(/[*?]/));
}

function fixedEnd(pattern: string): string {
  return pattern.slice(Math.max(pattern.lastIndexOf("*"), pattern.lastIndexOf("?")) + 1);
}

/**
 * Whether there is a name for which `isFound` holds, told whether each pattern matches it: both patterns are followed over every
 * name at once. All characters that no pattern names are alike, and one does for them.
 */
function someName(a: string, b: string, isFound: (isA: boolean, isB: boolean) => boolean, ifTooLong: boolean): boolean {
  const [partsA, partsB] = [globParts(a), globParts(b)];
  const alphabet = new Set(["/", "", ...exactCharacters(partsA), ...exactCharacters(partsB)]);
  const pending: (readonly [Set<number>, Set<number>])[] = [[startPositions(partsA), startPositions(partsB)]];
  const seen = new Set<string>();
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [inA, inB] = pair;
    if (isFound(inA.has(partsA.length), inB.has(partsB.length))) return true;
    for (const character of alphabet) {
      const next = [nextPositions(partsA, inA, character), nextPositions(partsB, inB, character)] as const;
      // Names that the first pattern does not match are of no interest to either question.
      if (next[0].size === 0) continue;
      const key = next.map((positions) => [...positions].toSorted((x, y) => x - y).join()).join(";");
      if (seen.has(key)) continue;
      if (seen.size >= MAX_STATES) return ifTooLong;
      seen.add(key);
      pending.push(next);
    }
  }
  return false;
}

function exactCharacters(parts: readonly GlobPart[]): string[] {
  return parts.flatMap((part) => (part.kind === "exact" ? [part.character] : []));
}
