import type { Place } from "../encoding/yaml.ts";
import type { RuleName } from "./policy.ts";

/** Why a rule does not pass. */
export type DecisionCode =
  | "SIGNER_UNSIGNED"
  | "SIGNER_NONE_FITS"
  | "SIGNER_UNKNOWN"
  | "SIGNER_WINDOW"
  | "BYTES_DIFFER"
  | "COVERAGE_GAP"
  | "COVERAGE_UNKNOWN"
  | "PIN_BYTES"
  | "PIN_SIGNER"
  | "PIN_MISSING"
  | "PIN_ROLLBACK"
  | "PIN_UNKNOWN"
  | "LOAD_CODE"
  | "LOAD_UNKNOWN"
  | "FORMAT_OTHER"
  | "FORMAT_NONE"
  | "SIZE_BYTES"
  | "SIZE_MEMORY"
  | "SIZE_UNKNOWN"
  | "LICENSE_DENIED"
  | "LICENSE_OTHER"
  | "LICENSE_NONE"
  | "LICENSE_UNKNOWN"
  | "OPENNESS_CLASS"
  | "OPENNESS_COMPONENT"
  | "OPENNESS_UNKNOWN"
  | "DIGEST_LEVEL"
  | "DIGEST_UNKNOWN"
  | "ADVISORY_HIT"
  | "ADVISORY_UNREAD"
  | "ADVISORY_NONE_GIVEN"
  | "ADVISORY_OLD";

/** What one rule finds, before the policy says what that comes to. */
export type RuleFinding =
  | { readonly outcome: "pass"; readonly message: string }
  | {
      readonly outcome: "fail" | "unknown";
      readonly code: DecisionCode;
      /** One line: the fact it rests on. */
      readonly message: string;
      /** Names of files, components or advisories that show it, sorted. */
      readonly names?: readonly string[];
    };

/** What a rule comes to for one model. */
export type RuleOutcome = "pass" | "deny" | "warn" | "unknown" | "waived";

/** One rule, evaluated. */
export interface RuleResult {
  readonly rule: RuleName;
  readonly scope: "always" | "entry";
  /** Where the rule is in the policy. For `coverage` without a rule of its own, where `signers` is. */
  readonly place: Place;
  readonly outcome: RuleOutcome;
  readonly onFail: "deny" | "warn";
  /** Null where it passes. */
  readonly code: DecisionCode | null;
  readonly message: string;
  readonly names: readonly string[];
  /** The waiver that applies, by its place in the list; null for none. */
  readonly waiver: number | null;
}

/** What became of a waiver. */
export interface WaiverUse {
  readonly index: number;
  readonly rule: RuleName;
  readonly advisory: string | null;
  readonly expires: string;
  readonly state: "used" | "unused" | "expired" | "other-model";
}

/** May this model be used here? */
export interface Decision {
  readonly decision: "allow" | "deny" | "incomplete";
  /** Null for allow. */
  readonly decidedBy:
    | { readonly rule: RuleName; readonly scope: "always" | "entry"; readonly code: DecisionCode }
    | { readonly rule: null; readonly scope: "policy"; readonly code: "POLICY_NO_MATCH" | "POLICY_DENY_ENTRY" }
    | null;
  /** The moment that everything was compared with: ISO 8601, UTC. */
  readonly at: string;
  /** The entry that matched; null where none did. */
  readonly entry: { readonly id: string; readonly place: Place } | null;
  /** Why an entry with `deny` denies; null without one. */
  readonly denied: string | null;
  /** In the order of the table of rules, `always` first. */
  readonly rules: readonly RuleResult[];
  readonly waivers: readonly WaiverUse[];
  readonly counts: Readonly<Record<RuleOutcome, number>>;
}
