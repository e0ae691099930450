import { AssayError } from "../../error.ts";
import { type Certificate, isSelfSigned, parseCertificate, sameBytes } from "./certificate.ts";
import { Issuers } from "./issuers.ts";
import { ComparisonBudget } from "./name-constraints.ts";
import { checkPathRules, checkPurpose } from "./path-rules.ts";
import { checkOwnRules, checkProfile } from "./profile.ts";
import { PathSearch } from "./search.ts";
import { checkValidity } from "./validity.ts";

export interface PathRequest {
  /** The certificate whose path is wanted, DER. */
  readonly leaf: Uint8Array;
  /** Certificates that may lie between the leaf and an anchor, DER, in any order. Damaged and unrelated ones are harmless. */
  readonly candidates: readonly Uint8Array[];
  /** Certificates that are trusted, DER, self-signed or not. They are checked like every other. */
  readonly anchors: readonly Uint8Array[];
  /** The moment at which every certificate must be valid; both ends of a validity belong to it, in whole seconds. */
  readonly at: Date;
  /** An extended key usage, as an object identifier in dots, that no certificate below the anchor may rule out. */
  readonly extendedKeyUsage?: string;
  /** The most CAs between leaf and anchor, self-issued ones not counted. Default 20. */
  readonly maxIntermediates?: number;
}

export interface CertificatePath {
  /** The leaf first, the anchor last; one certificate where the leaf is an anchor. */
  readonly certificates: readonly Certificate[];
}

const DEFAULT_MAX_INTERMEDIATES = 20;
/** More than any chain file; what a bundle may make a verifier parse. */
const MAX_CERTIFICATES = 1000;

/**
 * Finds and validates a path from a leaf to an anchor: RFC 5280 section 6.1, over every path that the
 * certificates make possible, with a bound on the work (a search that meets it throws CERTIFICATE_PATH_WORK).
 *
 * A leaf that equals an anchor byte for byte is a path of its own: only what it says of itself is checked: fields, extensions, validity, purpose.
 *
 * Throws CERTIFICATE_INVALID, CERTIFICATE_EXPIRED, CERTIFICATE_NOT_YET_VALID, CERTIFICATE_PATH_NOT_FOUND,
 * CERTIFICATE_SIGNATURE, CERTIFICATE_EXTENSION_UNKNOWN, CERTIFICATE_BASIC_CONSTRAINTS, CERTIFICATE_KEY_USAGE,
 * CERTIFICATE_KEY_IDENTIFIER, CERTIFICATE_PATH_LENGTH, CERTIFICATE_NAME_CONSTRAINT,
 * CERTIFICATE_EXTENDED_KEY_USAGE, CERTIFICATE_POLICY, CERTIFICATE_PATH_WORK, and ALGORITHM_FORBIDDEN,
 * ALGORITHM_UNKNOWN and KEY_INVALID for signatures and keys on the path: where several paths fail, the
 * reason of the one that got furthest.
 */
export async function validateCertificatePath(request: PathRequest): Promise<CertificatePath> {
  const { at, extendedKeyUsage: purpose } = request;
  if (request.candidates.length + request.anchors.length > MAX_CERTIFICATES) {
    throw new AssayError("CERTIFICATE_PATH_WORK", `there are over ${MAX_CERTIFICATES} certificates to find a path through`);
  }
  const leaf = parseCertificate(request.leaf);
  checkValidity(leaf, at);
  if (purpose !== undefined) checkPurpose([leaf], purpose);
  checkOwnRules(leaf);
  if (request.anchors.some((anchor) => sameBytes(anchor, request.leaf))) return { certificates: [leaf] };
  checkProfile(leaf, "leaf", false);

  const comparisons = new ComparisonBudget();
  const search = new PathSearch({
    issuers: new Issuers(request.anchors, request.candidates),
    maxIntermediates: request.maxIntermediates ?? DEFAULT_MAX_INTERMEDIATES,
    acceptIssuer: async (certificate, isAnchor) => {
      checkValidity(certificate, at);
      const namesItself = isAnchor && certificate.authorityKeyIdentifier === undefined && (await isSelfSigned(certificate));
      checkProfile(certificate, isAnchor ? "anchor" : "intermediate", namesItself);
    },
    acceptPath: (path) => checkPathRules(path, purpose, comparisons),
  });
  return { certificates: await search.from(leaf) };
}
