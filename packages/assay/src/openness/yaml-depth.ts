import type { CST } from "yaml";

/**
 * Where the tokens of a YAML text first nest deeper than `deepest` collections, without recursion; undefined
 * where they do not. The parser that makes the tokens keeps a stack of its own, and takes any depth.
 */
export function tokenDepth(tokens: Iterable<CST.Token>, deepest: number): number | undefined {
  const open: CST.Token[] = [];
  const depths: number[] = [];
  const add = (token: CST.Token | null | undefined, depth: number): void => {
    if (token === undefined || token === null) return;
    open.push(token);
    depths.push(depth);
  };
  for (const token of tokens) {
    add(token, 0);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const depth = depths.pop() ?? 0;
      if (depth > deepest) return next.offset;
      if (next.type === "document") add(next.value, depth + 1);
      else if ("items" in next) {
        for (const { key, value } of next.items) {
          add(key, depth + 1);
          add(value, depth + 1);
        }
      }
    }
  }
  return undefined;
}
