import type { Bundle, SigstoreBundle } from "../../bundle/bundle.ts";
import { AssayError } from "../../core/error.ts";
import type { WitnessTrust } from "../trust.ts";
import type { Evidence, ProvenTime, VerifiedTime } from "./evidence.ts";
import { signedContent, type SignedContent } from "./signed-content.ts";
import { checkWith } from "./stale-root.ts";
import type { TrustMaterial } from "./trust-source.ts";
import { readTimestampAuthorities } from "./tsa-chain.ts";
import { verifyTimestamp } from "./timestamp.ts";
import { verifyWitnesses } from "./witnesses.ts";

/** What the caller's witnesses prove of a signature that was made with a key or certificate. */
export interface WitnessedSignature {
  readonly evidence: Evidence;
  /** The earliest moment at which the signature existed; undefined where no witness vouches for one. */
  readonly verifiedAt: VerifiedTime | undefined;
  /** Why what the bundle holds proves nothing, if so. */
  readonly unknownWitness: AssayError | undefined;
}

/**
 * Verifies the log entries and timestamps of a bundle against the witnesses that the caller names.
 * `verifier` is the DER of the signer's certificate, or of the public key.
 *
 * Throws TRUST_ROOT_STALE, ROOT_MISSING and what `verifyWitnesses` throws; never for a lack of witnesses.
 */
export async function verifyNamedWitnesses(
  bundle: Omit<SigstoreBundle, "content">,
  content: SignedContent,
  verifier: Uint8Array,
  trust: WitnessTrust,
): Promise<WitnessedSignature> {
  const material = await materialOf(trust);
  return checkWith(material, async () => {
    const { logEntries, timestamps, times, unknownWitnesses } = await verifyWitnesses(
      bundle,
      { content, verifier },
      material.root,
      trust.certificateProfile,
    );
    return {
      evidence: { logEntries, timestamps, certificateLogs: [], trustedRoot: material.source },
      verifiedAt: times[0],
      unknownWitness: unknownWitnesses[0],
    };
  });
}

/** The same for a model's bundle, whose envelope is what was signed. */
export async function verifyModelWitnesses(bundle: Bundle, verifier: Uint8Array, trust: WitnessTrust): Promise<WitnessedSignature> {
  const content = await signedContent({ kind: "dsse", envelope: bundle.envelope }, undefined);
  return verifyNamedWitnesses(bundle, content, verifier, trust);
}

/** Verifies one timestamp against those whom the caller names. Throws TRUST_ROOT_STALE, ROOT_MISSING and what `verifyTimestamp` throws. */
export async function verifyNamedTimestamp(response: Uint8Array, signature: Uint8Array, trust: WitnessTrust): Promise<ProvenTime> {
  const material = await materialOf(trust);
  return checkWith(material, () => verifyTimestamp(response, signature, material.root.timestampAuthorities, trust.certificateProfile));
}

/** Throws LOG_ENTRY_MISSING, or why the witnesses in the bundle do not count, unless one does. */
export function requireWitness({ evidence, unknownWitness }: WitnessedSignature): void {
  if (evidence.logEntries.length + evidence.timestamps.length > 0) return;
  throw (
    unknownWitness ?? new AssayError("LOG_ENTRY_MISSING", "the bundle holds neither a log entry nor a timestamp, and one was asked for")
  );
}

async function materialOf({ trustedRoot, timestampAuthorities = [] }: WitnessTrust): Promise<TrustMaterial> {
  const named = timestampAuthorities.length === 0 ? [] : await readTimestampAuthorities(timestampAuthorities);
  if (trustedRoot === undefined) {
    const root = { logs: [], ctLogs: [], certificateAuthorities: [], timestampAuthorities: named };
    return { root, source: { kind: "named", name: "timestamp authority", date: undefined, isCurrent: true } };
  }
  const { root, source } = trustedRoot;
  return { root: { ...root, timestampAuthorities: [...root.timestampAuthorities, ...named] }, source };
}
