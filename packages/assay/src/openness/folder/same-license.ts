import type { LicenseCatalog } from "../license.ts";

/** Whether two names are one license; the text of GNU licenses does not say "only" or "or later". */
export function sameLicense(a: string, b: string, catalog: LicenseCatalog): boolean {
  return family(catalog.find(a)?.id ?? a) === family(catalog.find(b)?.id ?? b);
}

function family(id: string): string {
  return id.toLowerCase().replace(/-(?:only|or-later)$|\+$/, "");
}
