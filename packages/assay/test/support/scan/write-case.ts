import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { writeFiles } from "../models/on-disk.ts";
import type { ScanCase } from "./case.ts";

/** Writes the model of a case into `folder`. */
export function writeCase({ files, links = {} }: ScanCase, folder: string): string {
  writeFiles(folder, files);
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(folder, name));
  return folder;
}
