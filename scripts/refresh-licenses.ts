// Writes packages/assay/data/openness/licenses.json: what SPDX, OSI, FSF and the Model Openness Tool say of each license.
//
// Usage: node scripts/refresh-licenses.ts --date YYYY-MM-DD          asks SPDX for its current list
//        node scripts/refresh-licenses.ts --spdx FOLDER --date ...   takes licenses.json and exceptions.json from a folder
//        ... --mot FILE --mot-date YYYY-MM-DD                        the tool's view anew (see below); else the one that ships is kept
//
// FILE for --mot is JSON: identifier -> { open, contentType, openData } as the tool's LicenseHandler answers for each.
// licenses-models.json beside it is kept by hand. Prints what changed.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { ComponentKind } from "../packages/assay/src/openness/components.ts";
import type { LicenseData, LicenseEntry } from "../packages/assay/src/openness/license-data.ts";

const TARGET = fileURLToPath(new URL("../packages/assay/data/openness/licenses.json", import.meta.url));
const SPDX = "https://raw.githubusercontent.com/spdx/license-list-data/main/json/";

/**
 * Open by the Open Definition (opendefinition.org/licenses), which the Model Openness Tool's list means to follow
 * and misses: it writes `ODC-PDDL-1.0`, which SPDX calls PDDL-1.0, and leaves out two ports of a license that it has.
 */
const OPEN_DATA_BESIDES = ["PDDL-1.0", "CC-BY-SA-3.0-DE", "CC-BY-SA-3.0-IGO"];
const OPEN_MDW = /^OpenMDW-/;
/** Versions that their publisher has and SPDX does not list yet. */
const BESIDES: Readonly<Record<string, Pick<LicenseEntry, "name" | "url">>> = {
  "OpenMDW-1.1": {
    name: "OpenMDW License Agreement v1.1",
    url: "https://github.com/OpenMDW/OpenMDW/blob/main/1.1/LICENSE.OpenMDW-1.1",
  },
};

interface SpdxLicense {
  readonly licenseId: string;
  readonly name: string;
  readonly isDeprecatedLicenseId: boolean;
  readonly isOsiApproved: boolean;
  readonly isFsfLibre?: boolean;
}
interface MotLicense {
  readonly open: boolean;
  readonly openData: boolean;
  readonly contentType: readonly ComponentKind[];
  readonly name: string;
}

const { values } = parseArgs({
  options: { spdx: { type: "string" }, mot: { type: "string" }, date: { type: "string" }, "mot-date": { type: "string" } },
});
if (values.date === undefined || (values.mot !== undefined && values["mot-date"] === undefined)) {
  process.stderr.write("usage: node scripts/refresh-licenses.ts --date YYYY-MM-DD [--spdx FOLDER] [--mot FILE --mot-date YYYY-MM-DD]\n");
  process.exit(2);
}

const list = (await read("licenses.json")) as { licenseListVersion: string; licenses: readonly SpdxLicense[] };
const { exceptions } = (await read("exceptions.json")) as { exceptions: readonly { licenseExceptionId: string }[] };
const before = readBefore();
const mot = values.mot === undefined ? motOf(before) : (JSON.parse(readFileSync(values.mot, "utf8")) as Record<string, MotLicense>);

const ids = new Map(list.licenses.map((license) => [license.licenseId, license]));
// What only the tool lists (an identifier that SPDX respelled since) stays: its files name it.
const all = [...new Set([...ids.keys(), ...Object.keys(mot), ...Object.keys(BESIDES)])].sort((a, b) =>
  a.toLowerCase() < b.toLowerCase() ? -1 : 1,
);
const data: LicenseData = {
  sources: [
    {
      name: "SPDX License List",
      version: list.licenseListVersion,
      date: values.date,
      url: "https://spdx.org/licenses/",
      gives: "identifiers, names, deprecation, exceptions, and who approved: OSI, FSF",
    },
    {
      name: "Model Openness Tool (LF AI & Data)",
      date: values["mot-date"] ?? before?.sources[1]?.date ?? values.date,
      url: "https://github.com/lfai/model_openness_tool",
      license: "MIT",
      gives: "mot, fitFor, and openData but for three licenses",
    },
    {
      name: "Open Definition: conformant licenses",
      date: values.date,
      url: "https://opendefinition.org/licenses/",
      gives: `openData of ${OPEN_DATA_BESIDES.join(", ")}`,
    },
  ],
  licenses: Object.fromEntries(all.map((id) => [id, entryOf(id, ids.get(id), mot[id])])),
  exceptions: exceptions.map(({ licenseExceptionId }) => licenseExceptionId).sort(),
};
writeFileSync(TARGET, print(data));
report(before?.licenses ?? {}, data.licenses);

async function read(name: string): Promise<unknown> {
  if (values.spdx !== undefined) return JSON.parse(readFileSync(join(values.spdx, name), "utf8"));
  const answer = await fetch(`${SPDX}${name}`);
  if (!answer.ok) throw new Error(`${SPDX}${name}: ${answer.status} ${answer.statusText}`);
  return answer.json();
}

function readBefore(): LicenseData | undefined {
  try {
    return JSON.parse(readFileSync(TARGET, "utf8")) as LicenseData;
  } catch {
    return undefined;
  }
}

/** The tool's view as the file that ships has it. */
function motOf(data: LicenseData | undefined): Record<string, MotLicense> {
  if (data === undefined) throw new Error("no licenses.json yet: give --mot");
  return Object.fromEntries(
    Object.entries(data.licenses).flatMap(([id, { name, mot, openData = false, fitFor = [] }]) =>
      mot === undefined ? [] : [[id, { name, open: mot, openData: openData && mot, contentType: fitFor }]],
    ),
  );
}

function entryOf(id: string, spdx: SpdxLicense | undefined, view: MotLicense | undefined): LicenseEntry {
  const osi = spdx?.isOsiApproved === true;
  const fsf = spdx?.isFsfLibre === true;
  const openMdw = OPEN_MDW.test(id);
  const openData = view?.openData === true || OPEN_DATA_BESIDES.includes(id);
  return {
    name: spdx?.name ?? view?.name ?? BESIDES[id]?.name ?? id,
    ...(osi && { osi }),
    ...(fsf && { fsf }),
    ...(openData && { openData }),
    ...(openMdw && { openMdw }),
    ...((spdx === undefined ? BESIDES[id] === undefined : spdx.isDeprecatedLicenseId) && { deprecated: true as const }),
    ...fitOf(view, { osi, fsf, openMdw, openData }),
    ...(view !== undefined && { mot: view.open }),
    ...(spdx === undefined && BESIDES[id]?.url !== undefined && { url: BESIDES[id].url }),
  };
}

/** The tool's word where it has one; for what it does not know, what the approving body covers: OSI and FSF programs. */
function fitOf(
  view: MotLicense | undefined,
  standing: Readonly<Record<"osi" | "fsf" | "openMdw" | "openData", boolean>>,
): Pick<LicenseEntry, "fitFor"> {
  if (view !== undefined) return view.contentType.length === 0 ? {} : { fitFor: view.contentType };
  if (standing.openMdw) return { fitFor: ["code", "data", "document"] };
  if (standing.openData) return { fitFor: ["data"] };
  return standing.osi || standing.fsf ? { fitFor: ["code"] } : {};
}

/** A license a line: a change reads as one. */
function print({ sources, licenses, exceptions = [] }: LicenseData): string {
  const lines = Object.entries(licenses).map(([id, entry]) => `    ${JSON.stringify(id)}: ${JSON.stringify(entry)}`);
  const head = JSON.stringify(sources, undefined, 2).replaceAll("\n", "\n  ");
  return `{\n  "sources": ${head},\n  "licenses": {\n${lines.join(",\n")}\n  },\n  "exceptions": ${JSON.stringify(exceptions)}\n}\n`;
}

function report(old: LicenseData["licenses"], now: LicenseData["licenses"]): void {
  for (const id of new Set([...Object.keys(old), ...Object.keys(now)])) {
    const [a, b] = [JSON.stringify(old[id]), JSON.stringify(now[id])];
    if (a !== b) process.stdout.write(`${a === undefined ? "new" : b === undefined ? "gone" : "changed"}  ${id}  ${b ?? ""}\n`);
  }
  process.stdout.write(`${Object.keys(now).length} licenses\n`);
}
