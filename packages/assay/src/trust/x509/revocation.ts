import { AssayError } from "../../core/error.ts";
import { sha256Hex } from "../fingerprint.ts";
import { type Certificate, fingerprint } from "./certificate.ts";
import type { RevocationList } from "./crl.ts";
import type { Revocation } from "./crl-entries.ts";
import { certificateRefusal } from "./refusal.ts";
import { type DatedList, type RevocationTimes, shownTime } from "./revocation-age.ts";
import { checkAgainstLists } from "./revocation-check.ts";
import { listsByIssuer } from "./revocation-issuer.ts";

/** A list that an answer rests on. */
export interface ConsultedList {
  /** RFC 4514. */
  readonly issuer: string;
  /** The list's number, decimal. */
  readonly number: string | undefined;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** How many certificates it revokes. */
  readonly entries: number;
  /** Hex SHA-256 of the list, DER. */
  readonly fingerprint: string;
}

/** A certificate that was not revoked at the time checked. */
export interface CheckedCertificate {
  /** RFC 4514. */
  readonly subject: string;
  /** Hex SHA-256 of the certificate. */
  readonly fingerprint: string;
  /** One of the report's lists. */
  readonly list: ConsultedList;
  /** It was revoked after that time, which does not undo what was signed before. */
  readonly revokedLater: Revocation | undefined;
}

/** What revocation lists say about the signer's certificates. */
export interface RevocationReport {
  /** Every certificate below the anchor, leaf first. None for a path of one: an anchor is trusted as it is. */
  readonly certificates: readonly CheckedCertificate[];
  /** The lists that the report rests on, each once. Others that were given played no part. */
  readonly lists: readonly ConsultedList[];
}

/**
 * Asks whether a certificate of a path was revoked: RFC 5280 section 6.3, for complete lists that each CA
 * signs with the key that it signs certificates with. `path` is validated, leaf first, anchor last. What
 * is revoked, and which list can tell, is said at `checkAgainstLists`.
 *
 * Every certificate below the anchor must be covered by one of the lists: a leaf under a CA whose own
 * revocation is unknown is not known to be good. Throws:
 *
 * - CERTIFICATE_REVOKED
 * - CRL_INVALID: a list that names a CA of the path is not signed by it, or the CA may not sign lists; or
 *   a list names the certificate twice
 * - CRL_EXPIRED, CRL_MISSING: it could not be told
 * - ALGORITHM_FORBIDDEN, ALGORITHM_UNKNOWN: how a list is signed
 * - CERTIFICATE_INVALID: the certificate's distribution points are malformed
 * - USAGE: one of the times is not a time
 */
export async function checkRevocation(
  path: readonly Certificate[],
  lists: readonly RevocationList[],
  times: RevocationTimes,
): Promise<RevocationReport> {
  const { at, now } = times;
  if (Number.isNaN(at.getTime()) || Number.isNaN(now.getTime())) {
    throw new AssayError("USAGE", "the time for which revocation is checked is not a time");
  }
  const byIssuer = await listsByIssuer(path.slice(1), lists);
  const consulted = new Map<RevocationList, ConsultedList>();
  const certificates: CheckedCertificate[] = [];
  let unsettled: AssayError | undefined;
  for (const [index, certificate] of path.slice(0, -1).entries()) {
    const issuer = path[index + 1];
    const given = issuer && byIssuer.get(issuer);
    if (given === undefined) throw new AssayError("INTERNAL", "a path without the issuer of one of its certificates");
    const check = checkAgainstLists(certificate, given, times);
    if (check.kind === "revoked") throw revoked(certificate, check.revocation, check.list);
    if (check.kind === "unsettled") {
      // A certificate further up that was revoked is the better answer.
      unsettled ??= check.error;
      continue;
    }
    const list = consulted.get(check.list) ?? (await describeList(check.list));
    consulted.set(check.list, list);
    certificates.push({
      subject: certificate.subject.rfc4514,
      fingerprint: await fingerprint(certificate),
      list,
      revokedLater: check.revokedLater,
    });
  }
  if (unsettled !== undefined) throw unsettled;
  return { certificates, lists: [...consulted.values()] };
}

async function describeList(list: DatedList): Promise<ConsultedList> {
  const { issuer, number, thisUpdate, nextUpdate, revoked: entries, der } = list;
  return {
    issuer: issuer.rfc4514,
    number: number?.toString(),
    thisUpdate,
    nextUpdate,
    entries: entries.count,
    fingerprint: await sha256Hex(der),
  };
}

function revoked(certificate: Certificate, { date, reason, invalidityDate }: Revocation, list: RevocationList): AssayError {
  const details = [reason, invalidityDate && `no good since ${shownTime(invalidityDate)}`].filter((detail) => detail !== undefined);
  const why = details.length === 0 ? "" : ` (${details.join(", ")})`;
  const source = `the list of "${list.issuer.rfc4514}" of ${shownTime(list.thisUpdate)}`;
  return certificateRefusal(certificate, "CERTIFICATE_REVOKED", `was revoked at ${shownTime(date)}${why}, says ${source}`);
}
