import { AssayError } from "../../core/error.ts";
import { DerReader, type DerValue, invalid, type NoteDeparture, readDer, TAG } from "../../encoding/der.ts";
import { readIntegerBytes, readSmallInteger, readTime } from "../../encoding/der-values.ts";
import { sameBytes } from "../../encoding/bytes.ts";
import { readExtensions } from "./extensions.ts";

/** RFC 5280 section 5.3.1, by number. 7 is not used; 8, removeFromCRL, occurs in delta lists only. */
const REASONS = new Map([
  [0, "unspecified"],
  [1, "keyCompromise"],
  [2, "cACompromise"],
  [3, "affiliationChanged"],
  [4, "superseded"],
  [5, "cessationOfOperation"],
  [6, "certificateHold"],
  [9, "privilegeWithdrawn"],
  [10, "aACompromise"],
] as const);

type RevocationReason = typeof REASONS extends Map<number, infer Reason> ? Reason : never;

/** What a list says of one certificate. */
export interface Revocation {
  /** When the issuer revoked it. */
  readonly date: Date;
  readonly reason: RevocationReason | undefined;
  /** From when on the certificate was, or may have been, no good: section 5.3.2. */
  readonly invalidityDate: Date | undefined;
}

const ENTRY_EXTENSION = { reason: "2.5.29.21", invalidityDate: "2.5.29.24", certificateIssuer: "2.5.29.29" } as const;
const PROCESSED: ReadonlySet<string> = new Set(Object.values(ENTRY_EXTENSION));
const ENUMERATED = 0x0a;

/** The entries of a list, as they are encoded: a list may have millions, and a path asks for a few. */
export class RevokedCertificates {
  readonly count: number;
  readonly #entries: Uint8Array;

  /** Reads every entry once. Throws DER_INVALID, and CRL_INVALID where one cannot be understood. */
  constructor(value: DerValue | undefined, version: 1 | 2, note?: NoteDeparture) {
    this.#entries = value?.content ?? new Uint8Array();
    const entries = new DerReader(this.#entries, 0, note);
    let count = 0;
    for (; !entries.isAtEnd; count++) readEntry(entries.next(), version);
    this.count = count;
  }

  /**
   * The entry of a serial number, two's complement as certificates encode it. Throws CRL_INVALID where
   * there are two, of which readers could see either.
   */
  find(serial: Uint8Array): Revocation | undefined {
    // Departures were noted, or refused, when the list was read.
    const entries = new DerReader(this.#entries, 0, () => {});
    let found: Revocation | undefined;
    while (!entries.isAtEnd) {
      const entry = entries.next();
      if (!sameBytes(readIntegerBytes(entry.children().next()), serial)) continue;
      if (found !== undefined) throw new AssayError("CRL_INVALID", "a revocation list names the same certificate twice");
      found = readEntry(entry, 2);
    }
    return found;
  }
}

/** Sections 5.1.2.6 and 5.3. */
function readEntry(value: DerValue, version: 1 | 2): Revocation {
  const fields = value.in(TAG.sequence);
  readIntegerBytes(fields.next());
  const date = readTime(fields.next());
  const extensions = fields.optional(TAG.sequence);
  fields.end();
  if (extensions === undefined) return { date, reason: undefined, invalidityDate: undefined };
  if (version === 1) throw invalid("extensions of an entry in a list of version 1");
  return { date, ...readEntryExtensions(extensions) };
}

function readEntryExtensions(value: DerValue): Omit<Revocation, "date"> {
  const extensions = readExtensions(value);
  for (const [oid, { critical }] of extensions) {
    if (critical && !PROCESSED.has(oid)) {
      throw new AssayError("CRL_INVALID", `an entry of a revocation list has the critical extension ${oid}, which is unsupported`);
    }
  }
  if (extensions.has(ENTRY_EXTENSION.certificateIssuer)) {
    throw new AssayError(
      "CRL_INVALID",
      "a revocation list has an entry for another issuer's certificate: indirect lists are not supported",
    );
  }
  const reason = extensions.get(ENTRY_EXTENSION.reason);
  const invalidityDate = extensions.get(ENTRY_EXTENSION.invalidityDate);
  return {
    reason: reason && readReason(reason.value),
    invalidityDate: invalidityDate && readInvalidityDate(invalidityDate.value),
  };
}

function readReason(value: Uint8Array): RevocationReason {
  const number = readSmallInteger(readDer(value), ENUMERATED);
  const reason = [...REASONS].find(([known]) => known === number)?.[1];
  if (reason === undefined) throw invalid(`the reason ${number}, which no entry of a complete list may have`);
  return reason;
}

const GENERALIZED_TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;

/** Section 5.3.2: always a GeneralizedTime, before 2050 too, to the second. */
function readInvalidityDate(value: Uint8Array): Date {
  const { content } = readDer(value).expect(TAG.generalizedTime);
  const text = String.fromCharCode(...content.subarray(0, 32));
  const iso = GENERALIZED_TIME.test(text) ? text.replace(GENERALIZED_TIME, "$1-$2-$3T$4:$5:$6.000Z") : "";
  const time = new Date(iso);
  // Dates that do not exist parse as none, or as another one.
  if (Number.isNaN(time.getTime()) || time.toISOString() !== iso) throw invalid("an invalidity date that is not in the format of RFC 5280");
  return time;
}
