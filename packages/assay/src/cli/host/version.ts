// eslint-disable-next-line no-underscore-dangle -- the name by which the build finds and replaces it
declare const __ASSAY_VERSION__: string | undefined;

/** The package's version, put in by the build; run from its sources, the command has none. */
export const VERSION: string = typeof __ASSAY_VERSION__ === "string" ? __ASSAY_VERSION__ : "0.0.0-source";
