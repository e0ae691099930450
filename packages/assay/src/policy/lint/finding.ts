import type { Place } from "../../encoding/yaml.ts";

/** What a lint is about. */
interface Lint {
  /** One sentence: what was found. */
  readonly meaning: string;
  /** One sentence: what to do about it. */
  readonly advice: string;
}

/** Every lint by its id, which is stable. */
export const LINTS = {
  "entry/unproven": {
    meaning:
      "An entry is chosen by a name or reference, and asks for neither signers nor pin: a name is what the caller says, never proof.",
    advice: "Add signers or pin to the entry or to always, or match by manifest.",
  },
  "entry/never-reached": {
    meaning: "An earlier entry, or one that denies, matches every model that this entry matches.",
    advice: "Move the entry up, or remove it.",
  },
  "entry/laxer": {
    meaning: "An entry asks for less than a later one that matches some of the same models: the later one never sees them.",
    advice: "Move the stricter entry up, or narrow the match of the laxer one.",
  },
  "match/impossible": {
    meaning:
      "A pattern that no model can match: a reference without its scheme or with a revision, the address of a hub, or a name with a scheme.",
    advice:
      "Write references as hf:owner/name, oci:registry/repository or file:NAME, names without a scheme, and one revision as its manifest digest.",
  },
  "signers/only-warn": {
    meaning: "A model that no trusted signer signed only makes a warning.",
    advice: "Remove on-fail: warn, or remove the rule if the signer does not matter.",
  },
  "signers/any-under-root": {
    meaning: "Every certificate under a root is trusted, for any subject.",
    advice: "Name the subject or the fingerprint of the signer's certificate.",
  },
  "signers/anyone": {
    meaning: "A pattern that matches every identity, or every identity provider.",
    advice: "Name the identity and the issuer exactly, or write a pattern with their fixed parts.",
  },
  "coverage/no-signer": {
    meaning: "Coverage is asked where no signer is: no file is covered by a signature that the policy trusts, so nothing can pass.",
    advice: "Add signers to the entry or to always, or remove coverage.",
  },
  "load/allows-everything": {
    meaning: "A name is allowed that runs commands, imports what it is given or unpickles again: with it, every file passes.",
    advice: "Remove the name, and waive one model by its digest if it cannot do without.",
  },
  "load/allow-unused": {
    meaning: "Names are allowed and the level is any: the list has no effect.",
    advice: "Write level: data-only, or remove allow.",
  },
  "formats/none-left": {
    meaning: "An entry and always allow no format in common, so no model with weights can pass.",
    advice: "Allow in always what the entry needs, or ask in one place.",
  },
  "license/unknown": {
    meaning: "A list names a license that does not exist, and whose name is close to one that does: in deny, it denies nothing.",
    advice: "Write the SPDX identifier; for a license of one's own, LicenseRef- and its name.",
  },
  "license/excluded": {
    meaning: "A license is allowed and denied: deny counts.",
    advice: "Remove it from one of the two lists.",
  },
  "waiver/expired": {
    meaning: "A waiver has ended.",
    advice: "Remove it, or have it approved again with a new day.",
  },
  "waiver/unasked": {
    meaning: "A waiver is for a rule that the policy does not ask anywhere.",
    advice: "Remove the waiver, or correct the name of the rule.",
  },
  "waiver/denied": {
    meaning: "A waiver is for bytes that an entry denies, which cannot be waived.",
    advice: "Remove the waiver or the entry.",
  },
} as const satisfies Readonly<Record<string, Lint>>;

/** The id of a lint. */
export type LintId = keyof typeof LINTS;

/** Something in a policy that is probably not meant. */
export interface LintFinding {
  readonly id: LintId;
  readonly place: Place;
  /** One line: what it is here. */
  readonly message: string;
  /** One sentence: what to do about it. */
  readonly advice: string;
}

export function finding(id: LintId, place: Place, message: string): LintFinding {
  return { id, place, message, advice: LINTS[id].advice };
}
