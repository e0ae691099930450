import { ERROR_OUTCOMES, type ErrorCode, type ErrorOutcome } from "./error-codes.ts";

/** What an error code means, and for the question that was asked. */
export interface ErrorCodeEntry {
  readonly outcome: ErrorOutcome;
  /** One sentence for the documentation: what was found, and which rule it breaks. */
  readonly meaning: string;
}

const MEANINGS: Readonly<Record<ErrorCode, string>> = {
  // The command line and the files that it names.
  USAGE: "An option or argument is missing, unknown or contradicts another.",
  FILE_NOT_FOUND: "A file that was named (key, certificate, signature, model) does not exist.",
  SIGNATURE_NOT_FOUND: "No signature was named, and none was found in or beside the model.",
  SIGNATURE_AMBIGUOUS: "No signature was named, and several were found.",
  ABORTED: "The caller stopped the work.",
  INTERNAL: "Assay itself failed; please report it.",

  // Strict JSON, in a bundle or in the payload that it carries.
  JSON_ENCODING: "The text is not UTF-8, starts with a byte order mark, or contains a lone surrogate.",
  JSON_SYNTAX: "The text is not exactly one JSON value.",
  JSON_TOO_DEEP: "JSON values are nested more than 256 levels deep.",
  JSON_TOO_LARGE: "The text contains more values, or an object more members, than any real document.",
  JSON_DUPLICATE_KEY: "An object contains the same key twice, so that two readers could see two documents.",

  // The bundle.
  BUNDLE_TOO_LARGE: "The bundle is larger than 256 MiB.",
  BUNDLE_SHAPE: "A field of the bundle is missing or of the wrong type.",
  BUNDLE_UNKNOWN_FIELD: "The bundle's top level contains a field that the format does not have.",
  BUNDLE_MEDIA_TYPE: "The media type is not that of a Sigstore bundle.",
  BUNDLE_VERSION_UNKNOWN: "The bundle has a later version than this Assay supports.",
  BUNDLE_CONTENT: "The bundle contains no DSSE envelope, or a message signature beside or instead of it.",
  BUNDLE_SIGNATURE_COUNT: "The envelope contains no signature, or more than one.",
  BUNDLE_BASE64: "A base64 field contains invalid characters, line breaks or padding.",
  BUNDLE_MATERIAL: "The verification material is not exactly one of public key, certificate chain or certificate.",

  // The signature.
  METHOD_MISMATCH: "The bundle was signed with another method than the one asked for.",
  PAYLOAD_TYPE: "The envelope's payload is not an in-toto statement.",
  SIGNATURE_INVALID: "The signature does not verify with the given key or the signer certificate.",
  SIGNATURE_ENCODING: "The signature's encoding is not strict DER, or has the wrong length.",
  ALGORITHM_FORBIDDEN: "A known algorithm that must not be used: SHA-1, MD5, an RSA key under 2048 bits, a key with an unsuitable hash.",
  ALGORITHM_UNKNOWN: "A well-formed algorithm that this Assay does not support.",

  // Keys and certificates.
  KEY_INVALID: "A key cannot be read: not a key, damaged, or of a kind that cannot sign models.",
  KEY_PASSWORD: "The private key is encrypted, and the password is missing or wrong.",
  PEM_INVALID: "A PEM file is damaged.",
  DER_INVALID: "A structure is not strict DER.",
  CERTIFICATE_KEY_MISMATCH: "The signing certificate does not belong to the private key.",
  ROOT_MISSING: "None of the trusted certificates is a root: none is signed by its own key.",
  LEAF_USAGE: "The signer certificate is not for signing: its key usage or extended key usage excludes it, or it has neither.",
  IDENTITY_MISMATCH: "The signer certificate is valid, and names another identity than the caller asked for.",
  CERTIFICATE_EXPIRED: "A certificate on the path expired before the verification time.",
  CERTIFICATE_NOT_YET_VALID: "A certificate on the path is not yet valid at the verification time.",
  CERTIFICATE_PATH_NOT_FOUND: "No path leads from the signer certificate to a root that the caller trusts.",
  CERTIFICATE_SIGNATURE: "A certificate is not signed by the issuer that it names.",
  CERTIFICATE_EXTENSION_UNKNOWN: "A certificate has a critical extension that is unsupported, or one that must not be critical.",
  CERTIFICATE_BASIC_CONSTRAINTS: "A certificate that issues others is not a CA by its basic constraints.",
  CERTIFICATE_KEY_USAGE: "A certificate issues others, which its key usage does not allow.",
  CERTIFICATE_KEY_IDENTIFIER: "A certificate lacks its issuer's key identifier, or a CA its own, as RFC 5280 requires.",
  CERTIFICATE_PATH_LENGTH: "The path has more CAs than one of them, or the caller, allows.",
  CERTIFICATE_NAME_CONSTRAINT: "A CA issued a name that its name constraints, or those above it, do not allow.",
  CERTIFICATE_EXTENDED_KEY_USAGE: "A certificate on the path is not for the purpose asked for.",
  CERTIFICATE_POLICY: "A CA requires a certificate policy along the path, and none is valid there.",
  CERTIFICATE_PATH_WORK: "Building a path takes more work than any honest set of certificates needs.",
  CERTIFICATE_INVALID: "A certificate is malformed.",
  CERTIFICATE_REVOKED: "A certificate on the path was revoked before the verification time.",
  CRL_INVALID: "A revocation list is malformed, unsupported, or not signed by the issuer that it names.",
  CRL_EXPIRED: "A revocation list is outdated, or for another time, so that it does not say whether a certificate was revoked.",
  CRL_MISSING: "Revocation lists were given, and none covers a certificate on the path.",

  // Sigstore: what a bundle must prove.
  TRUSTED_ROOT_INVALID: "The trusted root or trust configuration is malformed.",
  TRUST_UNAVAILABLE: "No trusted root is available: none shipped, cached, named or reachable.",
  TRUST_ROOT_STALE:
    "The available trusted root lacks a log, certificate authority or timestamp authority, and may be older than the signature.",
  IDENTITY_MISSING: "A keyless signature is verified against an identity, and none was given.",
  IDENTITY_PATTERN: "The pattern for an identity or issuer is not a regular expression, or is too large.",
  ISSUER_MISMATCH: "Another identity provider than the one asked for issued the signer's identity.",
  CERTIFICATE_IDENTITY: "The certificate does not name exactly one identity and one identity provider.",
  SCT_MISSING: "The certificate has no SCT (signed certificate timestamp) from a known log.",
  CT_LOG_UNKNOWN: "The certificate has no SCT from a log trusted at that time.",
  SCT_INVALID: "An SCT is malformed or does not verify.",
  LOG_ENTRY_MISSING: "The bundle contains no transparency log entry.",
  LOG_ENTRY_UNKNOWN: "A log entry has a kind or version that this Assay does not support.",
  LOG_ENTRY_INVALID: "A log entry's body is malformed or contradicts itself.",
  LOG_ENTRY_MISMATCH: "A log entry is for another signature, certificate or content than the bundle's.",
  LOG_UNKNOWN: "A log entry is from a log that is not trusted at that time.",
  INCLUSION_PROMISE_INVALID:
    "The log's signed entry timestamp does not verify: entry, index or integrated time are not what the log signed.",
  INCLUSION_PROMISE_MISSING: "A Rekor v1 entry lacks the log's signed entry timestamp, so that its index is unproven.",
  INCLUSION_PROOF_MISSING: "A log entry lacks its inclusion proof.",
  INCLUSION_PROOF_INVALID: "A log entry's inclusion proof does not lead to the log's signed root.",
  CHECKPOINT_INVALID: "A checkpoint is malformed, for another tree than the proof, or not signed by the log.",
  TIME_UNPROVEN: "Nothing proves the time of the signature: neither a timestamp nor a signed log time.",
  TIMESTAMP_INVALID: "A timestamp is malformed, or its signature, authority or purpose is not valid.",
  TIMESTAMP_MISMATCH: "A timestamp is for another signature.",
  TIMESTAMP_AUTHORITY_UNKNOWN: "A timestamp is from an authority that is not trusted at that time.",
  ARTIFACT_NEEDED: "The signature is over another digest than the one given: the file itself is needed.",
  ARTIFACT_MISMATCH: "The signature is for another file, or another digest, than the one at hand.",

  // Servers and identities, when signing.
  SERVER_UNREACHABLE: "A server did not answer, or answered only with server errors.",
  SERVER_REFUSED: "A server refused the request.",
  SERVER_ANSWER: "A server's answer is malformed, too large, or does not verify.",
  ADDRESS_REFUSED: "A server leads to an address that is not public, and was not asked.",
  REMOTE_NOT_FOUND: "The server does not have this model.",
  REMOTE_REVISION: "The server does not have this revision of the model.",
  REMOTE_DENIED: "The server does not give the model: it is private, gated, or does not exist.",
  REMOTE_LIMIT: "The server limits requests, and asks to wait longer than a run waits.",
  REMOTE_REDIRECT: "The server leads to an address that is not followed.",
  REMOTE_NOT_LISTED: "The server does not list its files, and the question is about all of them.",
  REMOTE_TRUNCATED: "The server ended a file before its end.",
  REMOTE_CHANGED: "A file changed while it was read, or is not of the size or commit that was listed.",
  REMOTE_NAME: "The server lists a file under a name that no model may have.",
  REMOTE_DIGEST: "The server gives other bytes than it lists.",
  REMOTE_FORMAT: "What the registry has there is not a model, or holds a layer that is not understood.",
  REMOTE_SEVERAL: "The reference names several models: one is to be named by its digest.",
  SIGNING_CONFIG_INVALID: "The signing configuration is malformed, or names no service that is valid now.",
  IDENTITY_SOURCE_MISSING: "No source of an identity: no token, no known CI environment, no terminal to log in from.",
  TOKEN_INVALID: "The identity token is malformed, for another audience, or names no identity.",
  TOKEN_EXPIRED: "The identity token has expired, or is not valid yet.",
  LOGIN_FAILED: "The login did not produce an identity.",

  // Keys elsewhere: on a token, in a service, behind a plug-in.
  KEY_URI: "The key's URI is malformed, or of an unsupported kind.",
  PKCS11_URI: "The PKCS#11 URI violates RFC 7512, or names no private key.",
  PKCS11_MODULE: "The PKCS#11 module, or the package that loads it, is missing or does not start.",
  PKCS11_TOKEN: "No token, or more than one, matches the PKCS#11 URI.",
  PKCS11_PIN: "The token's PIN is missing, wrong or locked. A wrong one is tried once.",
  PKCS11_KEY: "No key on the token, or more than one, matches the PKCS#11 URI, or it cannot sign models.",
  PKCS11_DEVICE: "The token was removed, failed, or returned a signature that does not verify.",
  PLUGIN_MISSING: "No executable on the PATH handles the kind of key that the URI names.",
  PLUGIN_FAILED: "The plug-in that holds the key refused.",
  PLUGIN_ANSWER: "The plug-in gave no answer in time, or one that is malformed, too large or does not verify.",

  // The statement.
  STATEMENT_SHAPE: "A field of the signed statement is missing or of the wrong type.",
  STATEMENT_TYPE: "The signed payload is not an in-toto statement version 1.",
  PREDICATE_TYPE: "The signed statement is not about a model.",
  HISTORICAL_MISMATCH:
    "The statement has one format and the signature another: the encoding of the reference 0.2.0 is valid for its own statements only.",
  STATEMENT_UNKNOWN_FIELD: "The predicate's serialization contains a field that the format does not have.",
  SERIALIZATION_UNKNOWN: "Files were mapped to digests with a method that this Assay does not support.",
  SUBJECT_COUNT: "The statement is not about exactly one subject.",
  ROOT_DIGEST: "The subject's digest is not the digest of the listed resources.",
  RESOURCES_EMPTY: "The statement lists no file.",
  RESOURCE_ALGORITHM: "A resource names another hash algorithm than the statement's hash_type.",
  RESOURCE_DIGEST: "A digest is not lowercase hexadecimal of its algorithm's length.",
  NAME_NOT_CANONICAL: "A file name in the statement is empty, absolute, or contains '..', '.', '//', NUL or a trailing '/'.",
  NAME_FORBIDDEN: "A file name in the statement means something else, or nothing, on Windows.",
  NAME_DUPLICATE: "The statement lists a file twice.",
  SHARDS_INVALID: "The listed shards do not cover a file from start to end in steps of the shard size.",

  // The model.
  FILE_UNREADABLE: "A file or folder could not be read.",
  FILE_CHANGED: "A file or folder changed while the model was read.",
  DIGEST_PIN_MISMATCH: "The signed model has another digest than the one that was expected.",
  MODEL_EMPTY: "Nothing to sign: the model contains no file, or every file is ignored or empty under shards.",
  FILE_NOT_REGULAR: "The model contains a pipe, socket or device.",
  LINK_NOT_ALLOWED: "The model contains a symbolic link, and neither the signer nor the caller allows links.",
  LINK_LOOP: "Links form a loop, or multiply the model beyond any limit.",
  LINK_DANGLING: "A link's target is missing.",
  LINK_OUTSIDE: "A link points outside the model, and the caller did not allow links.",
  LFS_POINTER: "The model to be signed contains git-LFS pointers instead of files: a signature would cover none of their content.",
  NOT_DOWNLOADED: "Git-LFS pointers replace signed files, and nothing else differs: the files themselves were not downloaded.",
  FILE_NOT_SHOWN: "Signed files are not among those that a browser handed over, and nothing else differs: missing, or symbolic links.",
  NAME_NOT_UTF8: "A file name is not UTF-8: a signature cannot list it.",
  CACHE_UNSAFE: "The cache folder is writable by others or in the model, or the model's file system does not show changes in file times.",
  MODEL_MISMATCH: "The files are not the ones that were signed.",
  MODEL_NOT_COVERED: "Something in the model is not covered by the signature, and everything must be.",

  // Writing.
  OUTPUT_EXISTS: "The output file exists and may not be replaced.",
  OUTPUT_WRITE: "The file could not be written.",

  // Descriptions of a model's openness: mof.yml.
  YAML_ENCODING: "The YAML text is not UTF-8.",
  YAML_TOO_LARGE: "The YAML text is larger than 1 MiB, or contains more values than any real document.",
  YAML_TOO_DEEP: "YAML values are nested more than 50 levels deep.",
  YAML_SYNTAX: "The text is not exactly one YAML document.",
  YAML_DUPLICATE_KEY: "A YAML mapping contains the same key twice, so that two readers could see two documents.",
  YAML_ALIAS: "YAML aliases repeat too much, refer to their own parent, or to nothing; or a merge key is used.",
  MOF_SHAPE: "A field of a mof.yml is missing or of the wrong type.",
  MOF_COMPONENT_UNKNOWN: "A mof.yml names a component that the Model Openness Framework does not have.",
  MOF_COMPONENT_TWICE: "A mof.yml lists a component twice, so that it is ambiguous which entry counts.",
  MOF_DATE: "A date in a mof.yml is not a calendar day, or not written as YYYY-MM-DD.",
  CARD_BROKEN: "The front matter of a model card is not valid YAML.",
  CARD_OF_DATA: "The card describes a data set, and a model card is required.",

  POLICY_KEY_UNKNOWN: "A key of a policy is unknown.",
  POLICY_KEY_MISSING: "A policy lacks a key that it needs.",
  POLICY_TYPE: "A value of a policy is of another type than its key takes: a text for a number, a list for a mapping.",
  POLICY_VALUE: "A value of a policy is of the right type and not one that its key takes.",
  POLICY_VERSION: "The policy is of a version that this Assay does not read.",
  POLICY_ALIAS: "A policy has an anchor, alias, merge key or tag: one line would depend on another.",
  POLICY_FILE: "A file that a policy names cannot be read, or is not what the policy says.",

  // What a policy is used with: lock files and advisories.
  LOCK_SYNTAX: "The file is not a lock file of version 1: its YAML, a key or a value is wrong.",
  FACTS_SYNTAX: "Recorded facts, or the decision that is expected of them, are not of their form.",
  ADVISORY_SOURCE: "A source of advisories does not exist, or a file of it is not an OSV document.",
  ADVISORY_NO_FINDING: "A scan found nothing in the model that an advisory could report.",

  // Evidence of a check, verified later.
  EVIDENCE_UNSIGNED: "A statement of evidence is unsigned: nothing shows who wrote it.",
  EVIDENCE_VERIFIER: "Evidence is of another verifier than the expected one.",
  EVIDENCE_RESOURCE: "Evidence is about another resource than the expected one.",
  EVIDENCE_POLICY: "Evidence is of another policy than the expected one, or a file that the policy names is another one.",
  EVIDENCE_FAILED: "Evidence says that the model did not pass its check: it was denied, or could not be decided about.",
  EVIDENCE_MODEL: "Evidence is about other bytes than the model at hand.",
  EVIDENCE_OLD: "Evidence is older than is accepted.",
  EVIDENCE_TIME: "Evidence is of a later time than now.",
};

/** Every error code with its outcome and its meaning: the source of docs/error-codes.md. */
export const ERROR_CODES: Readonly<Record<ErrorCode, ErrorCodeEntry>> = withOutcomes();

function withOutcomes(): Record<ErrorCode, ErrorCodeEntry> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a table of this type
  const codes = Object.keys(ERROR_OUTCOMES) as ErrorCode[];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one entry for each code
  return Object.fromEntries(codes.map((code) => [code, { outcome: ERROR_OUTCOMES[code], meaning: MEANINGS[code] }])) as Record<
    ErrorCode,
    ErrorCodeEntry
  >;
}
