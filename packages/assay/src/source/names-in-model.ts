import { realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import type { ModelPlace } from "./model-place.ts";

/**
 * The name of an absolute path in the model. Tried unchanged under MODEL as given and as resolved,
 * then with the links on the way to it resolved; its own last component is not, for it may be a link
 * that is to be ignored.
 */
export function nameBelow(place: ModelPlace, path: string): string | undefined {
  for (const root of [place.given, place.root]) {
    const name = relativeName(root, path);
    if (name !== undefined) return name;
  }
  const parent = realpath(dirname(path));
  return parent === undefined ? undefined : relativeName(place.root, join(parent, basename(path)));
}

/** The name of `path` below `root`, both absolute; undefined where it is not below. */
export function relativeName(root: string, path: string): string | undefined {
  const name = relative(root, path);
  if (name === "" || name === ".." || name.startsWith(`..${sep}`) || isAbsolute(name)) return undefined;
  return sep === "/" ? name : name.replaceAll(sep, "/");
}

/** The real path, or undefined where it is missing. */
export function realpath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}
