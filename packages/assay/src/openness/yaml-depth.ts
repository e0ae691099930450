import type { CST } from "yaml";

/**
 * Where the tokens of a YAML text first nest deeper than `deepest` collections, without recursion; undefined
 * where they do not. The parser that makes the tokens keeps a stack of its own, and takes any depth.
 */
export function tokenDepth(tokens: Iterable<CST.Token>, deepest: number): number | undefined {
  for (const token of tokens) {
    const open: { readonly token: CST.Token; readonly depth: number }[] = [{ token, depth: 0 }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { token: current, depth } = next;
      if (depth > deepest) return current.offset;
      for (const child of childrenOf(current)) open.push({ token: child, depth: depth + 1 });
    }
  }
  return undefined;
}

function childrenOf(token: CST.Token): CST.Token[] {
  if (token.type === "document") return token.value === undefined ? [] : [token.value];
  if (!("items" in token)) return [];
  return token.items.flatMap(({ key, value }) => [key, value].filter((child) => child !== undefined && child !== null));
}
