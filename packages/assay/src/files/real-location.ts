import { realpathSync } from "node:fs";
import { basename, dirname, join, sep } from "node:path";

/** The path with links resolved, as far as it exists. */
export function realLocation(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(realLocation(above), basename(path));
  }
}

/** Whether a path is that of a folder, or below it. Both are real locations. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
