import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ENTRY } from "../../../assay/test/support/cli/command.ts";
import { temporaryFolder } from "../../../assay/test/support/temporary-folder.ts";

/** A folder for PATH with the built command as `assay`, as an image or a download has it. */
export function placedCommand(): string {
  const folder = join(temporaryFolder(), "bin");
  mkdirSync(folder);
  writeFileSync(join(folder, "assay"), placedText());
  chmodSync(join(folder, "assay"), 0o755);
  return folder;
}

/** The text of a program that is the command. */
export function placedText(): string {
  return `#!/bin/sh\nexec '${process.execPath}' '${ENTRY}' "$@"\n`;
}
