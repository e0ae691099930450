import type { LicenseCatalogue } from "../openness/license.ts";
import { licenseCatalogue } from "../openness/license-catalogue.ts";
import type { LicenseData } from "../openness/license-data.ts";
import { readShippedData } from "./shipped-data.ts";

let loaded: LicenseCatalogue | undefined;

/** What is known of licenses, as it ships with the package; read once. Throws INTERNAL where the installation lacks it. */
export function shippedLicenses(): LicenseCatalogue {
  loaded ??= licenseCatalogue(read("licenses.json"), read("licenses-models.json"));
  return loaded;
}

function read(file: string): LicenseData {
  return readShippedData(file, "list of licenses", (json) => {
    const data: LicenseData = JSON.parse(json);
    return data;
  });
}
