import type { Certificate } from "./certificate.ts";
import type { RevocationList } from "./crl.ts";

/** The moments that decide whether a revocation list counts. */
export interface RevocationTimes {
  /** The time for which revocation is checked: now, or when a trusted timestamp proves that the signature existed. */
  readonly at: Date;
  /** The clock. */
  readonly now: Date;
}

/** A list that says until when it holds. */
export interface DatedList extends RevocationList {
  readonly nextUpdate: Date;
}

export function isDated(list: RevocationList): list is DatedList {
  return list.nextUpdate !== undefined;
}

/**
 * Why a list's time does not fit, undefined where it does; times are in whole seconds,
 * and both ends belong to a list's time.
 *
 * - It was issued by now, and says until when it holds.
 * - It does not end before the time checked. For a time in the past this lets two kinds in: the list
 *   of that time, and every later one, which knows at least as much, also where its own time is over.
 * - A list after the time checked was issued before the certificate expired: once it has, its issuer may
 *   drop it from the lists (RFC 5280 section 3.3), and its absence says nothing.
 */
export function whyUntimely(
  { thisUpdate, nextUpdate }: RevocationList,
  { notAfter }: Certificate,
  times: RevocationTimes,
): string | undefined {
  const [at, now] = [wholeSecond(times.at), wholeSecond(times.now)];
  if (thisUpdate.getTime() > now) return `is of ${shownTime(thisUpdate)}, which is yet to come: it is ${shownTime(times.now)}`;
  if (nextUpdate === undefined) return `of ${shownTime(thisUpdate)} does not say until when it holds`;
  if (nextUpdate.getTime() < at) {
    return `of ${shownTime(thisUpdate)} ended at ${shownTime(nextUpdate)}; the time checked is ${shownTime(times.at)}`;
  }
  if (thisUpdate.getTime() > at && thisUpdate > notAfter) {
    return `of ${shownTime(thisUpdate)} is from after the certificate expired at ${shownTime(notAfter)}, and need not name it any more`;
  }
  return undefined;
}

export function wholeSecond(time: Date): number {
  return Math.floor(time.getTime() / 1000) * 1000;
}

export function shownTime(time: Date): string {
  return new Date(wholeSecond(time)).toISOString().replace(".000Z", "Z");
}
