import { readFileSync } from "node:fs";

/** A file of test/scan/files, which the format's own tool made. */
export function sample(name: string): Buffer {
  return readFileSync(new URL(`../../scan/files/${name}`, import.meta.url));
}
