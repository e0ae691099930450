import type { Bundle } from "../bundle/bundle.ts";
import { AssayError } from "../core/error.ts";
import type { ClaimedLogEntry, Inspection } from "./results.ts";
import { encodeHex } from "../encoding/hex.ts";
import { readCertificateIdentity } from "../trust/sigstore/fulcio-certificate.ts";
import { readTimestampResponse } from "../trust/sigstore/timestamp-token.ts";
import { type Certificate, fingerprint, parseCertificate } from "../trust/x509/certificate.ts";

/** The signer in the bundle's own words. Throws BUNDLE_MATERIAL, CERTIFICATE_INVALID. */
export async function claimedSigner({ material }: Bundle): Promise<Inspection["claimed"]> {
  if (material.kind === "publicKey") return { kind: "key", hint: material.hint };
  const chain = material.kind === "certificate" ? [material.certificate] : material.certificates;
  const [leafDer] = chain;
  if (leafDer === undefined) throw new AssayError("BUNDLE_MATERIAL", "the bundle's certificate chain is empty");
  const leaf = parseCertificate(leafDer);
  return {
    kind: "certificate",
    subject: leaf.subject.rfc4514,
    issuer: leaf.issuer.rfc4514,
    names: leaf.subjectAlternativeNames.map(({ type, value }) => `${type}:${value}`),
    notBefore: leaf.notBefore,
    notAfter: leaf.notAfter,
    fingerprint: await fingerprint(leaf),
    chainLength: chain.length,
    keyless: claimedIdentity(leaf),
  };
}

type Claimed = Extract<Inspection["claimed"], { kind: "certificate" }>;

/** Undefined for a certificate that is not for an identity: it is shown as any other. */
function claimedIdentity(leaf: Certificate): Claimed["keyless"] {
  try {
    const { claims, ...identity } = readCertificateIdentity(leaf);
    return { ...identity, claims: Object.fromEntries(claims) };
  } catch (error) {
    if (error instanceof AssayError) return undefined;
    throw error;
  }
}

/** The log entries in their own words. */
export function claimedLogEntries({ tlogEntries }: Bundle): ClaimedLogEntry[] {
  return tlogEntries.map(({ logIndex, logId, kind, version, integratedTime }) => ({
    logId: encodeHex(logId),
    logIndex,
    entry: `${kind} ${version}`.trim(),
    integratedTime: integratedTime === 0 ? undefined : new Date(integratedTime * 1000),
  }));
}

/** The times of the timestamps in their own words; undefined for one that cannot be read. */
export function claimedTimes({ timestamps }: Bundle): (Date | undefined)[] {
  return timestamps.map((timestamp) => {
    try {
      return readTimestampResponse(timestamp).time;
    } catch (error) {
      if (error instanceof AssayError) return undefined;
      throw error;
    }
  });
}
