import { existsSync, statSync, type Stats } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { splitPathLists } from "../command-line/values.ts";

/** A path as a person would type it from `cwd`: relative where that is inside, absolute elsewhere. */
export function displayPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  if (short === "") return ".";
  return short === ".." || short.startsWith(`..${sep}`) || isAbsolute(short) ? path : short;
}

/** What is at a path, as far as that is readable; opening it gives the reason where it is not. */
export function glanceAt(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** The paths of a repeatable option, comma-separated lists included. */
export function listedPaths(texts: readonly string[], cwd: string): string[] {
  return splitPathLists(texts, (path) => existsSync(resolve(cwd, path)));
}
