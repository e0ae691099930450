// Writes packages/assay/data/openness/license-texts.zst: the license texts that a model folder's files are compared
// with, as SPDX's templates, and the words of ordinary language that no name in a copyright notice is made of.
//
// Usage: node scripts/refresh-license-texts.ts --spdx FOLDER --openmdw FILE --picker FOLDER --stopwords FILE --date YYYY-MM-DD
//
// FOLDER is resources/stdlicenses of tool.jar in the Python package license-matcher 2.11.1, which holds the SPDX License
// List (CC0-1.0); the --openmdw FILE is 1.1/LICENSE.OpenMDW-1.1 of github.com/OpenMDW/OpenMDW; --picker is _licenses of
// github.com/github/choosealicense.com, for two texts whose publishers have them in another wording; --stopwords is
// stopwords-iso.json of the npm package stopwords-iso 1.1.0 (MIT). Prints what is in, and which texts of SPDX do not
// match their own template: for those the text is a second template.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { matchLicense } from "../packages/assay/src/probe/license/text/match.ts";
import { licenseWords } from "../packages/assay/src/probe/license/text/words.ts";
import { readTemplate } from "../packages/assay/src/probe/license/text/template.ts";
import { packLicenseFile } from "./license-file.ts";
import { packTemplate, packText } from "./license-template.ts";
import { withVariants } from "./license-variants.ts";
import { ordinaryWordsOf } from "./ordinary-words.ts";

const TARGET = fileURLToPath(new URL("../packages/assay/data/openness/license-texts.zst", import.meta.url));

/** SPDX has the first in English only, and in the second a word twice that its publisher has once. */
const PICKED = ["CECILL-2.1", "CERN-OHL-P-2.0"];

interface SpdxLicense {
  readonly licenseId: string;
  readonly name: string;
  readonly licenseText: string;
  readonly standardLicenseTemplate: string;
  readonly isDeprecatedLicenseId: boolean;
}

const { values } = parseArgs({
  options: {
    spdx: { type: "string" },
    openmdw: { type: "string" },
    picker: { type: "string" },
    stopwords: { type: "string" },
    date: { type: "string" },
  },
});
const { spdx, openmdw, picker, stopwords, date } = values;
if (spdx === undefined || openmdw === undefined || picker === undefined || stopwords === undefined || date === undefined) {
  process.stderr.write(
    "usage: node scripts/refresh-license-texts.ts --spdx FOLDER --openmdw FILE --picker FOLDER --stopwords FILE --date YYYY-MM-DD\n",
  );
  process.exitCode = 2;
} else write(spdx, openmdw, picker, stopwords, date);

function write(folder: string, openmdwFile: string, picker: string, stopwordsFile: string, released: string): void {
  const { licenseListVersion } = JSON.parse(readFileSync(join(folder, "licenses.json"), "utf8")) as { licenseListVersion: string };
  const list = readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Partial<SpdxLicense>)
    .filter((license): license is SpdxLicense => license.standardLicenseTemplate !== undefined && license.licenseId !== undefined)
    // Of licenses with one text the plain one comes first: GFDL-1.3-only before GFDL-1.3-invariants-only.
    .sort(
      (a, b) =>
        Number(a.isDeprecatedLicenseId) - Number(b.isDeprecatedLicenseId) ||
        a.licenseId.length - b.licenseId.length ||
        (a.licenseId < b.licenseId ? -1 : 1),
    );
  const byTemplate = new Map<string, { ids: string[]; name: string; template: string }>();
  const add = (id: string, name: string, template: string): void => {
    const known = byTemplate.get(template);
    if (known === undefined) byTemplate.set(template, { ids: [id], name, template });
    else if (!known.ids.includes(id)) known.ids.push(id);
  };
  for (const { licenseId, name, standardLicenseTemplate } of list)
    add(licenseId, name, withVariants(licenseId, packTemplate(standardLicenseTemplate)));
  const unmatched = list.filter(({ licenseId, name, licenseText }) => {
    const words = licenseWords(licenseText);
    const own = [...byTemplate.values()].filter(({ ids }) => ids.includes(licenseId));
    return !own.some(({ template }) => matchLicense(words, { ids: [licenseId], name, parts: readTemplate(template) }).isWhole);
  });
  for (const { licenseId, name, licenseText } of unmatched) add(licenseId, name, withVariants(licenseId, packText(licenseText)));
  for (const id of PICKED) {
    const text = readFileSync(join(picker, `${id.toLowerCase()}.txt`), "utf8").replace(/^---[^]*?\n---\n/, "");
    add(id, list.find(({ licenseId }) => licenseId === id)?.name ?? id, packText(text));
  }
  const [title = "", ...rest] = readFileSync(openmdwFile, "utf8").split("\n");
  add("OpenMDW-1.1", "OpenMDW License Agreement v1.1", `( ${packText(title)} ) ${packText(rest.join("\n"))}`);
  const licenses = [...byTemplate.values()];
  const about = {
    sources: [
      { name: "SPDX License List", version: licenseListVersion, from: "license-matcher 2.11.1 (PyPI)", license: "CC0-1.0" },
      { name: "OpenMDW-1.1", from: "https://github.com/OpenMDW/OpenMDW", license: "OpenMDW-1.1" },
      { name: "stopwords-iso", version: "1.1.0", from: "npm", license: "MIT", gives: "part of the ordinary words" },
    ],
    date: released,
    note: "Then a line for each template, as license/text/template.ts reads it; probe: letters that every text of the license holds.",
    ordinary: ordinaryWordsOf(
      list.map(({ licenseText }) => licenseText),
      JSON.parse(readFileSync(stopwordsFile, "utf8")) as Record<string, readonly string[]>,
    ).join(" "),
  };
  const { packed, size } = packLicenseFile(licenses, about);
  writeFileSync(TARGET, packed);
  const ids = new Set(licenses.flatMap((license) => license.ids));
  process.stdout.write(`${licenses.length} templates of ${ids.size} licenses, ${packed.length} bytes packed, ${size} unpacked\n`);
  process.stdout.write(
    `${unmatched.length} texts of SPDX are not their own template: ${unmatched.map(({ licenseId }) => licenseId).join(" ")}\n`,
  );
}
