/** A pattern for names: `*` is any number of characters but `/`, `**` any number of any, `?` one but `/`; all others mean themselves. */
export interface Glob {
  /** Whether all of a name matches: by code points, case counts, nothing is normalized. In time of pattern times name, whatever both are. */
  matches(name: string): boolean;
}

/** A part of a pattern. */
export type GlobPart =
  | { readonly kind: "one" }
  | { readonly kind: "many"; readonly crosses: boolean }
  | { readonly kind: "exact"; readonly character: string };

export function compileGlob(pattern: string): Glob {
  const parts = globParts(pattern);
  const start = startPositions(parts);
  // Most names of most patterns differ at once.
  const [prefix = ""] = /^[^*?]*/.exec(pattern) ?? [];
  return { matches: (name) => name.startsWith(prefix) && matchAll(parts, start, Array.from(name)) };
}

export function globParts(pattern: string): readonly GlobPart[] {
  const characters = Array.from(pattern);
  const parts: GlobPart[] = [];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? "";
    if (character === "*") {
      const crosses = characters[at + 1] === "*";
      if (crosses) at += 1;
      parts.push({ kind: "many", crosses });
    } else parts.push(character === "?" ? { kind: "one" } : { kind: "exact", character });
  }
  return parts;
}

/** One character of the name after another, with all positions in the pattern at which it may be: no backtracking. */
function matchAll(parts: readonly GlobPart[], start: ReadonlySet<number>, name: readonly string[]): boolean {
  let positions = start;
  for (const character of name) {
    positions = nextPositions(parts, positions, character);
    if (positions.size === 0) return false;
  }
  return positions.has(parts.length);
}

/** Where in a pattern a name may begin. */
export function startPositions(parts: readonly GlobPart[]): Set<number> {
  return closure(parts, new Set([0]));
}

/** Where one may be after one more character. A name that ends where the pattern does matches. */
export function nextPositions(parts: readonly GlobPart[], positions: ReadonlySet<number>, character: string): Set<number> {
  const next = new Set<number>();
  for (const position of positions) {
    const part = parts[position];
    if (part === undefined) continue;
    if (part.kind === "many") {
      if (part.crosses || character !== "/") next.add(position);
    } else if (part.kind === "one" ? character !== "/" : part.character === character) next.add(position + 1);
  }
  return closure(parts, next);
}

/** What can be reached without a character: behind `*`, which may be empty. */
function closure(parts: readonly GlobPart[], positions: Set<number>): Set<number> {
  for (const position of positions) if (parts[position]?.kind === "many") positions.add(position + 1);
  return positions;
}
