// Prints which licenses of the SPDX list become another license of the list when one sentence or paragraph is left out.
//
// Usage: node scripts/license-pairs.ts --spdx FOLDER [--approved]
//
// FOLDER is resources/stdlicenses of tool.jar in the Python package license-matcher 2.11.1, which holds the SPDX License
// List (CC0-1.0). With --approved only pairs of licenses that OSI approved. What is printed is recorded in docs/openness.md.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { matchLicense } from "../packages/assay/src/probe/license/text/match.ts";
import { possibleLicenses } from "../packages/assay/src/probe/license/text/probes.ts";
import { licenseTexts } from "../packages/assay/src/probe/license/text/texts.ts";
import { licenseWords } from "../packages/assay/src/probe/license/text/words.ts";

interface SpdxLicense {
  readonly licenseId: string;
  readonly licenseText: string;
  readonly isOsiApproved: boolean;
  readonly isDeprecatedLicenseId: boolean;
}

const { values } = parseArgs({ options: { spdx: { type: "string" }, approved: { type: "boolean", default: false } } });
if (values.spdx === undefined) {
  process.stderr.write("usage: node scripts/license-pairs.ts --spdx FOLDER [--approved]\n");
  process.exitCode = 2;
} else printPairs(values.spdx, values.approved);

function printPairs(folder: string, approvedOnly: boolean): void {
  const licenses = readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Partial<SpdxLicense>)
    .filter((one): one is SpdxLicense => one.licenseText !== undefined && one.isDeprecatedLicenseId === false);
  const approved = new Set(licenses.filter(({ isOsiApproved }) => isOsiApproved).map(({ licenseId }) => licenseId));
  let removals = 0;
  const pairs = new Map<string, string>();
  for (const { licenseId, licenseText } of licenses) {
    if (approvedOnly && !approved.has(licenseId)) continue;
    const own = new Set(identified(licenseText));
    for (const piece of piecesOf(licenseText)) {
      removals++;
      const others = identified(licenseText.slice(0, piece.from) + licenseText.slice(piece.to));
      // A text that still is the license lost nothing that had to be there.
      if (others.some((id) => own.has(id))) continue;
      for (const id of others) {
        if (approvedOnly && !approved.has(id)) continue;
        const pair = `${licenseId} -> ${id}`;
        if (!pairs.has(pair)) pairs.set(pair, licenseText.slice(piece.from, piece.to).replace(/\s+/g, " ").trim().slice(0, 80));
      }
    }
  }
  for (const [pair, piece] of pairs) process.stdout.write(`${pair} (without "${piece}")\n`);
  process.stdout.write(`${licenses.length} licenses, ${removals} removals, ${pairs.size} pairs\n`);
}

function identified(text: string): string[] {
  const words = licenseWords(text);
  return possibleLicenses(words.letters, licenseTexts())
    .filter((packed) => matchLicense(words, packed.unpack()).isWhole)
    .flatMap(({ ids }) => ids);
}

interface Piece {
  readonly from: number;
  readonly to: number;
}

/** Paragraphs, and the sentences and clauses in them. */
function piecesOf(text: string): Piece[] {
  const expressions = [/(?:[^\n]+(?:\n(?!\s*\n)|$))+/g, /[^.;:\n]+(?:\n[^.;:\n]+)*[.;:]?/g];
  const found = expressions.flatMap((expression) =>
    Array.from(text.matchAll(expression), ({ 0: piece, index }) => ({ from: index, to: index + piece.length })),
  );
  return [...new Map(found.map((piece) => [`${piece.from} ${piece.to}`, piece])).values()];
}
