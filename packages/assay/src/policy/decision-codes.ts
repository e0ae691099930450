import type { DecisionCode } from "./decision.ts";
import type { RuleName } from "./policy.ts";

/** What a code of a decision means, and what settles it. */
export interface DecisionCodeEntry {
  /** The rule that has it; null for the policy as a whole. */
  readonly rule: RuleName | null;
  /** One sentence: what was found. */
  readonly meaning: string;
  /** What settles it, as a code that stays. */
  readonly remedy: string;
  /** One sentence: what to do about it. */
  readonly settle: string;
}

/** The code of a rule, or of a decision without one. */
export type AnyDecisionCode = DecisionCode | "POLICY_NO_MATCH" | "POLICY_DENY_ENTRY";

const SCAN_AGAIN = "Have the model scanned, or convert what is not understood to safetensors or GGUF.";

/** Every code, in the order of the rules. */
export const DECISION_CODES: Readonly<Record<AnyDecisionCode, DecisionCodeEntry>> = {
  POLICY_NO_MATCH: {
    remedy: "ADD_ENTRY",
    rule: null,
    meaning: "No entry of the policy matches the model.",
    settle: "Add an entry for the model, or give the reference under which the policy knows it.",
  },
  POLICY_DENY_ENTRY: {
    remedy: "USE_OTHER_MODEL",
    rule: null,
    meaning: "An entry denies the model, for the reason that it gives.",
    settle: "Use another model or version; only a change of the policy allows this one.",
  },
  SIGNER_UNSIGNED: {
    remedy: "GET_SIGNED",
    rule: "signers",
    meaning: "The model has no signature.",
    settle: "Get the signature from the publisher, or sign the model after a review with a key that the policy trusts.",
  },
  SIGNER_NONE_FITS: {
    remedy: "CHECK_SIGNER",
    rule: "signers",
    meaning: "The model is signed, and by no signer that the policy trusts.",
    settle: "Get the model from its publisher; trust another signer only if the publisher announced it.",
  },
  SIGNER_WINDOW: {
    remedy: "CHECK_WINDOW",
    rule: "signers",
    meaning: "A trusted signer signed it outside of the time for which the policy trusts that signer.",
    settle: "Get a signature of that time, with a proven time (a log or a timestamp), or extend valid-until after a review.",
  },
  SIGNER_UNKNOWN: {
    remedy: "READ_SIGNATURE",
    rule: "signers",
    meaning: "Whether a trusted signer signed cannot be told.",
    settle: "Use an Assay that reads this signature, and make every file readable; the message says which.",
  },
  BYTES_DIFFER: {
    remedy: "FETCH_AGAIN",
    rule: "signers",
    meaning: "Signed files were changed or are missing.",
    settle: "Download the model again; do not use these files.",
  },
  COVERAGE_GAP: {
    remedy: "REMOVE_OR_SIGN",
    rule: "coverage",
    meaning: "Files of the model are not under a signature that the policy trusts.",
    settle: "Remove the files, have the whole model signed, or ask for less coverage.",
  },
  COVERAGE_UNKNOWN: {
    remedy: "READ_SIGNATURE",
    rule: "coverage",
    meaning: "What the signature covers cannot be told.",
    settle: "Settle the rule signers first, and make every file readable.",
  },
  PIN_BYTES: {
    remedy: "REVIEW_CHANGE",
    rule: "pin",
    meaning: "The lock file names other bytes under this name.",
    settle: "Review what changed, then pin the model again.",
  },
  PIN_SIGNER: {
    remedy: "REVIEW_SIGNER",
    rule: "pin",
    meaning: "The pinned bytes are signed by another than the pinned signer, or not at all.",
    settle: "Restore the signature, or pin again after a review of the new signer.",
  },
  PIN_MISSING: {
    remedy: "PIN_MODEL",
    rule: "pin",
    meaning: "The policy requires a pin, and the lock file is missing or does not name the model.",
    settle: "Pin the model after a review, and commit the lock file.",
  },
  PIN_ROLLBACK: {
    remedy: "GET_NEWER",
    rule: "pin",
    meaning: "Other bytes, signed earlier than the pinned ones: an older version.",
    settle: "Use the pinned version, or pin the older one after a review.",
  },
  PIN_UNKNOWN: {
    remedy: "READ_LOCK",
    rule: "pin",
    meaning: "The lock file or the signature cannot be read.",
    settle: "Correct the lock file; the message says what is wrong.",
  },
  LOAD_CODE: {
    remedy: "CONVERT_OR_WAIVE",
    rule: "load",
    meaning: "Loading the model runs or names code.",
    settle: "Convert the file to safetensors or GGUF, allow a name that you reviewed, or waive these bytes.",
  },
  LOAD_UNKNOWN: { rule: "load", remedy: "CONVERT_OR_WAIVE", meaning: "What loading does is not understood in full.", settle: SCAN_AGAIN },
  FORMAT_OTHER: {
    remedy: "CONVERT",
    rule: "formats",
    meaning: "A file of weights is of a format that the policy does not allow.",
    settle: "Convert the file, or take the publisher's version in an allowed format.",
  },
  FORMAT_NONE: {
    remedy: "ADD_WEIGHTS",
    rule: "formats",
    meaning: "No file of weights was found, or the files cannot be read.",
    settle: "Complete the download, and name the model's own folder.",
  },
  SIZE_BYTES: {
    remedy: "USE_SMALLER",
    rule: "size",
    meaning: "The files are larger than allowed.",
    settle: "Take a smaller or quantized version, or raise max-bytes.",
  },
  SIZE_MEMORY: {
    remedy: "USE_SMALLER",
    rule: "size",
    meaning: "The weights take more memory than allowed.",
    settle: "Take a smaller or quantized version, or raise max-memory.",
  },
  SIZE_UNKNOWN: {
    remedy: "MEASURE",
    rule: "size",
    meaning: "A size cannot be told: a header does not say what its weights take in memory.",
    settle: "Convert the file to a format whose header tells, such as safetensors.",
  },
  LICENSE_DENIED: {
    remedy: "ASK_LEGAL",
    rule: "license",
    meaning: "The policy denies the license of the weights, or a kind of it.",
    settle: "Use another model, or get other terms and waive these bytes.",
  },
  LICENSE_OTHER: {
    remedy: "ASK_LEGAL",
    rule: "license",
    meaning: "The license of the weights is not one that the policy allows.",
    settle: "Review the license; then add it to allow, or use another model.",
  },
  LICENSE_NONE: {
    remedy: "ASK_PUBLISHER",
    rule: "license",
    meaning: "The model names no license for its weights.",
    settle: "Ask the publisher: without a license, all rights are reserved.",
  },
  LICENSE_UNKNOWN: {
    remedy: "READ_LICENSE",
    rule: "license",
    meaning: "A license text is not recognized, a license is only claimed, or its terms are unknown.",
    settle: "Read the text; then add the license to allow by its name, or accept claims with basis: claimed.",
  },
  OPENNESS_CLASS: {
    remedy: "SEE_OPENNESS",
    rule: "openness",
    meaning: "The model does not reach the class that the policy asks for.",
    settle: "See which components the class needs, or use another model.",
  },
  OPENNESS_COMPONENT: {
    remedy: "SEE_OPENNESS",
    rule: "openness",
    meaning: "A component that the policy requires is missing, or not under an open license.",
    settle: "Ask the publisher for it, or use another model.",
  },
  OPENNESS_UNKNOWN: {
    remedy: "SEE_OPENNESS",
    rule: "openness",
    meaning: "How open the model is cannot be told.",
    settle: "Make the folder readable; a single file has no openness.",
  },
  DIGEST_LEVEL: {
    remedy: "DOWNLOAD",
    rule: "digests",
    meaning: "The digests are as a hub tells them, and the policy asks for digests of bytes that were read.",
    settle: "Download the model, and check the folder.",
  },
  DIGEST_UNKNOWN: { rule: "digests", remedy: "DOWNLOAD", meaning: "The digests cannot be told.", settle: "Make every file readable." },
  ADVISORY_HIT: {
    remedy: "FOLLOW_ADVISORY",
    rule: "advisories",
    meaning: "An advisory is about this model.",
    settle: "Read it; use a version that it does not affect, or waive this one advisory for these bytes.",
  },
  ADVISORY_UNREAD: {
    remedy: "MEND_SOURCE",
    rule: "advisories",
    meaning: "A source of advisories cannot be read, or an advisory names a range that cannot be told offline.",
    settle: "Correct the source; for a range, list the revisions.",
  },
  ADVISORY_NONE_GIVEN: {
    remedy: "GIVE_SOURCE",
    rule: "advisories",
    meaning: "The policy asks for advisories, and no source is given.",
    settle: "Name a folder of advisories in from, or on the command line.",
  },
  ADVISORY_OLD: {
    remedy: "RENEW_SOURCE",
    rule: "advisories",
    meaning: "A source of advisories is older than allowed, or does not say when it was made.",
    settle: "Fetch the advisories again; their index.json says when they were made.",
  },
};
