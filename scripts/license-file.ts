// What license-texts.zst is made of, for the script that writes it: a line of JSON, and a line for each template.
import { constants, zstdCompressSync } from "node:zlib";
import { sampleOf } from "../packages/assay/src/probe/license/text/nearest.ts";
import { readTemplate, wordsOf, type TemplatePart } from "../packages/assay/src/probe/license/text/template.ts";
import { gapEndsOf } from "../packages/assay/src/probe/license/text/wordings.ts";

const LONGEST_PROBE = 48;
/** Larger than the file: licenses repeat each other from end to end. */
const WINDOW_BITS = 23;

/** A license, as `text/texts.ts` reads it. */
export interface LicenseEntry {
  readonly ids: readonly string[];
  readonly name: string;
  readonly template: string;
}

/** The file, packed and its size unpacked. `about` is what else its first line says. */
export function packLicenseFile(
  licenses: readonly LicenseEntry[],
  about: Readonly<Record<string, unknown>>,
): { readonly packed: Buffer; readonly size: number } {
  const index = licenses.map(({ ids, name, template }) => {
    const parts = readTemplate(template);
    return { ids, name, probe: probeOf(parts), ...sampleOf(wordsOf(parts, false)), gaps: gapEndsOf(parts) };
  });
  const lines = Buffer.from([JSON.stringify({ ...about, licenses: index }), ...licenses.map(({ template }) => template), ""].join("\n"));
  const params = {
    [constants.ZSTD_c_compressionLevel]: 22,
    [constants.ZSTD_c_windowLog]: WINDOW_BITS,
    [constants.ZSTD_c_enableLongDistanceMatching]: 1,
  };
  return { packed: zstdCompressSync(lines, { params }), size: lines.length };
}

/** The end of the longest stretch of letters that must be there. */
function probeOf(parts: readonly TemplatePart[]): string {
  let longest = "";
  let letters = "";
  for (const part of parts) {
    letters = part.kind === "text" ? letters + part.letters : "";
    if (part.kind === "choice" || part.kind === "optional" || part.kind === "name" || part.kind === "notices" || part.kind === "number")
      letters = "";
    if (letters.length > longest.length) longest = letters;
  }
  return longest.slice(-LONGEST_PROBE);
}
