import type { Verification } from "../../../index.ts";
import { displayPath } from "../../inputs/places.ts";
import { escapeName } from "../../text/escape.ts";
import { row, text, type Block } from "../../text/report.ts";
import { formatSize, plural } from "../../text/sizes.ts";

/** What became of --save. */
export function savedBlocks({ saved }: Verification, cwd: string): Block[] {
  if (saved === undefined) return [];
  const { state, folder, files, bytes } = saved;
  const shown = escapeName(displayPath(folder, cwd));
  switch (state) {
    case "saved":
      return [row("saved", `${shown}, ${plural(files, "file")} (${formatSize(bytes)}): what is signed, and the signature`)];
    case "kept":
      return [text(`Nothing was saved. ${formatSize(bytes)} are kept in ${shown}, and the same command continues there.`)];
    case "nothing":
      return [text("Nothing was saved, and nothing of the model is kept.")];
  }
}
