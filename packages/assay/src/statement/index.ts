export type { FileDigests, HashAlgorithm, Manifest, ManifestContent, Serialization } from "./manifest.ts";
export { checkName, type Platform } from "./names.ts";
export { compareNames } from "./name-order.ts";
export { digestsOf } from "./digests.ts";
export { readManifest, readStatement, readUnverifiedManifest, type ReadOptions } from "./read.ts";
export { writeStatement, type StatementParts } from "./write.ts";
