import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder and the missing ones above it, as `mkdir -p` does; one that exists already is left as it is.
 *
 * Not with Node's `recursive`: where a file system answers ENOENT below a folder that exists (/proc does), that
 * tries again forever, in one call that no signal and no time limit ends. Here each folder is tried once.
 *
 * @param mode permissions of the folders that are made
 * @throws what the system reports
 */
export function makeFolder(path: string, mode?: number): void {
  const above = dirname(path);
  if (above !== path && !existsSync(above)) makeFolder(above, mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    // Existed before, or another process made it meanwhile.
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
  }
}
