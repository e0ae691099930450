import { closeSync, fsyncSync, openSync } from "node:fs";

/** Makes what was renamed in a folder survive a power cut. Some file systems and Windows cannot sync a folder, which is not an error. */
export function syncFolder(path: string): void {
  try {
    const folder = openSync(path, "r");
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch {
    return;
  }
}
