// The predicates of evidence: what a check of a model by a policy came to.

/** SLSA Verification Summary Attestation: https://slsa.dev/spec/v1.1/verification_summary. */
export const VERIFICATION_SUMMARY = "https://slsa.dev/verification_summary/v1";

/** in-toto Simple Verification Result: https://github.com/in-toto/attestation/blob/main/spec/predicates/svr.md. */
export const SIMPLE_VERIFICATION_RESULT = "https://in-toto.io/attestation/svr/v0.1";

/** How open the model is: schemas/predicate-openness.v1.json. */
export const OPENNESS_PREDICATE = "urn:assay:predicate:openness:v1";

/** What happens when the model is loaded: schemas/predicate-load-risk.v1.json. */
export const LOAD_RISK_PREDICATE = "urn:assay:predicate:load-risk:v1";

/** The predicates of evidence. */
export const EVIDENCE_PREDICATES: readonly string[] = [
  VERIFICATION_SUMMARY,
  SIMPLE_VERIFICATION_RESULT,
  OPENNESS_PREDICATE,
  LOAD_RISK_PREDICATE,
];

/** What a verifier is called that was given no name. */
export const UNNAMED_VERIFIER = "urn:assay:verifier:unnamed";

/** The level, and the property, of a model that the policy allows. Values of one's own must not begin with `SLSA_`. */
export const ALLOWED_BY_POLICY = "ASSAY_POLICY";

/** The level of a model that it does not allow, as SLSA writes it. */
export const FAILED_LEVEL = "FAILED";

/**
 * Fields that the two standard predicates do not have. Their names are URIs, as extensions must not meet those of others; a
 * reader that does not know them ignores them.
 */
export const EVIDENCE_FIELDS = {
  /** `allow`, `deny` or `incomplete`: the standards know PASSED and FAILED alone. */
  decision: "urn:assay:evidence:decision",
  /** The rule that decided, with its code. */
  decidedBy: "urn:assay:evidence:decided-by",
  /** The moment that the model was checked for, where that was chosen and is not the clock's. */
  at: "urn:assay:evidence:at",
  /** Digests of the files that the policy names; with the policy's own, the same policy. */
  policyFiles: "urn:assay:evidence:policy-files",
  resourceUri: "urn:assay:evidence:resource-uri",
} as const;

/** An absolute URI (RFC 3986, section 4.3): a scheme, and something after it. */
export function isAbsoluteUri(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:[!#$%&'()*+,./0-9:;=?@A-Z[\]_a-z~-]+$/.test(text);
}
