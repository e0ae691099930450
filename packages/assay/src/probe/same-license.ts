import type { LicenseCatalogue } from "../openness/license.ts";

/** Whether two names are one license; the text of GNU licenses does not say "only" or "or later". */
export function sameLicense(a: string, b: string, catalogue: LicenseCatalogue): boolean {
  return family(catalogue.find(a)?.id ?? a) === family(catalogue.find(b)?.id ?? b);
}

function family(id: string): string {
  return id.toLowerCase().replace(/-(?:only|or-later)$|\+$/, "");
}
