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
  LINK_OUTSIDE_ROOT: "A link that was followed leads out of the model.",
  TIME_UNPROVEN: "No timestamp of the authorities named proves when the signature was made: the clock decided.",
  CERTIFICATE_REVOKED_LATER: "A certificate was revoked after a timestamp proves the signature to have been made.",
  PRIVATE_KEY_READABLE: "Others can read the private key file.",
} as const;

export type WarningCode = keyof typeof WARNING_CODES;
