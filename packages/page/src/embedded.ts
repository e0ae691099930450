// What the build puts into the page beside the code: it replaces this module (build/build-page.ts).
import type { CatalogData } from "../../assay/src/catalog/catalog-data.ts";
import type { LicenseData } from "../../assay/src/openness/license-data.ts";

/** The script of the hash worker. */
export declare const WORKER: string;
/** The trusted root of the public Sigstore instance, JSON, and the date it is of. */
export declare const TRUSTED_ROOT: string;
export declare const TRUSTED_ROOT_DATE: string;
/** What is known of licenses, and of those that hubs use. */
export declare const LICENSE_DATA: readonly LicenseData[];
/** The public evaluations. */
export declare const EVALUATIONS: CatalogData;
