import { statSync, type Stats } from "node:fs";
import { isAbsolute, relative, sep } from "node:path";

/** A path as a person would type it from `cwd`: relative where that is inside, absolute elsewhere. */
export function displayPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  if (short === "") return ".";
  return short === ".." || short.startsWith(`..${sep}`) || isAbsolute(short) ? path : short;
}

/** What lies at a path, where that can be told; whoever opens it gets the reason why not. */
export function glanceAt(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
