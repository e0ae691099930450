import { fileURLToPath } from "node:url";
import { AssayError } from "../error.ts";
import { readBounded } from "../files/read-bounded.ts";
import type { LicenseCatalogue } from "../openness/license.ts";
import { licenseCatalogue } from "../openness/license-catalogue.ts";
import type { LicenseData } from "../openness/license-data.ts";

/** The package's own folder: the same from the source, the library and the bundled command, which all lie two levels below it. */
const DATA = fileURLToPath(new URL("../../data/openness/", import.meta.url));
const LIMIT = 8 * 1024 * 1024;

let loaded: LicenseCatalogue | undefined;

/** What is known of licenses, as it ships with the package; read once. Throws INTERNAL where the installation lacks it. */
export function shippedLicenses(): LicenseCatalogue {
  loaded ??= licenseCatalogue(read("licenses.json"), read("licenses-models.json"));
  return loaded;
}

function read(file: string): LicenseData {
  try {
    const data: LicenseData = JSON.parse(new TextDecoder().decode(readBounded(`${DATA}${file}`, "list of licenses", LIMIT)));
    return data;
  } catch (cause) {
    throw new AssayError("INTERNAL", "this installation of Assay lacks its list of licenses", { cause, hint: "install it again" });
  }
}
