export type { Bundle, BundleVersion, Envelope, VerificationMaterial } from "./bundle.ts";
export { MAX_BUNDLE_BYTES } from "./limits.ts";
export { parseBundle } from "./parse.ts";
export { writeBundle, type BundleParts } from "./write.ts";
