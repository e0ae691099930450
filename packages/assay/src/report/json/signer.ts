import type { SignerIdentity } from "../../trust/envelope.ts";
import type { Evidence, ProvenTime } from "../../trust/sigstore/evidence.ts";
import type { TrustSource } from "../../trust/sigstore/trust-source.ts";
import type { RevocationReport } from "../../trust/x509/revocation.ts";
import type { EvidencePart, RevocationPart, SignerPart, TrustSourcePart } from "./documents.ts";

// Who signed, and what proves it.

export function signerPart(signer: SignerIdentity): SignerPart {
  if (signer.method === "key") return { method: signer.method, algorithm: signer.algorithm, fingerprint: signer.fingerprint };
  if (signer.method === "sigstore") {
    return {
      method: signer.method,
      algorithm: signer.algorithm,
      identity: signer.identity,
      identityType: signer.identityType,
      identityProvider: signer.identityProvider,
      claims: signer.claims,
      anchor: signer.anchor ?? null,
      fingerprint: signer.fingerprint,
      notBefore: signer.notBefore.toISOString(),
      notAfter: signer.notAfter.toISOString(),
      path: signer.path,
    };
  }
  return {
    method: signer.method,
    algorithm: signer.algorithm,
    subject: signer.subject,
    issuer: signer.issuer,
    names: signer.names,
    anchor: signer.anchor ?? null,
    fingerprint: signer.fingerprint,
    notBefore: signer.notBefore.toISOString(),
    notAfter: signer.notAfter.toISOString(),
    path: signer.path,
  };
}

/** Everything in it was verified. */
export function evidencePart(evidence: Evidence): EvidencePart {
  return {
    logEntries: evidence.logEntries.map((entry) => ({
      log: entry.log,
      logId: entry.logId,
      logIndex: entry.logIndex,
      entry: entry.entry,
      integratedTime: entry.integratedTime?.toISOString() ?? null,
      inclusion: entry.inclusion,
      treeSize: entry.treeSize ?? null,
    })),
    timestamps: evidence.timestamps.map(provenTimePart),
    certificateLogs: evidence.certificateLogs.map(provenTimePart),
    trustedRoot: trustSourcePart(evidence.trustedRoot),
  };
}

export function revocationPart(revocation: RevocationReport): RevocationPart {
  return {
    lists: revocation.lists.map((list) => ({
      issuer: list.issuer,
      number: list.number ?? null,
      thisUpdate: list.thisUpdate.toISOString(),
      nextUpdate: list.nextUpdate.toISOString(),
      fingerprint: list.fingerprint,
    })),
    certificates: revocation.certificates.map(({ subject, fingerprint, revokedLater }) => ({
      subject,
      fingerprint,
      revokedLater: revokedLater?.date.toISOString() ?? null,
    })),
  };
}

function provenTimePart({ authority, time }: ProvenTime): { readonly authority: string; readonly time: string } {
  return { authority, time: time.toISOString() };
}

export function trustSourcePart({ kind, name, date, isCurrent, problem }: TrustSource): TrustSourcePart {
  return { kind, name, date: date?.toISOString() ?? null, isCurrent, problem: problem ?? null };
}
