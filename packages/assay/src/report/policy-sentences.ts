import type {
  CoverageLevel,
  EntryMatch,
  LicenseTerm,
  Policy,
  PolicyEntry,
  PolicyFile,
  PolicySigner,
  RuleEffects,
  RuleName,
  Rules,
  SigstoreSigner,
  Waiver,
} from "../policy/policy.ts";
import { RULE_NAMES } from "../policy/policy.ts";

/** Sentences under one heading. */
export interface PolicySection {
  readonly heading: string;
  readonly sentences: readonly string[];
}

/** A policy in plain sentences, in the order in which it is applied: what denies, what always holds, entry by entry, waivers. */
export function policySentences(policy: Policy): readonly PolicySection[] {
  const { always, entries, waivers } = policy;
  const denying = entries.filter(({ deny }) => deny !== undefined);
  const others = entries.filter(({ deny }) => deny === undefined);
  return [
    ...(denying.length === 0 ? [] : [{ heading: "Denied, whatever else is said", sentences: denying.map(denyingSentence) }]),
    ...(always === undefined ? [] : [{ heading: "Every model", sentences: ruleSentences(always) }]),
    ...others.map((entry, index) => ({
      heading: `${index === 0 ? "" : "Otherwise, "}${index === 0 ? "Models" : "models"} ${matchWords(entry.match)} (${entry.id})`,
      sentences: ruleSentences(entry.rules),
    })),
    { heading: "Any other model", sentences: ["It is denied."] },
    ...(waivers.length === 0 ? [] : [{ heading: "Waivers", sentences: waivers.map(waiverSentence) }]),
  ];
}

function denyingSentence({ match, deny = "", id }: PolicyEntry): string {
  return `Models ${matchWords(match)} (${id}): ${ended(deny)}`;
}

function matchWords({ name, reference, manifest }: EntryMatch): string {
  const conditions = [
    ...(name === undefined ? [] : [`whose name is ${listed(name.map(patternWords), "or")}`]),
    ...(reference === undefined ? [] : [`whose reference is ${listed(reference.map(patternWords), "or")}`]),
    ...(manifest === undefined ? [] : [`with the bytes of ${listed(manifest, "or")}`]),
  ];
  return listed(conditions, "and");
}

function patternWords(pattern: string): string {
  if (pattern === "**") return "anything";
  return /[*?]/.test(pattern) ? `like ${pattern}` : pattern;
}

function ruleSentences(rules: Rules | undefined): readonly string[] {
  if (rules === undefined) return [];
  const sentences = RULE_NAMES.flatMap((name) => {
    const effects = rules[name];
    const words = sentenceOf(name, rules);
    return effects === undefined || words === undefined ? [] : [`${words}${effectWords(effects)}.`];
  });
  if (rules.signers === undefined || rules.coverage !== undefined) return sentences;
  const [first = "", ...rest] = sentences;
  return [first, `${coverageWords("complete")}${effectWords(rules.signers)}.`, ...rest];
}

function sentenceOf(name: RuleName, rules: Rules): string | undefined {
  switch (name) {
    case "signers":
      return rules.signers && `It must be signed, unchanged, by ${listed(rules.signers.anyOf.map(signerWords), "or by")}`;
    case "coverage":
      return rules.coverage && coverageWords(rules.coverage.level);
    case "pin":
      return rules.pin && pinWords(rules.pin.mode);
    case "load":
      return rules.load && loadWords(rules.load.level, rules.load.allow);
    case "formats":
      return rules.formats && `Its weights must be in ${listed(rules.formats.allow, "or")}`;
    case "size":
      return rules.size && sizeWords(rules.size);
    case "license":
      return rules.license && licenseWords(rules.license);
    case "openness":
      return rules.openness && opennessWords(rules.openness);
    case "digests":
      return (
        rules.digests &&
        (rules.digests.level === "computed"
          ? "The digests of its files must be computed from their bytes"
          : "The digests of its files may be those that a hub tells")
      );
    case "advisories":
      return rules.advisories && advisoryWords(rules.advisories);
  }
}

function effectWords({ onFail, onUnknown }: RuleEffects): string {
  const words = [
    ...(onFail === "warn" ? ["otherwise it is only warned of"] : []),
    ...(onUnknown === "deny" ? ["what cannot be told denies"] : []),
    ...(onUnknown === "warn" ? ["what cannot be told is only warned of"] : []),
  ];
  return words.length === 0 ? "" : `; ${words.join(", and ")}`;
}

function signerWords(signer: PolicySigner): string {
  const who = signerIdentity(signer);
  const from = signer.validFrom === undefined ? "" : ` from ${signer.validFrom}`;
  const until = signer.validUntil === undefined ? "" : ` until ${signer.validUntil}`;
  const named = signer.label === undefined ? who : `${signer.label} (${who})`;
  return `${named}${from}${until}`;
}

function signerIdentity(signer: PolicySigner): string {
  switch (signer.kind) {
    case "key":
      return "path" in signer.key ? `the key in ${signer.key.path}` : "the key that is written in the policy";
    case "certificate": {
      const subject = signer.subject ?? (signer.fingerprint === undefined ? "any subject" : `the certificate sha256:${signer.fingerprint}`);
      const usage = signer.usage === "code-signing" ? ", for code signing" : "";
      const revoked = signer.revocationLists.length === 0 ? "" : `, unless ${listed(paths(signer.revocationLists), "or")} revokes it`;
      return `${subject} under ${listed(paths(signer.roots), "or")}${usage}${revoked}`;
    }
    case "sigstore":
      return sigstoreWords(signer);
  }
}

function sigstoreWords({ identity, issuer, trustedRoot }: SigstoreSigner): string {
  const who = identity.kind === "exact" ? identity.text : `an identity that matches ${identity.text}`;
  const by = issuer.kind === "exact" ? issuer.text : `a provider that matches ${issuer.text}`;
  return `${who}, vouched for by ${by}${trustedRoot === undefined ? "" : `, of the instance in ${trustedRoot.path}`}`;
}

function paths(files: readonly PolicyFile[]): readonly string[] {
  return files.map(({ path }) => path);
}

function coverageWords(level: CoverageLevel): string {
  switch (level) {
    case "complete":
      return "Every file must be under that signature";
    case "weights":
      return "Every file that a loader reads as weights or runs must be under that signature";
    case "signed-files":
      return "Files that are not under that signature are accepted";
  }
}

function pinWords(mode: "required" | "if-present"): string {
  return mode === "required"
    ? "The lock file must name exactly these bytes and this signer"
    : "Where the lock file names it, the bytes and the signer must be those";
}

function loadWords(level: "data-only" | "any", allow: readonly string[]): string {
  if (level === "any") return "Loading it may run code";
  return `Loading it must run no code${allow.length === 0 ? "" : `; ${listed(allow, "and")} may be named`}`;
}

function sizeWords({ maxBytes, maxMemory }: NonNullable<Rules["size"]>): string {
  const bounds = [
    ...(maxBytes === undefined ? [] : [`have more than ${counted(maxBytes)}`]),
    ...(maxMemory === undefined ? [] : [`need more than ${counted(maxMemory)} of memory for its weights`]),
  ];
  return `It must not ${listed(bounds, "or")}`;
}

const UNITS = [
  ["TiB", 2 ** 40],
  ["TB", 1e12],
  ["GiB", 2 ** 30],
  ["GB", 1e9],
  ["MiB", 2 ** 20],
  ["MB", 1e6],
  ["KiB", 2 ** 10],
  ["kB", 1e3],
] as const;

/** In the largest unit that says it exactly. */
function counted(bytes: number): string {
  const [unit, factor] = UNITS.find(([, size]) => bytes % size === 0) ?? ["bytes", 1];
  return `${(bytes / factor).toString().replaceAll(/\B(?=(\d{3})+$)/g, ",")} ${unit}`;
}

const CATEGORY_WORDS: Readonly<Record<Extract<LicenseTerm, { kind: "category" }>["category"], string>> = {
  open: "one that is open by the Model Openness Framework",
  osi: "one that the Open Source Initiative approved",
  "non-commercial": "one for non-commercial use only",
  "no-derivatives": "one that forbids to share changed versions",
  "field-of-use": "one for some uses only",
  "user-cap": "one for a limited number of users",
  "no-grant": "one that grants no rights",
  "not-approved": "one that is not approved as open for another reason",
};

function licenseWords({ allow, deny, basis }: NonNullable<Rules["license"]>): string {
  const asked = [
    ...(allow === undefined ? [] : [`must be ${listed(allow.map(termWords), "or")}`]),
    ...(deny === undefined ? [] : [`must not be ${listed(deny.map(termWords), "or")}`]),
  ];
  const basisWords = basis === "claimed" ? ", by its text or, without one, as claimed" : ", by its text";
  return `The license of its weights ${asked.join(", and ")}${basisWords}`;
}

function termWords(term: LicenseTerm): string {
  return term.kind === "license" ? term.id : CATEGORY_WORDS[term.category];
}

const CLASSES = { 1: "I (open science)", 2: "II (open tooling)", 3: "III (open model)" } as const;

function opennessWords({ class: least, components, basis }: NonNullable<Rules["openness"]>): string {
  const asked = [
    ...(least === undefined ? [] : [`reach Class ${CLASSES[least]} of the Model Openness Framework`]),
    ...(components.length === 0 ? [] : [`have its ${listed(components.map(lowerFirst), "and")} under an open license`]),
  ];
  return `It must ${listed(asked, "and")}${basis === "claimed" ? ", as far as claimed" : ""}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function advisoryWords({ from, maxAge }: NonNullable<Rules["advisories"]>): string {
  const where = from.length === 0 ? "of the sources that are given" : `in ${listed(paths(from), "or")}`;
  const hours = (maxAge ?? 0) / (60 * 60 * 1000);
  const age = hours % 24 === 0 ? `${hours / 24} days` : `${hours} hours`;
  return `No advisory ${where} may be about it${maxAge === undefined ? "" : `, and the sources must be at most ${age} old`}`;
}

function waiverSentence({ rule, manifest, reason, expires, approvedBy, issued, ticket, advisory }: Waiver): string {
  const what = advisory === undefined ? `The rule ${rule}` : `The advisory ${advisory}`;
  const given = issued === undefined ? "" : `, given on ${issued}`;
  const recorded = ticket === undefined ? "" : ` (${ticket})`;
  return `${what} is waived for ${manifest} until ${expires}${given}: ${ended(reason)} Approved by ${listed(approvedBy, "and")}${recorded}.`;
}

function ended(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** `a`, `a or b`, `a, b or c`. */
function listed(words: readonly string[], joint: string): string {
  const [last = "", ...before] = words.toReversed();
  return before.length === 0 ? last : `${before.toReversed().join(", ")} ${joint} ${last}`;
}
