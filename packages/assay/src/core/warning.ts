/** Something a person should know that does not change the answer. The code is stable, the message is not. */
export interface Warning {
  readonly code: WarningCode;
  readonly message: string;
}

/** Every warning, with what it means, for the documentation. */
export const WARNING_CODES = {
  KEY_HINT_DIFFERS: "The bundle names another key than the one that verified it.",
  KEY_IN_BUNDLE: "The bundle carries a key of its own, which was not used.",
  RESOURCES_UNSORTED: "The signed files are not listed in code-point order.",
  NAMES_FOLD_TOGETHER: "Two names are one on a file system that ignores case or normalizes Unicode.",
  NAME_UNUSUAL: "A name would be refused on another system, for example one with a backslash.",
  SHARD_DIALECT: "The bundle is written in the Python reference's own dialect for shards.",
  HISTORICAL_FORMAT: "The bundle is in the format of the reference 0.2.0.",
  IGNORE_PATH_VOID: "An ignore path covers nothing.",
  SUBJECT_NAME_DIFFERS: "The signed model has another name than the one at hand.",
  SIGNATURE_IN_MODEL: "The model holds another signature than the one that was written, verified or left out.",
  SIGNATURE_PASSED_OVER: "The signature in the model was taken, and not the one in the current directory.",
  PIN_WITHOUT_NAMES: "The expected digest is a root digest, which covers no file names.",
  HUB_DOWNLOAD_FOLDER: "A folder that a download from Hugging Face leaves in the model counts as part of it.",
  LFS_POINTER: "A file is a git-LFS pointer: the file itself was not downloaded.",
  LINK_OUTSIDE_ROOT: "A link that was followed leads out of the model.",
  FILE_NOT_COMPARED: "A file changed while the model was read, or could not be read: the answer says nothing about it.",
  TEMPORARY_FILE: "A file has the name of one that an interrupted run left half-written.",
  SEVERAL_LOG_ENTRIES: "A signature holds more than one log entry, which Python clients do not verify.",
  TIME_UNPROVEN: "No timestamp of the authorities named proves when the signature was made: the clock decided.",
  LOG_PROMISE_ONLY: "Only the log's promise shows that an entry is in it: a bundle of version 0.1 without an inclusion proof.",
  CERTIFICATE_PROFILE: "A certificate on the path is not as RFC 5280 section 4 asks of issuers; what is trusted does not depend on it.",
  CERTIFICATE_SKIPPED: "A certificate that was given cannot be read, and was not needed.",
  CERTIFICATE_CHAIN_REFUSED: "A signature was made whose own chain does not verify: a verifier needs another one.",
  CRL_SKIPPED: "A revocation list that was given cannot be read, and is not of an issuer on the path.",
  CERTIFICATE_REVOKED_LATER: "A certificate was revoked after a timestamp proves the signature to have been made.",
  PRIVATE_KEY_READABLE: "Others can read the private key file.",
  EVIDENCE_CARD_BROKEN: "A card's front matter is not readable YAML: only its text was read.",
  EVIDENCE_CARD_LARGE: "A card is larger than cards are: only its beginning was read.",
  EVIDENCE_LICENSE_CONFLICT: "Two places in a model's folder name different licenses.",
  EVIDENCE_LICENSE_NEAR: "A license file is like a known license, and not it: something was changed, added or left out.",
  EVIDENCE_LICENSE_UNKNOWN: "A license file holds no license that is known.",
  EVIDENCE_LICENSE_UNREAD:
    "A file whose name or folder says license or terms could not be read: nothing that it may hold for counts as open.",
  EVIDENCE_USE_POLICY: "A file in the model's folder limits what the model may be used for.",
  EVIDENCE_CLAIM_NOT_FOUND: "A mof.yml names a file that is not in the folder, or more components than the folder shows.",
  EVIDENCE_FILE_DAMAGED: "A file is not what its name says, or was cut off: it does not count.",
  EVIDENCE_LINK_IGNORED: "A folder holds links, which were not followed.",
  EVIDENCE_NOT_ALL_READ: "A folder holds more than was looked at.",
  EVIDENCE_MOF_BROKEN: "A mof.yml cannot be read.",
  EVIDENCE_NOT_BOUND: "The model has no digest, so that the answer is bound to no bytes.",
  LICENSE_SPELLING: "A license is known by another identifier than the one written.",
  LICENSE_UNKNOWN: "A license is unknown.",
  LICENSE_DEPRECATED: "A license's identifier was replaced by another.",
  LICENSE_CUSTOM: "A license is named as its author's own, which no list evaluates.",
  EVALUATION_LEFT_OUT: "A file among those to list is not a readable evaluation.",
} as const;

/** The code of a warning. */
export type WarningCode = keyof typeof WARNING_CODES;
