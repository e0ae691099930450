/** Something a person should know that does not change the answer. The code is stable, the message is not. */
export interface Warning {
  readonly code: WarningCode;
  readonly message: string;
}

/** The warnings about one model among several, each with its name. */
export function namedWarnings(name: string, warnings: readonly Warning[]): readonly Warning[] {
  return warnings.map(({ code, message }) => ({ code, message: `${name}: ${message}` }));
}

/** Every warning, with what it means, for the documentation. */
export const WARNING_CODES = {
  KEY_HINT_DIFFERS: "The bundle names another key than the one that verified it.",
  KEY_IN_BUNDLE: "The bundle carries a key of its own, which was not used.",
  RESOURCES_UNSORTED: "The signed files are not listed in code-point order.",
  NAMES_FOLD_TOGETHER: "Two names are equal on a file system that ignores case or normalizes Unicode.",
  NAME_UNUSUAL: "A name is not allowed on other systems, for example one with a backslash.",
  SHARD_DIALECT: "The bundle is written in the Python reference's own dialect for shards.",
  HISTORICAL_FORMAT: "The bundle is in the format of the reference 0.2.0.",
  IGNORE_PATH_VOID: "An ignored path matches nothing.",
  SUBJECT_NAME_DIFFERS: "The signed model has another name than the one at hand.",
  SIGNATURE_IN_MODEL: "The model holds another signature than the one that was written, verified or left out.",
  SIGNATURE_PASSED_OVER: "The signature in the model was used, not the one in the current folder.",
  GIVEN_UNUSED: "Advisories or a lock file were given, and the policy does not ask the rule that reads them.",
  PIN_WITHOUT_NAMES: "The expected digest is a root digest, which covers no file names.",
  HUB_DOWNLOAD_FOLDER: "A folder that a download from Hugging Face leaves in the model counts as part of it.",
  LFS_POINTER: "A file is a git-LFS pointer: the file itself was not downloaded.",
  LINK_OUTSIDE_ROOT: "A link that was followed points outside the model.",
  FILES_NOT_LISTED: "A server does not list its files: only those that a signature names were looked for.",
  DIGESTS_ATTESTED: "A server's own digests of files were taken, as the caller asked: these files were not read.",
  ARCHIVE_STREAMED: "A layer is compressed: all of it was read to list its files.",
  FILE_NOT_COMPARED: "A file changed while the model was read, or could not be read: the answer does not cover it.",
  OUTPUT_IN_MODEL: "A report was written into the model, which is another model with it.",
  TEMPORARY_FILE: "A file has the name of a partial file that an interrupted run left.",
  SEVERAL_LOG_ENTRIES: "A signature holds more than one log entry, which Python clients do not verify.",
  TIME_UNPROVEN: "No timestamp of a trusted authority proves the time of the signature: this machine's clock was used.",
  LOG_PROMISE_ONLY: "Only the log's promise shows the entry's inclusion: a bundle of version 0.1 without an inclusion proof.",
  CERTIFICATE_PROFILE: "A certificate on the path violates section 4 of RFC 5280, which binds issuers; trust does not depend on it.",
  CERTIFICATE_SKIPPED: "A given certificate is unreadable, and was not needed.",
  CERTIFICATE_CHAIN_REFUSED: "The signature's own certificate chain does not verify: a verifier needs another one.",
  CRL_SKIPPED: "A given revocation list is unreadable, and not from an issuer on the path.",
  CERTIFICATE_REVOKED_LATER: "A certificate was revoked after the proven time of the signature.",
  PRIVATE_KEY_READABLE: "Others can read the private key file.",
  EVIDENCE_CARD_BROKEN: "A card's front matter is not valid YAML: only its text was read.",
  EVIDENCE_CARD_LARGE: "A card is unusually large: only its beginning was read.",
  EVIDENCE_LICENSE_CONFLICT: "Two places in a model's folder name different licenses.",
  EVIDENCE_LICENSE_NEAR: "A license file resembles a known license but differs from it.",
  EVIDENCE_LICENSE_UNKNOWN: "A license file contains no known license.",
  EVIDENCE_LICENSE_UNREAD: "A file that may hold a license or terms is unreadable: nothing that it may cover counts as open.",
  EVIDENCE_USE_POLICY: "A file in the folder restricts the use of the model.",
  EVIDENCE_CLAIM_NOT_FOUND: "A mof.yml names a file that is not in the folder, or more components than the folder contains.",
  EVIDENCE_FILE_DAMAGED: "A file is damaged, truncated or of another format than its name: it does not count.",
  EVIDENCE_LINK_IGNORED: "A folder contains links, which were not followed.",
  EVIDENCE_NOT_ALL_READ: "A folder contains more than was read, or a file that cannot be read.",
  EVIDENCE_MOF_BROKEN: "A mof.yml cannot be read.",
  EVIDENCE_NOT_BOUND: "The model has no digest, so that the answer is not bound to its bytes.",
  LICENSE_SPELLING: "A license is known by another identifier than the one written.",
  LICENSE_UNKNOWN: "A license is unknown.",
  LICENSE_DEPRECATED: "A license's identifier was replaced by another.",
  LICENSE_CUSTOM: "A license is the author's own, and was not evaluated.",
  LOCK_COMMENTS_LOST: "A lock file had comments, which are lost where it is written anew.",
  EVALUATION_LEFT_OUT: "A file in the list is not a readable evaluation.",
} as const;

/** The code of a warning. */
export type WarningCode = keyof typeof WARNING_CODES;
