import type { LicenseCatalog } from "../openness/license.ts";
import { licenseCatalog } from "../openness/license-catalog.ts";
import type { LicenseData } from "../openness/license-data.ts";
import { readShippedData } from "./shipped-data.ts";

let loaded: LicenseCatalog | undefined;

/** What is known of licenses, as it ships with the package; read once. Throws INTERNAL where the installation lacks it. */
export function shippedLicenses(): LicenseCatalog {
  loaded ??= licenseCatalog(read("licenses.json"), read("licenses-models.json"));
  return loaded;
}

function read(file: string): LicenseData {
  return readShippedData(`openness/${file}`, "list of licenses", (json) => {
    const data: LicenseData = JSON.parse(json);
    return data;
  });
}
