import type { MessageSignature, SigstoreBundle } from "../bundle/bundle.ts";
import { sameBytes } from "../encoding/bytes.ts";
import { decodeHexInto } from "../encoding/hex.ts";
import { parseJson } from "../encoding/json.ts";
import { AssayError } from "../core/error.ts";
import { PAYLOAD_TYPE } from "../bundle/payload-type.ts";
import { digestOfBytes } from "./digest.ts";
import type { SignerIdentity } from "./envelope.ts";
import { pairing, signedBy, verifyAnyEnvelopeSignature } from "./envelope-signature.ts";
import { keyFingerprint } from "./fingerprint.ts";
import { readPublicKey } from "./public-key-file.ts";
import { describeKeylessSigner, proveKeylessSigner } from "./method-sigstore.ts";
import { verifyPrehashed } from "./prehashed-signature.ts";
import { type PublicKey, parsePublicKey } from "./public-key.ts";
import { NAMED_HASHES } from "./sigstore/entry-body.ts";
import type { Evidence, VerifiedTime } from "./sigstore/evidence.ts";
import type { SignedCertificateTimestamp } from "./sigstore/sct.ts";
import { type Artifact, type SignedContent, signedContent } from "./sigstore/signed-content.ts";
import type { TrustMaterial } from "./sigstore/trust-source.ts";
import { verifyNamedWitnesses } from "./sigstore/witness-trust.ts";
import type { SigstoreTrust } from "./trust.ts";

/** Who must have signed: an identity, or the holder of a key whose signature a log has seen. */
export type BundleTrust =
  | (SigstoreTrust & { readonly detachedScts?: readonly SignedCertificateTimestamp[] })
  | { readonly method: "key"; readonly publicKey: Uint8Array | string; readonly material: TrustMaterial };

/** What a bundle proves. */
export interface VerifiedBundle {
  readonly signer: SignerIdentity;
  readonly evidence: Evidence;
  /** The earliest proven time; absent for a key whose log vouches for none. */
  readonly verifiedAt: VerifiedTime | undefined;
  /** What was signed, where the bundle carries it. */
  readonly statement: Uint8Array | undefined;
}

/**
 * Verifies any Sigstore bundle, of versions 0.1 to 0.3, over a file (message signature) or over an in-toto
 * statement that has the file among its subjects (DSSE): Sigstore client specification, section 4.
 *
 * `artifact` is the file's bytes or its SHA-256. Throws ARTIFACT_MISMATCH, ARTIFACT_NEEDED, PAYLOAD_TYPE,
 * STATEMENT_SHAPE, SIGNATURE_INVALID, METHOD_MISMATCH, and what `proveKeylessSigner` or `verifyNamedWitnesses` throws.
 */
export async function verifyBundle(bundle: SigstoreBundle, artifact: Artifact, trust: BundleTrust): Promise<VerifiedBundle> {
  const content = await signedContent(bundle.content, artifact);
  const verified =
    trust.method === "sigstore"
      ? await verifyKeyless(bundle, content, artifact, trust)
      : await verifyKeyed(bundle, content, artifact, trust);
  await checkArtifact(bundle, artifact);
  return { ...verified, statement: content.envelope?.payload };
}

type Verified = Omit<VerifiedBundle, "statement">;

async function verifyKeyless(
  bundle: SigstoreBundle,
  content: SignedContent,
  artifact: Artifact,
  trust: Extract<BundleTrust, { method: "sigstore" }>,
): Promise<Verified> {
  if (bundle.material.kind === "publicKey") throw new AssayError("METHOD_MISMATCH", "the bundle was signed with a key, not keyless");
  const proven = await proveKeylessSigner(bundle, content, trust, trust.detachedScts);
  const algorithm = await verifyContent(bundle.content, parsePublicKey(proven.leaf.spki), artifact);
  return { signer: await describeKeylessSigner(proven, algorithm), evidence: proven.evidence, verifiedAt: proven.time };
}

async function verifyKeyed(
  bundle: SigstoreBundle,
  content: SignedContent,
  artifact: Artifact,
  trust: Extract<BundleTrust, { method: "key" }>,
): Promise<Verified> {
  if (bundle.material.kind !== "publicKey")
    throw new AssayError("METHOD_MISMATCH", "the bundle was signed with a certificate, not with a key");
  const key = parsePublicKey(readPublicKey(trust.publicKey));
  const algorithm = await verifyContent(bundle.content, key, artifact);
  const { evidence, verifiedAt, unknownWitness } = await verifyNamedWitnesses(bundle, content, key.spki, { trustedRoot: trust.material });
  if (evidence.logEntries.length === 0) {
    throw unknownWitness ?? new AssayError("LOG_ENTRY_MISSING", "the bundle holds no entry of a transparency log");
  }
  return { signer: { method: "key", algorithm, fingerprint: await keyFingerprint(key.spki) }, evidence, verifiedAt };
}

async function verifyContent(content: SigstoreBundle["content"], key: PublicKey, artifact: Artifact): Promise<SignerIdentity["algorithm"]> {
  if (content.kind === "dsse") {
    const signature = await verifyAnyEnvelopeSignature(content.envelope, key);
    // That encoding was a mistake of one tool for models, and is let pass for its statements alone.
    if (!signature.historical) return signature.algorithm;
    throw new AssayError("SIGNATURE_INVALID", "the signature does not verify with the signer's key");
  }
  const algorithm =
    "bytes" in artifact
      ? await signedBy(key, content.signature, artifact.bytes)
      : await signedDigest(content.signature, key, artifact.sha256);
  if (algorithm === undefined)
    throw new AssayError("SIGNATURE_INVALID", "the signature over the file does not verify with the signer's key");
  return algorithm;
}

/** The same where only the file's SHA-256 is at hand. Throws ARTIFACT_NEEDED for keys that sign over something else. */
async function signedDigest(signature: Uint8Array, key: PublicKey, sha256: Uint8Array): Promise<SignerIdentity["algorithm"] | undefined> {
  if (key.kind !== "ed25519") {
    const { scheme, algorithm } = pairing(key);
    if (scheme.hash === "SHA-256") return (await verifyPrehashed(key, signature, sha256)) ? algorithm : undefined;
  }
  throw new AssayError("ARTIFACT_NEEDED", "the signer's key signs over another digest than SHA-256, or over the file itself", {
    hint: "give the file itself",
  });
}

/** The file is what was signed: its digest is in the message signature, or among the statement's subjects. */
async function checkArtifact({ content }: SigstoreBundle, artifact: Artifact): Promise<void> {
  const sha256 = "bytes" in artifact ? await digestOfBytes("SHA-256", artifact.bytes) : artifact.sha256;
  if (content.kind === "dsse") return checkSubjects(content.envelope, sha256);
  // Nothing was believed because of it; where it is there it must be right.
  if (content.digest !== undefined) await checkMessageDigest(content.digest, artifact, sha256);
}

async function checkMessageDigest(
  { algorithm, digest: claimed }: NonNullable<MessageSignature["digest"]>,
  artifact: Artifact,
  sha256: Uint8Array,
): Promise<void> {
  const hash = NAMED_HASHES.get(algorithm);
  if (hash === undefined) {
    throw new AssayError(
      "ALGORITHM_UNKNOWN",
      `the bundle names the file by the digest ${JSON.stringify(algorithm.slice(0, 40))}, which is unsupported`,
    );
  }
  if (hash !== "SHA-256" && !("bytes" in artifact)) {
    throw new AssayError("ARTIFACT_NEEDED", `the bundle names the file by its ${hash}, and only its SHA-256 was given`, {
      hint: "give the file itself",
    });
  }
  const found = hash === "SHA-256" || !("bytes" in artifact) ? sha256 : await digestOfBytes(hash, artifact.bytes);
  if (sameBytes(claimed, found)) return;
  throw new AssayError("ARTIFACT_MISMATCH", "the bundle says that it signs another file: its digest is not that of the file at hand");
}

function checkSubjects({ payloadType, payload }: { readonly payloadType: string; readonly payload: Uint8Array }, sha256: Uint8Array): void {
  if (payloadType !== PAYLOAD_TYPE) {
    throw new AssayError("PAYLOAD_TYPE", `the envelope holds ${JSON.stringify(payloadType.slice(0, 100))}, expected ${PAYLOAD_TYPE}`);
  }
  const statement = parseJson(payload, { what: "payload", shapeCode: "STATEMENT_SHAPE" });
  const found = new Uint8Array(32);
  for (const subject of statement.require("subject").elements()) {
    const hex = subject.optional("digest")?.optional("sha256")?.string();
    if (hex !== undefined && decodeHexInto(hex, 32, found, 0) && sameBytes(found, sha256)) return;
  }
  throw new AssayError(
    "ARTIFACT_MISMATCH",
    "the signed statement is about other files: none of its subjects has the digest of the one at hand",
  );
}
