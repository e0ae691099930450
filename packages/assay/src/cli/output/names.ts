import type { SignatureAlgorithm, SignerIdentity } from "../../index.ts";
import { escapeText } from "./escape.ts";
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
  if (signer.anchor === undefined) return quoted(signer.subject);
  return signer.anchor === signer.subject
    ? `${quoted(signer.subject)} (itself the root)`
    : `${quoted(signer.subject)} under ${quoted(signer.anchor)}`;
}

/** The signer's row: more of the same. */
export function signerDetails(signer: SignerIdentity): string {
  if (signer.method === "key") return `key ${shortFingerprint(signer.fingerprint)}`;
  const names = signer.names.length > 0 ? ` (${signer.names.map(escapeText).join(", ")})` : "";
  return `${quoted(signer.subject)}${names}, certificate ${shortFingerprint(signer.fingerprint)}`;
}

/** A subject may be empty; nothing must not look like somebody. */
function quoted(subject: string): string {
  return subject === "" ? "a certificate without a subject" : escapeText(subject);
}
