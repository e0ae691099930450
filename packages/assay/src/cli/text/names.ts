import type { SignatureAlgorithm, SignerIdentity } from "../../index.ts";
import { escapeName, escapeText } from "./escape.ts";
import { shortFingerprint } from "./digests.ts";

const ALGORITHMS: Record<SignatureAlgorithm, string> = {
  "ecdsa-p256-sha256": "ECDSA P-256",
  "ecdsa-p384-sha384": "ECDSA P-384",
  "ecdsa-p521-sha512": "ECDSA P-521",
  "ecdsa-p384-sha256": "ECDSA P-384 with SHA-256",
  "ecdsa-p521-sha256": "ECDSA P-521 with SHA-256",
  "rsa-pkcs1v15-sha256": "RSA PKCS#1 v1.5 with SHA-256",
  ed25519ph: "Ed25519ph",
  ed25519: "Ed25519",
};

/** An algorithm as people write it; one that is newer than this table as it is. */
export function algorithmName(algorithm: SignatureAlgorithm): string {
  return ALGORITHMS[algorithm];
}

/** Who signed, in the middle of a sentence. */
export function signerPhrase(signer: SignerIdentity): string {
  if (signer.method === "key") return `the key ${shortFingerprint(signer.fingerprint)}`;
  if (signer.method === "sigstore") return escapeName(signer.identity);
  const who = holderName(signer);
  if (signer.anchor === undefined) return who;
  // A path of one certificate; equal names alone do not make a root.
  return signer.path.length === 1 ? `${who} (itself the root)` : `${who} under ${escapeText(signer.anchor)}`;
}

/** The signer's row: more of the same. */
export function signerDetails(signer: SignerIdentity): string {
  if (signer.method === "key") return `key ${shortFingerprint(signer.fingerprint)}`;
  if (signer.method === "sigstore") return identityDetails(signer);
  return `${holderDetails(signer)}, certificate ${shortFingerprint(signer.fingerprint)}`;
}

/** An identity, and who vouches for it. */
export function identityDetails({ identity, identityProvider }: { readonly identity: string; readonly identityProvider: string }): string {
  return `${escapeName(identity)}, vouched for by ${escapeName(identityProvider)}`;
}

/** The holder of a certificate, with all names. */
export function holderDetails({ subject, names }: Holder): string {
  const others = subject === "" ? names.slice(1) : names;
  return `${holderName({ subject, names })}${others.length > 0 ? ` (${others.map(escapeText).join(", ")})` : ""}`;
}

interface Holder {
  readonly subject: string;
  readonly names: readonly string[];
}

/** A subject may be empty; then the first of the other names takes its place. */
function holderName({ subject, names: [first] }: Holder): string {
  return escapeText(subject === "" ? (first ?? "a certificate without a name") : subject);
}
