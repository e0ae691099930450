import { readFileSync } from "node:fs";
import { parseBundle } from "../../../src/bundle/parse.ts";
import { readTrustedRoot } from "../../../src/trust/sigstore/trusted-root.ts";
import { type SigstoreTrust, verifyEnvelope } from "../../../src/trust/index.ts";
import { type MutationReport, tryAlterations, type Unchecked, UNCHECKED } from "./mutations.ts";

export interface BundleFiles {
  /** A model's keyless signature. */
  readonly bundle: string;
  readonly trustedRoot: string;
  readonly identity: string;
  readonly identityProvider: string;
}

/** What real bundles may lose without proving anything else, by what they have beyond what they need. */
const SPARE_OF_FILES: readonly Unchecked[] = [
  { where: /with its first element twice$/, why: "the same, said twice" },
  {
    where: /timestampVerificationData(?:\.rfc3161Timestamps(?:\.0)?)? removed$|signedTimestamp (?:signer|time)/,
    why: "the log's signed time is left; a timestamp by an authority untrusted at that time counts for nothing",
  },
  { where: /\.inclusionPromise(?:\.signedEntryTimestamp)? (?:removed|emptied)$/, why: "the inclusion proof and the timestamp are left" },
  { where: /\.integratedTime /, why: "where no promise signs it, it is not believed" },
];

/** Alters a real bundle in every byte, or in `sample` bytes of each field, and verifies each time. */
export async function tryAlterationsOfFiles(files: BundleFiles, options: { readonly sample?: number } = {}): Promise<MutationReport> {
  const { identity, identityProvider } = files;
  const root = readTrustedRoot(readFileSync(files.trustedRoot));
  const source = { kind: "named", name: files.trustedRoot, date: undefined, isCurrent: true } as const;
  const trust: SigstoreTrust = { method: "sigstore", material: { root, source }, identity, identityProvider };
  const bundle: unknown = JSON.parse(readFileSync(files.bundle, "utf8"));
  const unchecked = [...UNCHECKED, ...SPARE_OF_FILES];
  return tryAlterations(bundle, async (bytes) => verifyEnvelope(parseBundle(bytes), trust, new Date()), { ...options, unchecked });
}
