// What the build puts into the page beside the code: build/embedded.ts.
declare module "assay-page:embedded" {
  /** The script of the hash worker. */
  export const WORKER: string;
  /** The trusted root of the public Sigstore instance, JSON, and the date it is of. */
  export const TRUSTED_ROOT: string;
  export const TRUSTED_ROOT_DATE: string;
}
