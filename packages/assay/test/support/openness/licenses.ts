import { readFileSync } from "node:fs";
import { licenseCatalog } from "../../../src/openness/license-catalog.ts";
import type { LicenseData } from "../../../src/openness/license-data.ts";

export function licenseData(name: "licenses" | "licenses-models"): LicenseData {
  return JSON.parse(readFileSync(new URL(`../../../data/openness/${name}.json`, import.meta.url), "utf8")) as LicenseData;
}

/** The licenses that ship with the package. */
export const LICENSES = licenseCatalog(licenseData("licenses"), licenseData("licenses-models"));
