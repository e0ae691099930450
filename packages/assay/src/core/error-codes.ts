/**
 * Every error code, in the order of a verification, with its meaning for the question: `failed`: the answer is no;
 * `incomplete`: could not tell; `usage`: the question itself was wrong.
 *
 * The meaning of each code in words is in error-meanings.ts, which a page in a browser does not load.
 */
export type ErrorOutcome = "failed" | "incomplete" | "usage";

export const ERROR_OUTCOMES = {
  // The command line and the files that it names.
  USAGE: "usage",
  FILE_NOT_FOUND: "usage",
  SIGNATURE_NOT_FOUND: "usage",
  SIGNATURE_AMBIGUOUS: "usage",
  ABORTED: "incomplete",
  INTERNAL: "incomplete",

  // Strict JSON, in a bundle or in the payload that it carries.
  JSON_ENCODING: "failed",
  JSON_SYNTAX: "failed",
  JSON_TOO_DEEP: "failed",
  JSON_TOO_LARGE: "failed",
  JSON_DUPLICATE_KEY: "failed",

  // The bundle.
  BUNDLE_TOO_LARGE: "failed",
  BUNDLE_SHAPE: "failed",
  BUNDLE_UNKNOWN_FIELD: "failed",
  BUNDLE_MEDIA_TYPE: "failed",
  BUNDLE_VERSION_UNKNOWN: "incomplete",
  BUNDLE_CONTENT: "failed",
  BUNDLE_SIGNATURE_COUNT: "failed",
  BUNDLE_BASE64: "failed",
  BUNDLE_MATERIAL: "failed",

  // The signature.
  METHOD_MISMATCH: "failed",
  PAYLOAD_TYPE: "failed",
  SIGNATURE_INVALID: "failed",
  SIGNATURE_ENCODING: "failed",
  ALGORITHM_FORBIDDEN: "failed",
  ALGORITHM_UNKNOWN: "incomplete",

  // Keys and certificates.
  KEY_INVALID: "failed",
  KEY_PASSWORD: "usage",
  PEM_INVALID: "failed",
  DER_INVALID: "failed",
  CERTIFICATE_KEY_MISMATCH: "usage",
  ROOT_MISSING: "usage",
  LEAF_USAGE: "failed",
  IDENTITY_MISMATCH: "failed",
  CERTIFICATE_EXPIRED: "failed",
  CERTIFICATE_NOT_YET_VALID: "failed",
  CERTIFICATE_PATH_NOT_FOUND: "failed",
  CERTIFICATE_SIGNATURE: "failed",
  CERTIFICATE_EXTENSION_UNKNOWN: "failed",
  CERTIFICATE_BASIC_CONSTRAINTS: "failed",
  CERTIFICATE_KEY_USAGE: "failed",
  CERTIFICATE_KEY_IDENTIFIER: "failed",
  CERTIFICATE_PATH_LENGTH: "failed",
  CERTIFICATE_NAME_CONSTRAINT: "failed",
  CERTIFICATE_EXTENDED_KEY_USAGE: "failed",
  CERTIFICATE_POLICY: "failed",
  CERTIFICATE_PATH_WORK: "failed",
  CERTIFICATE_INVALID: "failed",
  CERTIFICATE_REVOKED: "failed",
  CRL_INVALID: "failed",
  CRL_EXPIRED: "incomplete",
  CRL_MISSING: "incomplete",

  // Sigstore: what a bundle must prove.
  TRUSTED_ROOT_INVALID: "failed",
  TRUST_UNAVAILABLE: "incomplete",
  TRUST_ROOT_STALE: "incomplete",
  IDENTITY_MISSING: "usage",
  IDENTITY_PATTERN: "usage",
  ISSUER_MISMATCH: "failed",
  CERTIFICATE_IDENTITY: "failed",
  SCT_MISSING: "failed",
  CT_LOG_UNKNOWN: "failed",
  SCT_INVALID: "failed",
  LOG_ENTRY_MISSING: "failed",
  LOG_ENTRY_UNKNOWN: "incomplete",
  LOG_ENTRY_INVALID: "failed",
  LOG_ENTRY_MISMATCH: "failed",
  LOG_UNKNOWN: "failed",
  INCLUSION_PROMISE_INVALID: "failed",
  INCLUSION_PROMISE_MISSING: "failed",
  INCLUSION_PROOF_MISSING: "failed",
  INCLUSION_PROOF_INVALID: "failed",
  CHECKPOINT_INVALID: "failed",
  TIME_UNPROVEN: "failed",
  TIMESTAMP_INVALID: "failed",
  TIMESTAMP_MISMATCH: "failed",
  TIMESTAMP_AUTHORITY_UNKNOWN: "failed",
  ARTIFACT_NEEDED: "incomplete",
  ARTIFACT_MISMATCH: "failed",

  // Servers and identities, when signing.
  SERVER_UNREACHABLE: "incomplete",
  SERVER_REFUSED: "failed",
  SERVER_ANSWER: "incomplete",
  ADDRESS_REFUSED: "incomplete",
  REMOTE_NOT_FOUND: "usage",
  REMOTE_REVISION: "usage",
  REMOTE_DENIED: "incomplete",
  REMOTE_LIMIT: "incomplete",
  REMOTE_REDIRECT: "incomplete",
  REMOTE_TRUNCATED: "incomplete",
  REMOTE_CHANGED: "incomplete",
  REMOTE_NAME: "failed",
  REMOTE_DIGEST: "failed",
  REMOTE_FORMAT: "incomplete",
  REMOTE_SEVERAL: "usage",
  SIGNING_CONFIG_INVALID: "usage",
  IDENTITY_SOURCE_MISSING: "usage",
  TOKEN_INVALID: "failed",
  TOKEN_EXPIRED: "failed",
  LOGIN_FAILED: "incomplete",

  // Keys elsewhere: on a token, in a service, behind a plug-in.
  KEY_URI: "usage",
  PKCS11_URI: "usage",
  PKCS11_MODULE: "incomplete",
  PKCS11_TOKEN: "usage",
  PKCS11_PIN: "usage",
  PKCS11_KEY: "usage",
  PKCS11_DEVICE: "incomplete",
  PLUGIN_MISSING: "usage",
  PLUGIN_FAILED: "failed",
  PLUGIN_ANSWER: "incomplete",

  // The statement.
  STATEMENT_SHAPE: "failed",
  STATEMENT_TYPE: "failed",
  PREDICATE_TYPE: "failed",
  HISTORICAL_MISMATCH: "failed",
  STATEMENT_UNKNOWN_FIELD: "failed",
  SERIALIZATION_UNKNOWN: "incomplete",
  SUBJECT_COUNT: "failed",
  ROOT_DIGEST: "failed",
  RESOURCES_EMPTY: "failed",
  RESOURCE_ALGORITHM: "failed",
  RESOURCE_DIGEST: "failed",
  NAME_NOT_CANONICAL: "failed",
  NAME_FORBIDDEN: "failed",
  NAME_DUPLICATE: "failed",
  SHARDS_INVALID: "failed",

  // The model.
  FILE_UNREADABLE: "incomplete",
  FILE_CHANGED: "incomplete",
  DIGEST_PIN_MISMATCH: "failed",
  MODEL_EMPTY: "failed",
  FILE_NOT_REGULAR: "failed",
  LINK_NOT_ALLOWED: "failed",
  LINK_LOOP: "failed",
  LINK_DANGLING: "failed",
  LINK_OUTSIDE: "failed",
  LFS_POINTER: "failed",
  NOT_DOWNLOADED: "incomplete",
  FILE_NOT_SHOWN: "incomplete",
  NAME_NOT_UTF8: "failed",
  CACHE_UNSAFE: "usage",
  MODEL_MISMATCH: "failed",
  MODEL_NOT_COVERED: "failed",

  // Writing.
  OUTPUT_EXISTS: "usage",
  OUTPUT_WRITE: "incomplete",

  // Descriptions of a model's openness: mof.yml.
  YAML_ENCODING: "failed",
  YAML_TOO_LARGE: "failed",
  YAML_TOO_DEEP: "failed",
  YAML_SYNTAX: "failed",
  YAML_DUPLICATE_KEY: "failed",
  YAML_ALIAS: "failed",
  MOF_SHAPE: "failed",
  MOF_COMPONENT_UNKNOWN: "failed",
  MOF_COMPONENT_TWICE: "failed",
  MOF_DATE: "failed",
  CARD_BROKEN: "failed",
  CARD_OF_DATA: "failed",

  // Policies: a fault in one is a wrong question, never a decision.
  POLICY_KEY_UNKNOWN: "usage",
  POLICY_KEY_MISSING: "usage",
  POLICY_TYPE: "usage",
  POLICY_VALUE: "usage",
  POLICY_VERSION: "usage",
  POLICY_ALIAS: "usage",
  POLICY_FILE: "usage",

  // What a policy is used with: lock files and advisories.
  LOCK_SYNTAX: "usage",
  ADVISORY_SOURCE: "usage",
  ADVISORY_NO_FINDING: "failed",
  FACTS_SYNTAX: "usage",

  // Evidence of a check, verified later.
  EVIDENCE_UNSIGNED: "failed",
  EVIDENCE_VERIFIER: "failed",
  EVIDENCE_RESOURCE: "failed",
  EVIDENCE_POLICY: "failed",
  EVIDENCE_FAILED: "failed",
  EVIDENCE_MODEL: "failed",
  EVIDENCE_OLD: "incomplete",
  EVIDENCE_TIME: "incomplete",
} as const satisfies Record<string, ErrorOutcome>;

/** The code of an `AssayError`. */
export type ErrorCode = keyof typeof ERROR_OUTCOMES;
