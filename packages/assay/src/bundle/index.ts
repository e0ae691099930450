export type { Bundle, BundleContent, BundleVersion, Envelope, MessageSignature, SigstoreBundle, VerificationMaterial } from "./bundle.ts";
export type { InclusionProof, LogEntry } from "./log-entry.ts";
export { MAX_BUNDLE_BYTES } from "./limits.ts";
export { parseBundle, parseSigstoreBundle } from "./parse.ts";
export { writeBundle, writeMessageBundle, type BundleParts, type MessageBundleParts } from "./write.ts";
