import type { ComponentName, OpennessClass } from "../openness/components.ts";
import type { RestrictionKind } from "../openness/license.ts";
import type { Place } from "../encoding/yaml.ts";

/** A policy, read and checked as far as it can be without the files that it names. Only `readPolicy` makes one. */
export interface Policy {
  readonly name: string;
  /** What evidence calls the policy. */
  readonly uri: string;
  readonly description: string | undefined;
  /** Holds for every model, whatever entry it has. */
  readonly always: Rules | undefined;
  /** In the order of the file, which is meaning: the first that matches is taken. */
  readonly entries: readonly PolicyEntry[];
  readonly waivers: readonly Waiver[];
}

/** The rules for the models that match. */
export interface PolicyEntry {
  readonly id: string;
  readonly idPlace: Place;
  readonly place: Place;
  readonly match: EntryMatch;
  /** One of the two. */
  readonly rules: Rules | undefined;
  /** Why every model that matches is denied. */
  readonly deny: string | undefined;
}

/** All that is given must hold; of a list, one. */
export interface EntryMatch {
  readonly name: readonly string[] | undefined;
  readonly reference: readonly string[] | undefined;
  /** `sha256:` and hex. */
  readonly manifest: readonly string[] | undefined;
}

/** In the order in which they are evaluated and reported. */
export const RULE_NAMES = [
  "signers",
  "coverage",
  "pin",
  "load",
  "formats",
  "size",
  "license",
  "openness",
  "digests",
  "advisories",
] as const;

/** The name of a rule, as a policy writes it. */
export type RuleName = (typeof RULE_NAMES)[number];

/** What a rule that does not hold, and one that cannot be told, come to. */
export interface RuleEffects {
  readonly place: Place;
  readonly onFail: "deny" | "warn";
  readonly onUnknown: "incomplete" | "deny" | "warn";
}

/** The rules of one scope; those that are undefined ask nothing. */
export interface Rules {
  readonly signers: SignersRule | undefined;
  readonly coverage: CoverageRule | undefined;
  readonly pin: PinRule | undefined;
  readonly load: LoadRule | undefined;
  readonly formats: FormatsRule | undefined;
  readonly size: SizeRule | undefined;
  readonly license: LicenseRule | undefined;
  readonly openness: OpennessRule | undefined;
  readonly digests: DigestsRule | undefined;
  readonly advisories: AdvisoriesRule | undefined;
}

/** One of these must have signed. */
export interface SignersRule extends RuleEffects {
  readonly anyOf: readonly PolicySigner[];
}

/** What must be under the signature. */
export interface CoverageRule extends RuleEffects {
  readonly level: CoverageLevel;
}

/** Whether the lock file must name the model. */
export interface PinRule extends RuleEffects {
  readonly mode: "required" | "if-present";
}

/** What may happen when the model is loaded. */
export interface LoadRule extends RuleEffects {
  readonly level: "data-only" | "any";
  /** Exact names, with their module. */
  readonly allow: readonly string[];
}

/** The formats that weights may have. */
export interface FormatsRule extends RuleEffects {
  /** As a scan prints them. */
  readonly allow: readonly string[];
}

/** How large the model may be. Bytes. */
export interface SizeRule extends RuleEffects {
  readonly maxBytes: number | undefined;
  readonly maxMemory: number | undefined;
}

/** The licenses that the weights may have. */
export interface LicenseRule extends RuleEffects {
  readonly allow: readonly LicenseTerm[] | undefined;
  readonly deny: readonly LicenseTerm[] | undefined;
  readonly basis: Basis;
}

/** How open the model must be. */
export interface OpennessRule extends RuleEffects {
  readonly class: OpennessClass | undefined;
  readonly components: readonly ComponentName[];
  readonly basis: Basis;
}

/** How sure the digests of the files must be. */
export interface DigestsRule extends RuleEffects {
  readonly level: "computed" | "attested";
}

/** Whether an advisory may be about the model. */
export interface AdvisoriesRule extends RuleEffects {
  readonly from: readonly PolicyFile[];
  /** Milliseconds. */
  readonly maxAge: number | undefined;
}

/** `complete`: every file; `weights`: what a loader reads; `signed-files`: the signed ones. */
export type CoverageLevel = "complete" | "weights" | "signed-files";

/** Whether what a card or mof.yml says will do. */
export type Basis = "found" | "claimed";

/** A license, or all licenses of a kind. */
export type LicenseTerm =
  | { readonly kind: "license"; readonly id: string }
  | { readonly kind: "category"; readonly category: "open" | "osi" | RestrictionKind };

/** A file that the policy names, relative to the policy. */
export interface PolicyFile {
  readonly path: string;
  readonly place: Place;
}

/** Whom the policy trusts to sign. */
export type PolicySigner = SigstoreSigner | CertificateSigner | KeySigner;

interface SignerTerms {
  readonly place: Place;
  /** For people. */
  readonly label: string | undefined;
  /** The first and the last day on which a signature may be made, both whole: YYYY-MM-DD, UTC. */
  readonly validFrom: string | undefined;
  readonly validUntil: string | undefined;
}

/** An identity that an identity provider vouches for. */
export interface SigstoreSigner extends SignerTerms {
  readonly kind: "sigstore";
  readonly identity: TextRule;
  readonly issuer: TextRule;
  /** Undefined: the public instance's. */
  readonly trustedRoot: PolicyFile | undefined;
}

/** An exact text, or a pattern (RE2) that all of it must match. */
export interface TextRule {
  readonly kind: "exact" | "pattern";
  readonly text: string;
  readonly place: Place;
}

/** A certificate under one of these roots. */
export interface CertificateSigner extends SignerTerms {
  readonly kind: "certificate";
  readonly roots: readonly PolicyFile[];
  readonly intermediates: readonly PolicyFile[];
  /** A subject alternative name or the whole subject. */
  readonly subject: string | undefined;
  /** Hex SHA-256 of the leaf. */
  readonly fingerprint: string | undefined;
  readonly revocationLists: readonly PolicyFile[];
  readonly usage: "code-signing-or-none" | "code-signing";
}

/** A public key. */
export interface KeySigner extends SignerTerms {
  readonly kind: "key";
  readonly key: PolicyFile | { readonly pem: string; readonly place: Place };
}

/** An exception, for one rule and exactly these bytes. */
export interface Waiver {
  readonly place: Place;
  readonly rule: RuleName;
  /** `sha256:` and hex. */
  readonly manifest: string;
  readonly reason: string;
  /** The last day, YYYY-MM-DD, UTC. */
  readonly expires: string;
  /** Not proven: a person who can write the policy can write them. */
  readonly approvedBy: readonly string[];
  readonly issued: string | undefined;
  readonly ticket: string | undefined;
  /** The one advisory that is waived; only for that rule. */
  readonly advisory: string | undefined;
}
