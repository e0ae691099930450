import { sameBytes } from "../../encoding/bytes.ts";
import { AssayError } from "../../core/error.ts";
import { type Certificate, parseCertificate } from "./certificate.ts";
import { checkCertificate, checkPurpose } from "./certificate-rules.ts";
import { Issuers } from "./issuers.ts";
import { findBreaches, type PathProfile, type ProfileBreach, refuseBreaches } from "./profile.ts";
import { PathSearch } from "./search.ts";
import { checkValidity } from "./validity.ts";
import { WorkBudget } from "./work-budget.ts";

/** A certificate, the anchors and intermediates of its path, and the time. */
export interface PathRequest {
  /** The signer's certificate, DER. */
  readonly leaf: Uint8Array;
  /** Certificates, DER, that may be between the leaf and an anchor. Not trusted; in any order, unrelated ones among them. */
  readonly candidates: readonly Uint8Array[];
  /** The certificates, DER, that the caller trusts. They are checked as the others are, save for the signature on them. */
  readonly anchors: readonly Uint8Array[];
  /** The moment at which every certificate of the path must be valid. Fractions of a second are dropped. */
  readonly at: Date;
  /** Object identifier of a purpose. A leaf or CA that lists purposes must list it, or anyExtendedKeyUsage; without a list nothing is restricted. */
  readonly extendedKeyUsage?: string;
  /** How many CAs may be between leaf and anchor, self-issued ones not counted. The default is 10. */
  readonly maxIntermediates?: number;
  /** Whether breaches of RFC 5280 section 4 are refused (`strict`) or listed in the result. The default is `default`. */
  readonly profile?: PathProfile;
}

/** A path that was validated: leaf first, anchor last. A leaf that is an anchor is a path of one. */
export interface CertificatePath {
  readonly certificates: readonly Certificate[];
  /** Where certificates of the path are not as section 4 asks of issuers. Empty in the profile `strict`. */
  readonly breaches: readonly ProfileBreach[];
}

const DEFAULT_MAX_INTERMEDIATES = 10;

/**
 * Validates a certificate path: RFC 5280 section 6, for any caller policy and without revocation; in the
 * profile `strict` with all of section 4. docs/path-validation.md lists where the profiles differ. When one
 * path fails, others are tried.
 *
 * A leaf that equals an anchor byte for byte is a path of one: validity, purpose, profile and key only.
 * The work is bounded whatever the candidates are. Throws the reason of the path that came furthest:
 *
 * - CERTIFICATE_INVALID: malformed, algorithms that disagree, or (strict) against section 4: serial number, names, encoding
 * - CERTIFICATE_PATH_NOT_FOUND: the certificates do not lead to an anchor
 * - CERTIFICATE_SIGNATURE: an issuer's key does not verify the certificate
 * - CERTIFICATE_EXPIRED, CERTIFICATE_NOT_YET_VALID
 * - CERTIFICATE_BASIC_CONSTRAINTS: an issuer that is not a CA
 * - CERTIFICATE_PATH_LENGTH: more CAs than one of them, or the caller, allows
 * - CERTIFICATE_KEY_USAGE: an issuer that may not sign certificates
 * - CERTIFICATE_EXTENDED_KEY_USAGE: a certificate for other purposes
 * - CERTIFICATE_KEY_IDENTIFIER (strict): a certificate that does not name its issuer's key, or a CA not its own
 * - CERTIFICATE_NAME_CONSTRAINT: a name outside of what a CA may certify, or a malformed constraint
 * - CERTIFICATE_POLICY: a CA demands a policy that does not hold
 * - CERTIFICATE_EXTENSION_UNKNOWN: a critical extension that is not processed, or (strict) must not be critical
 * - CERTIFICATE_PATH_WORK: too many certificates, ways, or names
 * - ALGORITHM_FORBIDDEN, ALGORITHM_UNKNOWN, KEY_INVALID, SIGNATURE_ENCODING
 * - USAGE: `at` is not a time
 */
export async function validateCertificatePath(request: PathRequest): Promise<CertificatePath> {
  const { profile = "default" } = request;
  const budget = new WorkBudget();
  const context = { at: request.at.getTime(), purpose: request.extendedKeyUsage, profile, budget };
  if (Number.isNaN(context.at)) throw new AssayError("USAGE", "the time for which certificates are checked is not a time");
  const leaf = parseCertificate(request.leaf);
  checkValidity(leaf, context.at);
  checkPurpose(leaf, context.purpose);
  const isAnchor = request.anchors.some((anchor) => sameBytes(anchor, leaf.der));
  checkCertificate(leaf, isAnchor && profile === "default");
  if (profile === "strict") await refuseBreaches(leaf, budget);
  if (isAnchor) return described([leaf], profile);
  const issuers = new Issuers(request.anchors, request.candidates);
  const search = new PathSearch(issuers, context, request.maxIntermediates ?? DEFAULT_MAX_INTERMEDIATES);
  return described(await search.from(leaf), profile);
}

function described(certificates: readonly Certificate[], profile: PathProfile): CertificatePath {
  return { certificates, breaches: profile === "strict" ? [] : certificates.flatMap((certificate) => findBreaches(certificate)) };
}
