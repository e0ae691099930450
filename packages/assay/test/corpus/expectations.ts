import type { Difference, ErrorCode } from "assay";

/** Why a vector must be refused. A refusal for any other reason is a failure here. */
export interface Refusal {
  readonly code: ErrorCode;
  /** For MODEL_MISMATCH: exactly these differences. */
  readonly differences?: readonly { readonly kind: Difference["kind"]; readonly name: string }[];
  /** What reading the bundle without verifying it must say: the rule behind a signature that does not hold either. */
  readonly inspect?: ErrorCode;
}

/** What every vector that must fail fails for. */
export const REFUSALS: Readonly<Record<string, Refusal>> = {
  "negative/certificate-expired_fail": { code: "CERTIFICATE_EXPIRED" },
  "negative/certificate-simple-wrong-ca_fail": { code: "CERTIFICATE_PATH_NOT_FOUND" },
  "negative/key-simple-corrupted-bundle_fail": { code: "JSON_SYNTAX", inspect: "JSON_SYNTAX" },
  "negative/key-simple-extra-file_fail": { code: "MODEL_MISMATCH", differences: [{ kind: "extra", name: "injected.bin" }] },
  "negative/key-simple-missing-file_fail": { code: "MODEL_MISMATCH", differences: [{ kind: "missing", name: "signme-2" }] },
  "negative/key-simple-no-signature_fail": { code: "BUNDLE_SIGNATURE_COUNT", inspect: "BUNDLE_SIGNATURE_COUNT" },
  "negative/key-simple-tampered-content_fail": { code: "MODEL_MISMATCH", differences: [{ kind: "changed", name: "signme-1" }] },
  "negative/key-simple-truncated-bundle_fail": { code: "JSON_SYNTAX", inspect: "JSON_SYNTAX" },
  "negative/key-simple-wrong-key_fail": { code: "SIGNATURE_INVALID" },
  "negative/key-simple-wrong-mediatype_fail": { code: "BUNDLE_MEDIA_TYPE", inspect: "BUNDLE_MEDIA_TYPE" },
  "negative/key-verify-as-certificate_fail": { code: "METHOD_MISMATCH" },
  "negative/malformed-empty-bundle_fail": { code: "JSON_SYNTAX", inspect: "JSON_SYNTAX" },
  "negative/malformed-missing-envelope_fail": { code: "BUNDLE_CONTENT", inspect: "BUNDLE_CONTENT" },
  // These six carry a signature that does not verify either, so that the statement is never believed far
  // enough to be judged: `inspect`, which believes nothing, shows that its own fault is seen as well.
  "negative/malformed-empty-resources_fail": { code: "SIGNATURE_INVALID", inspect: "RESOURCES_EMPTY" },
  "negative/malformed-no-predicate_fail": { code: "SIGNATURE_INVALID", inspect: "STATEMENT_SHAPE" },
  "negative/malformed-no-subject_fail": { code: "SIGNATURE_INVALID", inspect: "SUBJECT_COUNT" },
  "negative/malformed-wrong-predicate_fail": { code: "SIGNATURE_INVALID", inspect: "PREDICATE_TYPE" },
  "negative/malformed-wrong-statement-type_fail": { code: "SIGNATURE_INVALID", inspect: "STATEMENT_TYPE" },
  "negative/malformed-wrong-payload-type_fail": { code: "PAYLOAD_TYPE", inspect: "PAYLOAD_TYPE" },
  "negative/sigstore-verify-as-key_fail": { code: "METHOD_MISMATCH" },
  "negative/sigstore-tampered-content_fail": { code: "MODEL_MISMATCH", differences: [{ kind: "changed", name: "signme-1" }] },
  "negative/sigstore-wrong-identity_fail": { code: "IDENTITY_MISMATCH" },
  // The config names another identity as well, which is what is seen first.
  "negative/sigstore-wrong-issuer_fail": { code: "IDENTITY_MISMATCH" },
};
