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
  SIGNATURE_NOT_FOUND: "No signature was named and none was found beside or in the model.",
  SIGNATURE_AMBIGUOUS: "No signature was named and several were found.",
  ABORTED: "The caller stopped the work.",
  INTERNAL: "Assay itself failed; please report it.",

  // Strict JSON, in a bundle or in the payload that it carries.
  JSON_ENCODING: "The text is not UTF-8, starts with a byte order mark, or holds a lone surrogate.",
  JSON_SYNTAX: "The text is not exactly one JSON value.",
  JSON_TOO_DEEP: "JSON values are nested over 256 levels.",
  JSON_TOO_LARGE: "The text holds more values, or an object more members, than any real document.",
  JSON_DUPLICATE_KEY: "An object names the same key twice, so that two readers could see two documents.",

  // The bundle.
  BUNDLE_TOO_LARGE: "The bundle is larger than 256 MiB.",
  BUNDLE_SHAPE: "A field of the bundle is missing or of the wrong type.",
  BUNDLE_UNKNOWN_FIELD: "The bundle's top level holds a field that the format does not have.",
  BUNDLE_MEDIA_TYPE: "The media type is not that of a Sigstore bundle.",
  BUNDLE_VERSION_UNKNOWN: "The bundle is of a later version than this Assay knows.",
  BUNDLE_CONTENT: "The bundle holds no DSSE envelope, or a message signature beside or instead of it.",
  BUNDLE_SIGNATURE_COUNT: "The envelope holds no signature, or more than one.",
  BUNDLE_BASE64: "A base64 field holds characters, line breaks or padding that do not belong there.",
  BUNDLE_MATERIAL: "The verification material is not exactly one of public key, certificate chain, certificate.",

  // The signature.
  METHOD_MISMATCH: "The bundle was signed by another method than the one asked for.",
  PAYLOAD_TYPE: "The envelope's payload is not an in-toto statement.",
  SIGNATURE_INVALID: "The signature does not verify with the given key or the signer's certificate.",
  SIGNATURE_ENCODING: "The signature's encoding is not strict DER, or has the wrong length.",
  ALGORITHM_FORBIDDEN: "A known algorithm that must not be used: SHA-1, MD5, an RSA key under 2048 bits, an unsuited pairing.",
  ALGORITHM_UNKNOWN: "A well-formed algorithm that this Assay does not know.",

  // Keys and certificates.
  KEY_INVALID: "A key cannot be read: not a key, damaged, or of a kind that cannot sign models.",
  KEY_PASSWORD: "The private key is encrypted and the password is missing or wrong.",
  PEM_INVALID: "A PEM file is damaged.",
  DER_INVALID: "A structure is not strict DER.",
  CERTIFICATE_KEY_MISMATCH: "The signing certificate is not for the private key.",
  ROOT_MISSING: "None of the certificates given as trust is a root: one that its own key verifies.",
  LEAF_USAGE: "The signer's certificate is not for signing: its key usage or extended key usage says otherwise, or it has neither.",
  IDENTITY_MISMATCH: "The signer's certificate is valid and names somebody else than the caller asked for.",
  CERTIFICATE_EXPIRED: "A certificate on the path expired before the verification time.",
  CERTIFICATE_NOT_YET_VALID: "A certificate on the path is not valid yet at the verification time.",
  CERTIFICATE_PATH_NOT_FOUND: "No path leads from the signer's certificate to a root that the caller trusts.",
  CERTIFICATE_SIGNATURE: "A certificate was not signed by the one that it names as its issuer.",
  CERTIFICATE_EXTENSION_UNKNOWN: "A certificate has a critical extension that is not understood or must not be critical.",
  CERTIFICATE_BASIC_CONSTRAINTS: "A certificate that signs others is no CA by its basic constraints.",
  CERTIFICATE_KEY_USAGE: "A certificate signs others, which its key usage does not allow.",
  CERTIFICATE_KEY_IDENTIFIER: "A certificate does not name its issuer's key, or a CA not its own, as RFC 5280 asks.",
  CERTIFICATE_PATH_LENGTH: "The path has more CAs than one of them, or the caller, allows.",
  CERTIFICATE_NAME_CONSTRAINT: "A CA vouches for a name that its name constraints, or those above it, do not allow.",
  CERTIFICATE_EXTENDED_KEY_USAGE: "A certificate on the path is for other purposes than the one asked for.",
  CERTIFICATE_POLICY: "A CA demands that a certificate policy hold along the path, and none does.",
  CERTIFICATE_PATH_WORK: "Finding a path takes more work than any honest set of certificates needs.",
  CERTIFICATE_INVALID: "A certificate is malformed.",
  CERTIFICATE_REVOKED: "A certificate on the path was revoked before the time that counts.",
  CRL_INVALID: "A revocation list is malformed, of a kind that is not supported, or not signed by the issuer that it names.",
  CRL_EXPIRED: "A revocation list is too old, or not of a time, to tell whether a certificate was revoked.",
  CRL_MISSING: "Revocation lists were given, and none of them speaks of a certificate on the path.",

  // Sigstore: what a bundle must prove.
  TRUSTED_ROOT_INVALID: "The trusted root or trust configuration is malformed.",
  TRUST_UNAVAILABLE: "There is no trusted root to judge by: none shipped, cached, named or reachable.",
  TRUST_ROOT_STALE:
    "A log, certificate authority or timestamp authority is not in the trusted root at hand, which may be older than the signature.",
  IDENTITY_MISSING: "A keyless signature is verified against an identity, and none was given.",
  IDENTITY_PATTERN: "The pattern for an identity or issuer is no regular expression, or too large.",
  ISSUER_MISMATCH: "The signer's identity was vouched for by another identity provider than the one asked for.",
  CERTIFICATE_IDENTITY: "The certificate does not name exactly one identity and one identity provider.",
  SCT_MISSING: "The certificate carries no signed certificate timestamp of a known log.",
  CT_LOG_UNKNOWN: "The certificate's timestamps are of logs that the trusted root does not list for that time.",
  SCT_INVALID: "A signed certificate timestamp is malformed or does not verify.",
  LOG_ENTRY_MISSING: "The bundle holds no transparency log entry.",
  LOG_ENTRY_UNKNOWN: "A log entry is of a kind or version that this Assay does not know.",
  LOG_ENTRY_INVALID: "A log entry's body is malformed, or contradicts itself.",
  LOG_ENTRY_MISMATCH: "A log entry is for another signature, certificate or content than the bundle's.",
  LOG_UNKNOWN: "A log entry is of a log that the trusted root does not list for that time.",
  INCLUSION_PROMISE_INVALID:
    "The log's signed entry timestamp does not verify: entry, index or integrated time are not what the log signed.",
  INCLUSION_PROMISE_MISSING: "A Rekor v1 entry lacks the log's signed entry timestamp, so that nothing vouches for its index.",
  INCLUSION_PROOF_MISSING: "A log entry lacks the proof that the log holds it.",
  INCLUSION_PROOF_INVALID: "A log entry's inclusion proof does not lead to the log's signed root.",
  CHECKPOINT_INVALID: "A checkpoint is malformed, of another tree than the proof, or not signed by the log.",
  TIME_UNPROVEN: "Nothing proves when the signature was made: neither a timestamp nor a signed log time.",
  TIMESTAMP_INVALID: "A timestamp is malformed, or its signature, authority or purpose does not hold.",
  TIMESTAMP_MISMATCH: "A timestamp is for another signature.",
  TIMESTAMP_AUTHORITY_UNKNOWN: "A timestamp is by an authority that the trusted root does not list for that time.",
  ARTIFACT_NEEDED: "The signature is over another digest than the one given, so that the file itself is needed.",
  ARTIFACT_MISMATCH: "The signature is for another file, or another digest, than the one at hand.",

  // Servers and identities, when signing.
  SERVER_UNREACHABLE: "A server did not answer, or only with errors of its own.",
  SERVER_REFUSED: "A server refused the request.",
  SERVER_ANSWER: "A server's answer is malformed, too large, or does not verify.",
  SIGNING_CONFIG_INVALID: "The signing configuration is malformed, or names no service that is valid now.",
  IDENTITY_SOURCE_MISSING: "There is no way to an identity here: no token, no known CI environment, no person to log in.",
  TOKEN_INVALID: "The identity token is malformed, for another audience, or names nobody.",
  TOKEN_EXPIRED: "The identity token has expired, or is not valid yet.",
  LOGIN_FAILED: "The log-in did not end with an identity.",

  // Keys elsewhere: on a token, in a service, behind a plug-in.
  KEY_URI: "The key's URI is malformed, or of a kind that no signer here reads.",
  PKCS11_URI: "The PKCS#11 URI breaks RFC 7512, or names no private key.",
  PKCS11_MODULE: "The PKCS#11 module, or the package that loads it, is not there or does not start.",
  PKCS11_TOKEN: "No token, or more than one, is as the PKCS#11 URI says.",
  PKCS11_PIN: "The token's PIN is missing, wrong or locked. A wrong one is tried once.",
  PKCS11_KEY: "No key on the token, or more than one, is as the PKCS#11 URI says, or it cannot sign models.",
  PKCS11_DEVICE: "The token was removed, failed, or gave a signature that does not verify.",
  PLUGIN_MISSING: "There is no executable on the PATH for the kind of key that the URI names.",
  PLUGIN_FAILED: "The plug-in that holds the key said no.",
  PLUGIN_ANSWER: "The plug-in gave no answer in time, or one that is malformed, too large or does not verify.",

  // The statement.
  STATEMENT_SHAPE: "A field of the signed statement is missing or of the wrong type.",
  STATEMENT_TYPE: "The signed payload is not an in-toto statement version 1.",
  PREDICATE_TYPE: "The signed statement is not about a model.",
  HISTORICAL_MISMATCH:
    "The statement is of one format and the signature of another: the reference 0.2.0's encoding goes with its own statements only.",
  STATEMENT_UNKNOWN_FIELD: "The predicate's serialization holds a field that the format does not have.",
  SERIALIZATION_UNKNOWN: "Files were mapped to digests by a method that this Assay does not know.",
  SUBJECT_COUNT: "The statement is not about exactly one subject.",
  ROOT_DIGEST: "The subject's digest is not that of the listed resources.",
  RESOURCES_EMPTY: "The statement lists no file.",
  RESOURCE_ALGORITHM: "A resource names another hash algorithm than the statement's hash_type.",
  RESOURCE_DIGEST: "A digest is not lowercase hexadecimal of its algorithm's length.",
  NAME_NOT_CANONICAL: "A file name in the statement is empty, absolute, or holds '..', '.', '//', NUL or a '/' at its end.",
  NAME_FORBIDDEN: "A file name in the statement means something else, or nothing, on Windows.",
  NAME_DUPLICATE: "The statement lists a file twice.",
  SHARDS_INVALID: "The listed shards do not cover a file from its start to its end in steps of the shard size.",

  // The model.
  FILE_UNREADABLE: "A file or folder could not be read.",
  FILE_CHANGED: "A file or folder changed while the model was read.",
  DIGEST_PIN_MISMATCH: "The signed model has another digest than the one that was expected.",
  MODEL_EMPTY: "Nothing is left to sign: the model holds no file, or every file is ignored or empty under shards.",
  FILE_NOT_REGULAR: "The model holds something that is no file, folder or link: a pipe, socket or device.",
  LINK_NOT_ALLOWED: "The model holds a symbolic link, and neither the signer nor the caller allows links.",
  LINK_LOOP: "Links lead in a circle, or multiply the model beyond measure.",
  LINK_DANGLING: "A link leads to nothing.",
  LINK_OUTSIDE: "A link leads out of the model, and the caller did not allow links.",
  LFS_POINTER: "The model to be signed holds git-LFS pointers instead of files: a signature would cover none of their content.",
  NOT_DOWNLOADED: "Git-LFS pointers are in the place of signed files, and nothing else differs: the files themselves were not downloaded.",
  NAME_NOT_UTF8: "A file name is not UTF-8, so that no signature can list it.",
  CACHE_UNSAFE:
    "Others could have written to the folder used as cache, it is in the model, or the model is on a file system where unchanged times do not prove unchanged bytes.",
  MODEL_MISMATCH: "The files are not the ones that were signed.",
  MODEL_NOT_COVERED: "Something in the model is not covered by the signature, and everything must be.",

  // Writing.
  OUTPUT_EXISTS: "The file to write exists and is not one of the kind that may be replaced.",
  OUTPUT_WRITE: "The file could not be written.",

  // Descriptions of a model's openness: mof.yml.
  YAML_ENCODING: "The YAML text is not UTF-8.",
  YAML_TOO_LARGE: "The YAML text is larger than 1 MiB, or holds more values than any real document.",
  YAML_TOO_DEEP: "YAML values are nested over 50 levels.",
  YAML_SYNTAX: "The text is not exactly one YAML document.",
  YAML_DUPLICATE_KEY: "A YAML mapping names the same key twice, so that two readers could see two documents.",
  YAML_ALIAS: "YAML aliases repeat too much, refer to what is around them, or to nothing; or a merge key is used.",
  MOF_SHAPE: "A field of a mof.yml is missing or of the wrong type.",
  MOF_COMPONENT_UNKNOWN: "A mof.yml names a component that the Model Openness Framework does not have.",
  MOF_COMPONENT_TWICE: "A mof.yml lists a component twice, so that it is open which entry holds.",
  MOF_DATE: "A date of a mof.yml is no day of the calendar, or not written as YYYY-MM-DD.",
  CARD_BROKEN: "The front matter of a model card is no YAML that can be read.",
  CARD_OF_DATA: "A card is that of a data set, where a model's is asked for.",
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
