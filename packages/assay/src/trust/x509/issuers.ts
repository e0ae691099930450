import { sameBytes } from "../../encoding/bytes.ts";
import { AssayError } from "../../core/error.ts";
import { type Certificate, parseCertificate } from "./certificate.ts";

/** A certificate that may have issued another, and whether a path may end with it. */
export interface Issuer {
  readonly certificate: Certificate;
  readonly isAnchor: boolean;
  /** The same for all certificates of one CA: of the same name and key. */
  readonly ca: number;
}

export interface IssuersOfOne {
  /** The certificates with the issuer's name whose key identifier does not differ from the one that is asked for, the most likely first. */
  readonly fitting: readonly Issuer[];
  /** The others with that name. */
  readonly otherKeys: readonly Issuer[];
}

/** More than any collection of roots holds; only reading more would take longer than a validation may. */
const MAX_CERTIFICATES = 1000;
const MAX_BYTES = 1024 * 1024;

/**
 * The anchors and candidates, each once, by the name that issuers are looked for by (RFC 5280 section
 * 6.1.3 (a) (4)). Those that cannot be read are left aside: they may have nothing to do with the path.
 */
export class Issuers {
  /** Why the first unreadable certificate is not in the pool. */
  readonly unreadable: AssayError | undefined;
  readonly #bySubject = new Map<string, Issuer[]>();
  readonly #known = new Set<string>();
  readonly #cas = new Map<string, number>();
  readonly #answers = new Map<Certificate, IssuersOfOne>();

  /** Throws CERTIFICATE_PATH_WORK: see `checkAmount`. */
  constructor(anchors: readonly Uint8Array[], candidates: readonly Uint8Array[]) {
    checkAmount([...anchors, ...candidates]);
    // Anchors first, so that a candidate that is one of them changes nothing.
    const problems = [...anchors.map((der) => this.#add(der, true)), ...candidates.map((der) => this.#add(der, false))];
    this.unreadable = problems.find((problem) => problem !== undefined);
  }

  /** Who may have issued a certificate. */
  of(certificate: Certificate): IssuersOfOne {
    const answer = this.#answers.get(certificate) ?? this.#find(certificate);
    this.#answers.set(certificate, answer);
    return answer;
  }

  #find({ issuer, authorityKeyIdentifier: wanted }: Certificate): IssuersOfOne {
    const named = this.#bySubject.get(nameKey(issuer.keys)) ?? [];
    const fits = ({ certificate: { subjectKeyIdentifier: own } }: Issuer): boolean => {
      return wanted === undefined || own === undefined || sameBytes(wanted, own);
    };
    const byLikelihood = named.toSorted((a, b) => likelihood(b, wanted) - likelihood(a, wanted));
    return { fitting: byLikelihood.filter(fits), otherKeys: byLikelihood.filter((issuer) => !fits(issuer)) };
  }

  /** Returns why the certificate cannot be read, where it cannot. */
  #add(der: Uint8Array, isAnchor: boolean): AssayError | undefined {
    const identity = bytesAsText.decode(der);
    if (this.#known.has(identity)) return undefined;
    this.#known.add(identity);
    try {
      const certificate = parseCertificate(der);
      const key = nameKey(certificate.subject.keys);
      const identity = `${key} ${bytesAsText.decode(certificate.spki)}`;
      const ca = this.#cas.get(identity) ?? this.#cas.size;
      this.#cas.set(identity, ca);
      const named = this.#bySubject.get(key) ?? [];
      named.push({ certificate, isAnchor, ca });
      this.#bySubject.set(key, named);
      return undefined;
    } catch (error) {
      if (error instanceof AssayError) return error;
      throw error;
    }
  }
}

/** Throws CERTIFICATE_PATH_WORK for over 1000 certificates, or over a megabyte of them, before any is read. */
export function checkAmount(certificates: readonly Uint8Array[]): void {
  const bytes = certificates.reduce((sum, { length }) => sum + length, 0);
  if (certificates.length <= MAX_CERTIFICATES && bytes <= MAX_BYTES) return;
  const amount = certificates.length > MAX_CERTIFICATES ? `${certificates.length} certificates` : `${bytes} bytes of certificates`;
  const limit = certificates.length > MAX_CERTIFICATES ? MAX_CERTIFICATES : MAX_BYTES;
  throw new AssayError("CERTIFICATE_PATH_WORK", `there are ${amount} to build a path from; at most ${limit}`);
}

/** Anchors first, then those whose key identifier is the one that is asked for, then those that lead further up. */
function likelihood({ isAnchor, certificate }: Issuer, wanted: Uint8Array | undefined): number {
  const isNamed = wanted !== undefined && certificate.subjectKeyIdentifier !== undefined;
  return (isAnchor ? 4 : 0) + (isNamed ? 2 : 0) + (certificate.isSelfIssued ? 0 : 1);
}

/** One character for every byte: the label's 256 characters are all different. */
const bytesAsText = new TextDecoder("latin1");

function nameKey(keys: readonly string[]): string {
  return keys.join("/");
}
