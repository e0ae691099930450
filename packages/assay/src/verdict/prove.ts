import { parseBundle } from "../bundle/parse.ts";
import type { Warning } from "../core/warning.ts";
import type { Manifest } from "../statement/manifest.ts";
import type { Platform } from "../statement/names.ts";
import { readManifest } from "../statement/read.ts";
import type { SignerIdentity } from "../trust/envelope.ts";
import type { Trust } from "../trust/trust.ts";
import { verifyEnvelope } from "../trust/verify-envelope.ts";
import { checkPin } from "./check-pin.ts";
import type { VerificationRecord } from "./record.ts";
import type { SignatureSource } from "./verification.ts";

/** A signature as it was read, and where from. */
export interface ReadSignature {
  readonly bytes: Uint8Array;
  readonly source: SignatureSource;
  readonly warnings: readonly Warning[];
}

/** Whom the caller trusts, when, and which model alone is accepted. */
export interface BundleQuestion {
  readonly trust: Trust;
  /** A manifest digest as it was recorded earlier: see `checkPin`. */
  readonly expectDigest?: string;
  /** The time for which certificates are checked. */
  readonly now: Date;
  /** Whose rules for file names hold where the model is. */
  readonly platform: Platform;
}

/** A signature by a trusted signer, and what it covers. */
export interface ProvenBundle {
  readonly source: SignatureSource;
  readonly signer: SignerIdentity;
  readonly manifest: Manifest;
}

/**
 * The gates from a signature's bytes to the manifest. Throws what each gate throws, and DIGEST_PIN_MISMATCH; what was
 * proven until then is in the record.
 */
export async function proveBundle(
  { bytes, source, warnings }: ReadSignature,
  { trust, expectDigest, now, platform }: BundleQuestion,
  record: VerificationRecord,
): Promise<ProvenBundle> {
  record.warnings.push(...warnings);
  record.signatureRead(source);
  const envelope = await verifyEnvelope(parseBundle(bytes), trust, now);
  record.signerProven(envelope);
  const manifest = await readManifest(envelope, { platform });
  record.manifestRead(manifest);
  record.warnings.push(...checkPin(manifest, expectDigest));
  return { source, signer: envelope.signer, manifest };
}
