import { readFileSync } from "node:fs";
import { licenseCatalogue } from "../../src/openness/license-catalogue.ts";

/** What ships with the package. */
export const LICENSES = licenseCatalogue(
  ...["licenses", "licenses-models"].map((name) =>
    JSON.parse(readFileSync(new URL(`../../data/openness/${name}.json`, import.meta.url), "utf8")),
  ),
);
