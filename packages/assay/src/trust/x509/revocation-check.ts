import type { AssayError } from "../../core/error.ts";
import type { Certificate } from "./certificate.ts";
import type { RevocationList } from "./crl.ts";
import type { Revocation } from "./crl-entries.ts";
import { whyOutOfScope } from "./crl-scope.ts";
import { certificateRefusal } from "./refusal.ts";
import { type DatedList, isDated, type RevocationTimes, wholeSecond, whyUntimely } from "./revocation-age.ts";
import type { ListsOfIssuer } from "./revocation-issuer.ts";

export type RevocationCheck =
  | { readonly kind: "good"; readonly list: DatedList; readonly revokedLater: Revocation | undefined }
  | { readonly kind: "revoked"; readonly list: DatedList; readonly revocation: Revocation }
  /** CRL_EXPIRED or CRL_MISSING. */
  | { readonly kind: "unsettled"; readonly error: AssayError };

/**
 * Whether a certificate was revoked at a time, by the lists of its issuer: RFC 5280 section 6.3.3.
 *
 * A list counts where it speaks of the certificate (`whyOutOfScope`) and is of the right time
 * (`whyUntimely`). The latest that counts decides. A list for some reasons only can tell that the
 * certificate was revoked, and never that it was not; several such lists are not added up.
 *
 * A certificate on the list is revoked, whatever the dates say, where the list is not from after the time
 * checked. A later list, which matters where a timestamp proves when the signature was made, may name a
 * certificate that was revoked since: that counts where the date of revocation, or the invalidity date,
 * is not after the time checked. So what was signed before stays good, which is what timestamps are for
 * (RFC 3161 section 1; CAdES, ETSI EN 319 102-1), unless the issuer says that the certificate or its key
 * was already bad by then: with the invalidity date, whatever the reason, or with a date of revocation
 * that early. A certificate on hold that the latest list does not name any more is good.
 */
export function checkAgainstLists(certificate: Certificate, given: ListsOfIssuer, times: RevocationTimes): RevocationCheck {
  const known = given.proven.map((list) => ({ list, outOfScope: whyOutOfScope(list.scope, certificate) }));
  const covering = known.filter(({ outOfScope }) => outOfScope === undefined).map(({ list }) => list);
  const counting = covering.filter(isDated).filter((list) => whyUntimely(list, certificate, times) === undefined);
  const latest = latestComplete(counting);
  const partial = counting.filter(({ scope }) => scope.isOfSomeReasons);
  let revokedLater: Revocation | undefined;
  for (const list of latest === undefined ? partial : [latest, ...partial]) {
    const revocation = list.revoked.find(certificate.serial);
    if (revocation !== undefined && countsAt(revocation, list, times)) return { kind: "revoked", list, revocation };
    if (list === latest) revokedLater = revocation;
  }
  if (latest !== undefined) return { kind: "good", list: latest, revokedLater };

  const untimely = latestComplete(covering);
  const age = untimely && whyUntimely(untimely, certificate, times);
  if (age !== undefined) return unsettled(certificate, "CRL_EXPIRED", [age]);
  return unsettled(certificate, "CRL_MISSING", [
    ...known.map(({ outOfScope }) => outOfScope ?? "is for some of the reasons only"),
    ...given.ofOtherKeys.map(() => "is signed by another key than the certificate"),
  ]);
}

function latestComplete<List extends RevocationList>(lists: readonly List[]): List | undefined {
  const complete = lists.filter(({ scope }) => !scope.isOfSomeReasons);
  return complete.sort((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime() || ((b.number ?? 0n) > (a.number ?? 0n) ? 1 : -1)).at(0);
}

function countsAt({ date, invalidityDate }: Revocation, list: RevocationList, times: RevocationTimes): boolean {
  const at = wholeSecond(times.at);
  return [list.thisUpdate, date, invalidityDate].some((time) => time !== undefined && time.getTime() <= at);
}

/** `problems`: what is wrong with each list of the issuer. */
function unsettled(certificate: Certificate, code: "CRL_EXPIRED" | "CRL_MISSING", problems: readonly string[]): RevocationCheck {
  const issuer = `its issuer "${certificate.issuer.rfc4514}"`;
  const why = problems.length === 0 ? `none is of ${issuer}` : `that of ${issuer} ${[...new Set(problems)].join("; another one ")}`;
  return {
    kind: "unsettled",
    error: certificateRefusal(certificate, code, `is not covered by the revocation lists given: ${why}`, { remedy: "add-revocation-list" }),
  };
}
