import { isAbsolute, relative, sep } from "node:path";

/** A path as a person would type it from `cwd`: relative where that is inside, absolute elsewhere. */
export function displayPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  if (short === "") return ".";
  return short === ".." || short.startsWith(`..${sep}`) || isAbsolute(short) ? path : short;
}
