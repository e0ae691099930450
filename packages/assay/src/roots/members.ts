import { encodeHex } from "../encoding/hex.ts";
import { AssayError } from "../core/error.ts";
import { sha256Hex } from "../trust/fingerprint.ts";
import type { CertificateAuthority, TransparencyLog, TrustedRoot } from "../trust/sigstore/trusted-root.ts";
import type { ValidityPeriod } from "../trust/sigstore/validity.ts";
import { parseCertificate } from "../trust/x509/certificate.ts";

/** What a log or authority of a trusted root does. */
export type TrustRole = "log" | "ct-log" | "certificate-authority" | "timestamp-authority";

/** One of those whom a trusted root trusts, for showing and comparing. */
export interface TrustMember {
  readonly role: TrustRole;
  readonly url: string;
  /** Hex: a log's id, as entries and certificate timestamps name it; the SHA-256 of an authority's own certificate. */
  readonly id: string;
  /** A log's key, as the root names it; empty for authorities. */
  readonly algorithm: string;
  readonly validFor: ValidityPeriod;
  /** An authority's certificates, its own first, the root last. */
  readonly certificates: readonly MemberCertificate[];
}

/** A certificate of an authority, for showing. */
export interface MemberCertificate {
  /** Empty for one that cannot be read. */
  readonly subject: string;
  /** Hex SHA-256. */
  readonly fingerprint: string;
  readonly notAfter: Date | undefined;
}

/** A difference between two trusted roots. */
export interface TrustChange {
  readonly kind: "added" | "removed" | "changed";
  /** As it is now; of one that was removed, as it was. */
  readonly member: TrustMember;
}

/** Everybody whom a root trusts, in the order of the root. */
export async function membersOf(root: TrustedRoot): Promise<TrustMember[]> {
  return [
    ...root.logs.map((log) => logMember("log", log)),
    ...(await authorityMembers("certificate-authority", root.certificateAuthorities)),
    ...root.ctLogs.map((log) => logMember("ct-log", log)),
    ...(await authorityMembers("timestamp-authority", root.timestampAuthorities)),
  ];
}

/** What a new root changes: who came, who went, whose period or address is another. */
export function changesBetween(before: readonly TrustMember[], after: readonly TrustMember[]): TrustChange[] {
  const old = keyed(before);
  const now = keyed(after);
  const changes: TrustChange[] = [];
  for (const [key, member] of now) {
    const was = old.get(key);
    if (was === undefined) changes.push({ kind: "added", member });
    else if (!isSame(was, member)) changes.push({ kind: "changed", member });
  }
  for (const [key, member] of old) {
    if (!now.has(key)) changes.push({ kind: "removed", member });
  }
  return changes;
}

function logMember(role: TrustRole, { baseUrl, logId, key, validFor }: TransparencyLog): TrustMember {
  return { role, url: baseUrl, id: encodeHex(logId), algorithm: key.details, validFor, certificates: [] };
}

function authorityMembers(role: TrustRole, authorities: readonly CertificateAuthority[]): Promise<TrustMember[]> {
  return Promise.all(authorities.map((authority) => authorityMember(role, authority)));
}

async function authorityMember(role: TrustRole, authority: CertificateAuthority): Promise<TrustMember> {
  const certificates = await Promise.all(authority.certificates.map(readMemberCertificate));
  return { role, url: authority.uri, id: certificates[0]?.fingerprint ?? "", algorithm: "", validFor: authority.validFor, certificates };
}

async function readMemberCertificate(der: Uint8Array): Promise<MemberCertificate> {
  const fingerprint = await sha256Hex(der);
  try {
    const { subject, notAfter } = parseCertificate(der);
    return { subject: subject.rfc4514, fingerprint, notAfter };
  } catch (error) {
    // It is refused where it is used; here it is shown for what it is.
    if (error instanceof AssayError) return { subject: "", fingerprint, notAfter: undefined };
    throw error;
  }
}

/** A key or chain may be listed twice, for two periods. */
function keyed(members: readonly TrustMember[]): Map<string, TrustMember> {
  const map = new Map<string, TrustMember>();
  for (const member of members) {
    const base = [member.role, member.id, ...member.certificates.map(({ fingerprint }) => fingerprint)].join(" ");
    let count = 0;
    while (map.has(`${base} ${count}`)) count++;
    map.set(`${base} ${count}`, member);
  }
  return map;
}

function isSame(a: TrustMember, b: TrustMember): boolean {
  return (
    a.url === b.url &&
    a.algorithm === b.algorithm &&
    a.validFor.start.getTime() === b.validFor.start.getTime() &&
    a.validFor.end?.getTime() === b.validFor.end?.getTime()
  );
}
