import { AssayError } from "../../error.ts";
import { encodeHex } from "../../encoding/hex.ts";
import { parsePublicKey, type PublicKey } from "../public-key.ts";
import { type Certificate, parseCertificate, sameBytes } from "./certificate.ts";

/** A certificate that may have issued others. */
export interface Issuer {
  readonly certificate: Certificate;
  readonly isAnchor: boolean;
  /** Name and key: two certificates with the same are one CA. */
  readonly identity: string;
  /** Throws what `parsePublicKey` throws. */
  readonly publicKey: () => PublicKey;
}

/** Anchors and candidates by the name that they issue under. */
export class Issuers {
  readonly #bySubject = new Map<string, Issuer[]>();

  /** Of a certificate given twice, the anchor counts. What is no certificate is left out. */
  constructor(anchors: readonly Uint8Array[], candidates: readonly Uint8Array[]) {
    const seen = new Set<string>();
    const all = [...anchors.map((der) => ({ der, isAnchor: true })), ...candidates.map((der) => ({ der, isAnchor: false }))];
    for (const { der, isAnchor } of all) {
      const hex = encodeHex(der);
      if (seen.has(hex)) continue;
      seen.add(hex);
      const certificate = parseOrNone(der);
      if (certificate === undefined) continue;
      const subject = nameKey(certificate.subject);
      const issuer: Issuer = {
        certificate,
        isAnchor,
        identity: `${subject}\0${encodeHex(certificate.spki)}`,
        publicKey: () => parsePublicKey(certificate.spki),
      };
      this.#bySubject.set(subject, [...(this.#bySubject.get(subject) ?? []), issuer]);
    }
  }

  /**
   * Who may have issued a certificate: those of its issuer's name whose key identifier does not differ
   * from the one that it asks for. The likely ones first: anchors, then those whose identifier is the one.
   */
  of({ issuer, authorityKeyIdentifier }: Certificate): readonly Issuer[] {
    const wanted = authorityKeyIdentifier;
    const fitness = ({ certificate: { subjectKeyIdentifier: own }, isAnchor }: Issuer): number => {
      const isWanted = wanted !== undefined && own !== undefined && sameBytes(wanted, own);
      return (isAnchor ? 2 : 0) + (isWanted ? 1 : 0);
    };
    return (this.#bySubject.get(nameKey(issuer)) ?? [])
      .filter(({ certificate: { subjectKeyIdentifier: own } }) => wanted === undefined || own === undefined || sameBytes(wanted, own))
      .toSorted((a, b) => fitness(b) - fitness(a));
  }
}

function nameKey({ keys }: { readonly keys: readonly string[] }): string {
  return JSON.stringify(keys);
}

function parseOrNone(der: Uint8Array): Certificate | undefined {
  try {
    return parseCertificate(der);
  } catch (error) {
    if (error instanceof AssayError) return undefined;
    throw error;
  }
}
