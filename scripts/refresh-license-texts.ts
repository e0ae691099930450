// Writes packages/assay/data/openness/license-texts.json.gz: the words of the license texts that a model
// folder's license files are compared with.
//
// Usage: node scripts/refresh-license-texts.ts FOLDER YYYY-MM-DD
//
// FOLDER is the unpacked npm package spdx-license-list (`npm pack spdx-license-list`), whose data are those
// of the SPDX License List (CC0-1.0); the date is that of the package. Prints what is in and how large it is.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { titleLength } from "../packages/assay/src/evidence/license-text/template.ts";
import { licenseWords } from "../packages/assay/src/evidence/license-text/words.ts";

const TARGET = fileURLToPath(new URL("../packages/assay/data/openness/license-texts.json.gz", import.meta.url));

interface TemplateWords {
  readonly head: string;
  readonly body: string;
  readonly tail: string;
}

interface SpdxLicense {
  readonly name: string;
  readonly osiApproved: boolean;
  readonly licenseText: string;
}

/** Beside what the Open Source Initiative approves: licenses for data, documents and models, and those that look like open ones. */
const ALSO =
  /^(?:CC0|CC-BY|CC-PDDC|CDLA|ODbL|ODC|PDDL|OGL|O-UDA|C-UDA|OpenMDW|GFDL|LPL|WTFPL|X11|FTL|IJG|FSFAP|OpenSSL|Ruby|Vim|BSD-|MIT|HPND|ISC|Unicode|Python|PSF|DRL|NLOD|etalab|Community-Spec|BUSL|SSPL|Elastic|PolyForm|Hippocratic|JSON|NIST|GPL|LGPL|AGPL|MPL|Apache|Artistic|CECILL|EUPL|ZPL|W3C|SMLNJ|gnuplot|Intel|iMatix|Imlib2|eCos|XFree86|xinetd|Zend|YPL|Zimbra|TAPR|blessing|TCL|libtiff|Zlib|curl|OLDAP-2\.[378]|Beerware|Spencer|SISSL|NPL|NOSL|BitTorrent|ClArtistic|Condor|MulanPSL|LAL|FDK|Info-ZIP|AFL|APSL|OSL|OFL|ECL|EFL|CPL|EPL)/;

/** How a license is applied, or who published it: not part of it. From these words on, a text may end. */
const TAILS: readonly (readonly [RegExp, string])[] = [
  [/^Apache-2\.0$/, "end of terms and conditions"],
  [/^LGPL-3\.0/, "gnu general public license version 3 29 june 2007"],
  [/^(?:A|L)?GPL-/, "end of terms and conditions"],
  [/^GFDL-/, "addendum how to use this license for your documents"],
  [/^MPL-2\.0/, "exhibit a source code form license notice"],
  [/^CC-/, "creative commons is not a party to its public licenses"],
  [/^CC-/, "creative commons is not a party to this license"],
  [/^ECL-2\.0$/, "end of terms and conditions"],
  [/^EPL-2\.0$/, "exhibit a form of secondary licenses notice"],
  [/^MulanPSL/, "end of the terms and conditions"],
  [/^MulanPSL/, "end of terms and conditions"],
  [/^Unlicense$/, "for more information please refer to"],
];

/** What the publisher says of the license before it begins. */
const HEADS: readonly (readonly [RegExp, string])[] = [
  [/^CC-BY.*-4\.0$/, "by exercising the licensed rights"],
  [/^CC0/, "statement of purpose"],
  [/^(?:A|L)?GPL-/, "everyone is permitted to copy and distribute verbatim copies"],
  [/^GFDL-/, "everyone is permitted to copy and distribute verbatim copies"],
];

/** Where a text names who it protects, SPDX lets the name be another one. */
const NAMES: readonly (readonly [RegExp, RegExp, string])[] = [
  [
    /^(?:BSD|MIT|ISC|NCSA|Apache-1|HPND|AAL|Zlib|X11|NTP|Fair|0BSD|Unlicense|ZPL|ECL|AFL|OpenSSL|OpenMDW|BlueOak|PostgreSQL|UPL)/,
    /<[a-z][^<>]{1,60}>|\[[a-z][^[\]]{1,60}\]/gi,
    "<xxnamexx>",
  ],
  [/^(?:A|L)?GPL-/, /<?one line to give[^<>.]*\.?>?/gi, "<xxnamexx>"],
  [/^(?:A|L)?GPL-/, /https?:\/\/www\.gnu\.org\/\S*\.html/gi, "<xxnamexx>"],
  [
    /^BSD-3-Clause$/,
    /neither the name of the copyright holder nor the names of its contributors/gi,
    "neither the name of <xxnamexx> nor the names of its contributors",
  ],
  [/^BSD-[234]-Clause$/, /provided by the copyright holders and contributors/gi, "provided by <xxnamexx>"],
  [/^BSD-[234]-Clause$/, /shall the copyright holder or contributors be liable/gi, "shall <xxnamexx> be liable"],
  [/^ISC$/, /\bISC (?=disclaims)/gi, "<xxnamexx> "],
  [/^ISC$/, /shall ISC be liable/gi, "shall <xxnamexx> be liable"],
  [/^MIT$/, /shall the authors or copyright holders be liable/gi, "shall <xxnamexx> be liable"],
];

/** What was written in two ways under one identifier; SPDX takes both. */
const VARIANTS: readonly (readonly [RegExp, string, string])[] = [
  [/^ISC$/, "modify and or distribute", "modify and distribute"],
  [/^L?GPL-2/, "and modification follow terms and conditions", "and modification follow gnu general public license terms and conditions"],
  [
    /^L?GPL-2/,
    "and modification follow terms and conditions",
    "and modification follow gnu lesser general public license terms and conditions",
  ],
];

const [folder, date] = process.argv.slice(2);
if (folder === undefined || date === undefined) {
  process.stderr.write("usage: node scripts/refresh-license-texts.ts FOLDER YYYY-MM-DD\n");
  process.exitCode = 2;
} else {
  write(folder, date);
}

function write(folder: string, date: string): void {
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
  const list = JSON.parse(readFileSync(join(folder, "spdx-full.json"), "utf8")) as Record<string, SpdxLicense>;
  const byWords = new Map<string, TemplateWords & { ids: string[]; name: string }>();
  for (const [id, license] of Object.entries(list)) {
    if (!license.osiApproved && !ALSO.test(id)) continue;
    if (/^(?:GPL|LGPL|AGPL|GFDL)-\d\.\d$|\+$|-with-/.test(id)) continue;
    for (const template of variantsOf(id, templateOf(id, license))) add(id, license.name, template);
  }

  function add(id: string, name: string, template: TemplateWords): void {
    if (template.body.split(" ").length < 8) return;
    const known = byWords.get(template.body);
    if (known === undefined) byWords.set(template.body, { ids: [id], name, ...template });
    else known.ids.push(id);
  }
  const licenses = [...byWords.values()].sort((a, b) => ((a.ids[0] ?? "") < (b.ids[0] ?? "") ? -1 : 1));
  const document = {
    source: `SPDX License List, by the npm package spdx-license-list ${version}`,
    date,
    license: "CC0-1.0",
    note: "The words of each license after the SPDX matching guidelines: * is a name, head and tail may be missing.",
    licenses,
  };
  const packed = gzipSync(JSON.stringify(document), { level: 9 });
  // The header's operating system differs between machines; the bytes must not.
  packed[9] = 255;
  writeFileSync(TARGET, packed);
  process.stdout.write(`${licenses.length} texts, ${packed.length} bytes packed, ${JSON.stringify(document).length} unpacked\n`);
}

function variantsOf(id: string, template: TemplateWords): TemplateWords[] {
  const variants = VARIANTS.filter(([ids, part]) => ids.test(id) && template.body.includes(part));
  return [template, ...variants.map(([, part, other]) => ({ ...template, body: template.body.replace(part, other) }))];
}

function templateOf(id: string, { name, licenseText }: SpdxLicense): TemplateWords {
  let text = licenseText;
  for (const [ids, part, replacement] of NAMES) if (ids.test(id)) text = text.replace(part, replacement);
  const all = licenseWords(text);
  const words = all
    .slice(titleLength(all, { ids: [id], name }))
    .join(" ")
    .replaceAll("xxnamexx", "*");
  const tail = TAILS.map(([ids, start]) => (ids.test(id) ? words.indexOf(start) : -1)).find((at) => at > 0) ?? words.length;
  const head = HEADS.map(([ids, start]) => (ids.test(id) ? words.indexOf(start) : -1)).find((at) => at > 0) ?? 0;
  return { head: words.slice(0, head).trim(), body: words.slice(head, tail).trim(), tail: words.slice(tail).trim() };
}
