/**
 * Every way in which Assay says no, in the order in which a verification meets them.
 *
 * `outcome` is what the code means for the question that was asked:
 * `failed`: the answer is no; `incomplete`: it could not be told; `usage`: the question itself was wrong.
 * The table is the source of docs/error-codes.md.
 */
export type ErrorOutcome = "failed" | "incomplete" | "usage";

interface ErrorCodeEntry {
  readonly outcome: ErrorOutcome;
  /** One sentence for the documentation: what was found, and which rule it breaks. */
  readonly meaning: string;
}

export const ERROR_CODES = {
  // The command line and the files that it names.
  USAGE: { outcome: "usage", meaning: "An option or argument is missing, unknown or contradicts another." },
  FILE_NOT_FOUND: { outcome: "usage", meaning: "A file that was named (key, certificate, signature, model) does not exist." },
  SIGNATURE_NOT_FOUND: { outcome: "usage", meaning: "No signature was named and none was found beside or in the model." },
  SIGNATURE_AMBIGUOUS: { outcome: "usage", meaning: "No signature was named and several were found." },
  ABORTED: { outcome: "incomplete", meaning: "The caller stopped the work." },
  INTERNAL: { outcome: "incomplete", meaning: "Assay itself failed; please report it." },

  // Strict JSON, in a bundle or in the payload that it carries.
  JSON_ENCODING: { outcome: "failed", meaning: "The text is not UTF-8, starts with a byte order mark, or holds a lone surrogate." },
  JSON_SYNTAX: { outcome: "failed", meaning: "The text is not exactly one JSON value." },
  JSON_TOO_DEEP: { outcome: "failed", meaning: "JSON values are nested over 256 levels." },
  JSON_TOO_LARGE: { outcome: "failed", meaning: "The text holds more values, or an object more members, than any real document." },
  JSON_DUPLICATE_KEY: { outcome: "failed", meaning: "An object names the same key twice, so that two readers could see two documents." },

  // The bundle.
  BUNDLE_TOO_LARGE: { outcome: "failed", meaning: "The bundle is larger than 256 MiB." },
  BUNDLE_SHAPE: { outcome: "failed", meaning: "A field of the bundle is missing or of the wrong type." },
  BUNDLE_UNKNOWN_FIELD: { outcome: "failed", meaning: "The bundle's top level holds a field that the format does not have." },
  BUNDLE_MEDIA_TYPE: { outcome: "failed", meaning: "The media type is not that of a Sigstore bundle." },
  BUNDLE_VERSION_UNKNOWN: { outcome: "incomplete", meaning: "The bundle is of a later version than this Assay knows." },
  BUNDLE_CONTENT: { outcome: "failed", meaning: "The bundle holds no DSSE envelope, or a message signature beside or instead of it." },
  BUNDLE_SIGNATURE_COUNT: { outcome: "failed", meaning: "The envelope holds no signature, or more than one." },
  BUNDLE_BASE64: { outcome: "failed", meaning: "A base64 field holds characters, line breaks or padding that do not belong there." },
  BUNDLE_MATERIAL: {
    outcome: "failed",
    meaning: "The verification material is not exactly one of public key, certificate chain, certificate.",
  },

  // The signature.
  METHOD_MISMATCH: { outcome: "failed", meaning: "The bundle was signed by another method than the one asked for." },
  PAYLOAD_TYPE: { outcome: "failed", meaning: "The envelope's payload is not an in-toto statement." },
  SIGNATURE_INVALID: { outcome: "failed", meaning: "The signature does not verify with the given key or the signer's certificate." },
  SIGNATURE_ENCODING: { outcome: "failed", meaning: "The signature's encoding is not strict DER, or has the wrong length." },
  ALGORITHM_FORBIDDEN: {
    outcome: "failed",
    meaning: "A known algorithm that must not be used: SHA-1, MD5, an RSA key under 2048 bits, an unsuited pairing.",
  },
  ALGORITHM_UNKNOWN: { outcome: "incomplete", meaning: "A well-formed algorithm that this Assay does not know." },

  // Keys and certificates.
  KEY_INVALID: { outcome: "failed", meaning: "A key cannot be read: not a key, damaged, or of a kind that cannot sign models." },
  KEY_PASSWORD: { outcome: "usage", meaning: "The private key is encrypted and the password is missing or wrong." },
  PEM_INVALID: { outcome: "failed", meaning: "A PEM file is damaged." },
  DER_INVALID: { outcome: "failed", meaning: "A structure is not strict DER." },
  CERTIFICATE_KEY_MISMATCH: { outcome: "usage", meaning: "The signing certificate is not for the private key." },
  ROOT_MISSING: { outcome: "usage", meaning: "None of the certificates given as trust is a root: one that its own key verifies." },
  LEAF_USAGE: {
    outcome: "failed",
    meaning: "The signer's certificate is not for signing: its key usage or extended key usage says otherwise, or it has neither.",
  },
  IDENTITY_MISMATCH: { outcome: "failed", meaning: "The signer's certificate is valid and names somebody else than the caller asked for." },
  CERTIFICATE_EXPIRED: { outcome: "failed", meaning: "A certificate on the path expired before the verification time." },
  CERTIFICATE_NOT_YET_VALID: { outcome: "failed", meaning: "A certificate on the path is not valid yet at the verification time." },
  CERTIFICATE_PATH_NOT_FOUND: {
    outcome: "failed",
    meaning: "No path leads from the signer's certificate to a root that the caller trusts.",
  },
  CERTIFICATE_SIGNATURE: { outcome: "failed", meaning: "A certificate was not signed by the one that it names as its issuer." },
  CERTIFICATE_EXTENSION_UNKNOWN: {
    outcome: "failed",
    meaning: "A certificate has a critical extension that is not understood or must not be critical.",
  },
  CERTIFICATE_BASIC_CONSTRAINTS: { outcome: "failed", meaning: "A certificate that signs others is no CA by its basic constraints." },
  CERTIFICATE_KEY_USAGE: { outcome: "failed", meaning: "A certificate signs others, which its key usage does not allow." },
  CERTIFICATE_KEY_IDENTIFIER: {
    outcome: "failed",
    meaning: "A certificate does not name its issuer's key, or a CA not its own, as RFC 5280 asks.",
  },
  CERTIFICATE_PATH_LENGTH: { outcome: "failed", meaning: "The path has more CAs than one of them, or the caller, allows." },
  CERTIFICATE_NAME_CONSTRAINT: {
    outcome: "failed",
    meaning: "A CA vouches for a name that its name constraints, or those above it, do not allow.",
  },
  CERTIFICATE_EXTENDED_KEY_USAGE: { outcome: "failed", meaning: "A certificate on the path is for other purposes than the one asked for." },
  CERTIFICATE_POLICY: { outcome: "failed", meaning: "A CA demands that a certificate policy hold along the path, and none does." },
  CERTIFICATE_PATH_WORK: { outcome: "failed", meaning: "Finding a path takes more work than any honest set of certificates needs." },
  CERTIFICATE_INVALID: { outcome: "failed", meaning: "A certificate is malformed." },
  CERTIFICATE_REVOKED: { outcome: "failed", meaning: "A certificate on the path was revoked before the time that counts." },
  CRL_INVALID: {
    outcome: "failed",
    meaning: "A revocation list is malformed, of a kind that is not supported, or not signed by the issuer that it names.",
  },
  CRL_EXPIRED: {
    outcome: "incomplete",
    meaning: "A revocation list is too old, or not of a time, to tell whether a certificate was revoked.",
  },
  CRL_MISSING: { outcome: "incomplete", meaning: "Revocation lists were given, and none of them speaks of a certificate on the path." },

  // Sigstore: what a bundle must prove.
  TRUSTED_ROOT_INVALID: { outcome: "failed", meaning: "The trusted root or trust configuration is malformed." },
  TRUST_UNAVAILABLE: { outcome: "incomplete", meaning: "There is no trusted root to judge by: none shipped, cached, named or reachable." },
  TRUST_ROOT_STALE: {
    outcome: "incomplete",
    meaning:
      "A log, certificate authority or timestamp authority is not in the trusted root at hand, which may be older than the signature.",
  },
  IDENTITY_MISSING: { outcome: "usage", meaning: "A keyless signature is verified against an identity, and none was given." },
  IDENTITY_PATTERN: { outcome: "usage", meaning: "The pattern for an identity or issuer is no regular expression, or too large." },
  ISSUER_MISMATCH: {
    outcome: "failed",
    meaning: "The signer's identity was vouched for by another identity provider than the one asked for.",
  },
  CERTIFICATE_IDENTITY: {
    outcome: "failed",
    meaning: "The certificate does not name exactly one identity and one identity provider.",
  },
  SCT_MISSING: { outcome: "failed", meaning: "The certificate carries no signed certificate timestamp of a known log." },
  CT_LOG_UNKNOWN: {
    outcome: "failed",
    meaning: "The certificate's timestamps are of logs that the trusted root does not list for that time.",
  },
  SCT_INVALID: { outcome: "failed", meaning: "A signed certificate timestamp is malformed or does not verify." },
  LOG_ENTRY_MISSING: { outcome: "failed", meaning: "The bundle holds no transparency log entry." },
  LOG_ENTRY_UNKNOWN: { outcome: "incomplete", meaning: "A log entry is of a kind or version that this Assay does not know." },
  LOG_ENTRY_INVALID: { outcome: "failed", meaning: "A log entry's body is malformed, or contradicts itself." },
  LOG_ENTRY_MISMATCH: { outcome: "failed", meaning: "A log entry is for another signature, certificate or content than the bundle's." },
  LOG_UNKNOWN: { outcome: "failed", meaning: "A log entry is of a log that the trusted root does not list for that time." },
  INCLUSION_PROMISE_INVALID: {
    outcome: "failed",
    meaning: "The log's signed entry timestamp does not verify: entry, index or integrated time are not what the log signed.",
  },
  INCLUSION_PROMISE_MISSING: {
    outcome: "failed",
    meaning: "A Rekor v1 entry lacks the log's signed entry timestamp, so that nothing vouches for its index.",
  },
  INCLUSION_PROOF_MISSING: { outcome: "failed", meaning: "A log entry lacks the proof that the log holds it." },
  INCLUSION_PROOF_INVALID: { outcome: "failed", meaning: "A log entry's inclusion proof does not lead to the log's signed root." },
  CHECKPOINT_INVALID: {
    outcome: "failed",
    meaning: "A checkpoint is malformed, of another tree than the proof, or not signed by the log.",
  },
  TIME_UNPROVEN: { outcome: "failed", meaning: "Nothing proves when the signature was made: neither a timestamp nor a signed log time." },
  TIMESTAMP_INVALID: { outcome: "failed", meaning: "A timestamp is malformed, or its signature, authority or purpose does not hold." },
  TIMESTAMP_MISMATCH: { outcome: "failed", meaning: "A timestamp is for another signature." },
  TIMESTAMP_AUTHORITY_UNKNOWN: {
    outcome: "failed",
    meaning: "A timestamp is by an authority that the trusted root does not list for that time.",
  },
  ARTIFACT_NEEDED: {
    outcome: "incomplete",
    meaning: "The signature is over another digest than the one given, so that the file itself is needed.",
  },
  ARTIFACT_MISMATCH: { outcome: "failed", meaning: "The signature is for another file, or another digest, than the one at hand." },

  // Servers and identities, when signing.
  SERVER_UNREACHABLE: { outcome: "incomplete", meaning: "A server did not answer, or only with errors of its own." },
  SERVER_REFUSED: { outcome: "failed", meaning: "A server refused the request." },
  SERVER_ANSWER: { outcome: "incomplete", meaning: "A server's answer is malformed, too large, or does not verify." },
  SIGNING_CONFIG_INVALID: { outcome: "usage", meaning: "The signing configuration is malformed, or names no service that is valid now." },
  IDENTITY_SOURCE_MISSING: {
    outcome: "usage",
    meaning: "There is no way to an identity here: no token, no known CI environment, no person to log in.",
  },
  TOKEN_INVALID: { outcome: "failed", meaning: "The identity token is malformed, for another audience, or names nobody." },
  TOKEN_EXPIRED: { outcome: "failed", meaning: "The identity token has expired, or is not valid yet." },
  LOGIN_FAILED: { outcome: "incomplete", meaning: "The log-in did not end with an identity." },

  // Keys elsewhere: on a token, in a service, behind a plug-in.
  KEY_URI: { outcome: "usage", meaning: "The key's URI is malformed, or of a kind that no signer here reads." },
  PKCS11_URI: { outcome: "usage", meaning: "The PKCS#11 URI breaks RFC 7512, or names no private key." },
  PKCS11_MODULE: { outcome: "incomplete", meaning: "The PKCS#11 module, or the package that loads it, is not there or does not start." },
  PKCS11_TOKEN: { outcome: "usage", meaning: "No token, or more than one, is as the PKCS#11 URI says." },
  PKCS11_PIN: { outcome: "usage", meaning: "The token's PIN is missing, wrong or locked. A wrong one is tried once." },
  PKCS11_KEY: {
    outcome: "usage",
    meaning: "No key on the token, or more than one, is as the PKCS#11 URI says, or it cannot sign models.",
  },
  PKCS11_DEVICE: { outcome: "incomplete", meaning: "The token was removed, failed, or gave a signature that does not verify." },
  PLUGIN_MISSING: { outcome: "usage", meaning: "There is no executable on the PATH for the kind of key that the URI names." },
  PLUGIN_FAILED: { outcome: "failed", meaning: "The plug-in that holds the key said no." },
  PLUGIN_ANSWER: {
    outcome: "incomplete",
    meaning: "The plug-in gave no answer in time, or one that is malformed, too large or does not verify.",
  },

  // The statement.
  STATEMENT_SHAPE: { outcome: "failed", meaning: "A field of the signed statement is missing or of the wrong type." },
  STATEMENT_TYPE: { outcome: "failed", meaning: "The signed payload is not an in-toto statement version 1." },
  PREDICATE_TYPE: { outcome: "failed", meaning: "The signed statement is not about a model." },
  HISTORICAL_MISMATCH: {
    outcome: "failed",
    meaning:
      "The statement is of one format and the signature of another: the reference 0.2.0's encoding goes with its own statements only.",
  },
  STATEMENT_UNKNOWN_FIELD: { outcome: "failed", meaning: "The predicate's serialization holds a field that the format does not have." },
  SERIALIZATION_UNKNOWN: { outcome: "incomplete", meaning: "Files were mapped to digests by a method that this Assay does not know." },
  SUBJECT_COUNT: { outcome: "failed", meaning: "The statement is not about exactly one subject." },
  ROOT_DIGEST: { outcome: "failed", meaning: "The subject's digest is not that of the listed resources." },
  RESOURCES_EMPTY: { outcome: "failed", meaning: "The statement lists no file." },
  RESOURCE_ALGORITHM: { outcome: "failed", meaning: "A resource names another hash algorithm than the statement's hash_type." },
  RESOURCE_DIGEST: { outcome: "failed", meaning: "A digest is not lowercase hexadecimal of its algorithm's length." },
  NAME_NOT_CANONICAL: {
    outcome: "failed",
    meaning: "A file name in the statement is empty, absolute, or holds '..', '.', '//', NUL or a '/' at its end.",
  },
  NAME_FORBIDDEN: { outcome: "failed", meaning: "A file name in the statement means something else, or nothing, on Windows." },
  NAME_DUPLICATE: { outcome: "failed", meaning: "The statement lists a file twice." },
  SHARDS_INVALID: {
    outcome: "failed",
    meaning: "The listed shards do not cover a file from its start to its end in steps of the shard size.",
  },

  // The model.
  FILE_UNREADABLE: { outcome: "incomplete", meaning: "A file or folder could not be read." },
  FILE_CHANGED: { outcome: "incomplete", meaning: "A file or folder changed while the model was read." },
  DIGEST_PIN_MISMATCH: { outcome: "failed", meaning: "The signed model has another digest than the one given with --expect-digest." },
  MODEL_EMPTY: {
    outcome: "failed",
    meaning: "Nothing is left to sign: the model holds no file, or every file is ignored or empty under shards.",
  },
  FILE_NOT_REGULAR: { outcome: "failed", meaning: "The model holds something that is no file, folder or link: a pipe, socket or device." },
  LINK_NOT_ALLOWED: { outcome: "failed", meaning: "The model holds a symbolic link, and neither the signer nor the caller allows links." },
  LINK_LOOP: { outcome: "failed", meaning: "Links lead in a circle, or multiply the model beyond measure." },
  LINK_DANGLING: { outcome: "failed", meaning: "A link leads to nothing." },
  LINK_OUTSIDE: { outcome: "failed", meaning: "A link leads out of the model, and the caller did not allow links." },
  LFS_POINTER: {
    outcome: "failed",
    meaning: "The model to be signed holds git-LFS pointers instead of files: a signature would cover none of their content.",
  },
  NOT_DOWNLOADED: {
    outcome: "incomplete",
    meaning: "Git-LFS pointers are in the place of signed files, and nothing else differs: the files themselves were not downloaded.",
  },
  NAME_NOT_UTF8: { outcome: "failed", meaning: "A file name is not UTF-8, so that no signature can list it." },
  CACHE_UNSAFE: {
    outcome: "usage",
    meaning:
      "Others could have written to the folder used as cache, it is in the model, or the model is on a file system whose times do not stand for bytes.",
  },
  MODEL_MISMATCH: { outcome: "failed", meaning: "The files are not the ones that were signed." },
  MODEL_NOT_COVERED: {
    outcome: "failed",
    meaning: "Something in the model is not covered by the signature, and everything must be (--require-all).",
  },

  // Writing.
  OUTPUT_EXISTS: {
    outcome: "usage",
    meaning: "The file to write exists and is not one of the kind that may be replaced; --force replaces it.",
  },
  OUTPUT_WRITE: { outcome: "incomplete", meaning: "The file could not be written." },

  // Descriptions of a model's openness: mof.yml.
  YAML_ENCODING: { outcome: "failed", meaning: "The YAML text is not UTF-8." },
  YAML_TOO_LARGE: { outcome: "failed", meaning: "The YAML text is larger than 1 MiB, or holds more values than any real document." },
  YAML_TOO_DEEP: { outcome: "failed", meaning: "YAML values are nested over 50 levels." },
  YAML_SYNTAX: { outcome: "failed", meaning: "The text is not exactly one YAML document." },
  YAML_DUPLICATE_KEY: {
    outcome: "failed",
    meaning: "A YAML mapping names the same key twice, so that two readers could see two documents.",
  },
  YAML_ALIAS: {
    outcome: "failed",
    meaning: "YAML aliases repeat too much, refer to what is around them, or to nothing; or a merge key is used.",
  },
  MOF_SHAPE: { outcome: "failed", meaning: "A field of a mof.yml is missing or of the wrong type." },
  MOF_COMPONENT_UNKNOWN: { outcome: "failed", meaning: "A mof.yml names a component that the Model Openness Framework does not have." },
  MOF_COMPONENT_TWICE: { outcome: "failed", meaning: "A mof.yml lists a component twice, so that it is open which entry holds." },
  MOF_DATE: { outcome: "failed", meaning: "A date of a mof.yml is no day of the calendar, or not written as YYYY-MM-DD." },
  CARD_BROKEN: { outcome: "failed", meaning: "The front matter of a model card is no YAML that can be read." },
  CARD_OF_DATA: { outcome: "failed", meaning: "A card is that of a data set, where a model's is asked for." },
  RENDERER_MISSING: { outcome: "incomplete", meaning: "The optional package that makes a PNG is not installed." },
} as const satisfies Record<string, ErrorCodeEntry>;

export type ErrorCode = keyof typeof ERROR_CODES;
