import { licenseCatalogue } from "../../src/openness/license-catalogue.ts";

/** A few licenses, enough for the folders of these tests. */
export const LICENSES = licenseCatalogue({
  sources: [],
  licenses: {
    "Apache-2.0": { name: "Apache License 2.0", osi: true, fitFor: ["code", "document"] },
    MIT: { name: "MIT License", osi: true, fitFor: ["code", "document"] },
    "CC-BY-4.0": { name: "Creative Commons Attribution 4.0", fsf: true, fitFor: ["data", "document"] },
    "GPL-3.0-only": { name: "GNU General Public License v3.0 only", osi: true, fitFor: ["code"] },
    "GPL-3.0-or-later": { name: "GNU General Public License v3.0 or later", osi: true, fitFor: ["code"] },
    "LicenseRef-llama3.1": { name: "Llama 3.1 Community License", names: ["llama3.1"] },
  },
});
