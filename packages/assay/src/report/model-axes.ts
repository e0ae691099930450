import type { Check } from "../api/check.ts";
import type { SignerIdentity } from "../trust/envelope.ts";
import type { Restriction } from "../openness/license.ts";
import { isUnavailable } from "../policy/facts.ts";
import { plural } from "../core/sizes.ts";
import { CLASS_NAMES, isOpenStatus, NO_CLASS, shownLicense } from "./openness-words.ts";

/** One of the questions about a model, answered by itself: nothing adds the answers up. */
export interface ModelAxis {
  readonly title: "Signer" | "Load risk" | "License" | "Openness";
  /** How the answer reads; a policy says what it comes to. */
  readonly tone: "good" | "bad" | "notable" | "unknown";
  /** A few words. */
  readonly lead: string;
  readonly detail: string;
}

/** Signer, load risk, license and openness of a model, as they were established. */
export function modelAxes(check: Check): readonly ModelAxis[] {
  return [signerAxis(check), loadAxis(check), licenseAxis(check), opennessAxis(check)];
}

export function signerAxis({ decision, signers, facts, digested }: Check): ModelAxis {
  const axis = { title: "Signer" } as const;
  if (digested === undefined) return { ...axis, ...NOT_READ };
  const rules = decision.rules.filter(({ rule }) => rule === "signers");
  const proof = signers?.proof;
  if (rules.length === 0 || facts === undefined) {
    return { ...axis, tone: "unknown", lead: "Not verified", detail: "The policy names no signer for this model, so no signature counts." };
  }
  // A rule that does not pass has a code, also where it is waived or only warns: that a signature verifies is then not enough.
  const failed = rules.find(({ code }) => code !== null);
  if (failed !== undefined || proof === undefined || isUnavailable(facts.signature) || isUnavailable(facts.uncovered)) {
    const { code = "SIGNER_UNKNOWN", message = "" } = failed ?? {};
    return {
      ...axis,
      tone: code === "SIGNER_UNKNOWN" ? "unknown" : "bad",
      lead: SIGNER_WORDS[code ?? ""] ?? "Not by a trusted signer",
      detail: sentence(message),
    };
  }
  const when =
    proof.provenTime === undefined
      ? "at a time that is not proven"
      : `on ${proof.provenTime.slice(0, 10)}, proven by a ${proof.timeSource}`;
  const by = `By ${signerWords(proof.signer)}, ${when}.`;
  const uncovered = facts.uncovered.length;
  if (uncovered > 0) {
    return { ...axis, tone: "notable", lead: "Verified in part", detail: `${by} ${plural(uncovered, "file")} not under the signature.` };
  }
  return { ...axis, tone: "good", lead: "Verified", detail: `${by} Every file is as it was signed.` };
}

const SIGNER_WORDS: Readonly<Record<string, string>> = {
  SIGNER_UNKNOWN: "Unknown",
  SIGNER_UNSIGNED: "Unsigned",
  SIGNER_WINDOW: "Signed at another time",
  BYTES_DIFFER: "Bytes differ",
};

/** Who signed, in the middle of a sentence. */
function signerWords(signer: SignerIdentity): string {
  switch (signer.method) {
    case "key":
      return `the key ${signer.fingerprint.slice(0, 16)}…`;
    case "certificate":
      return signer.subject;
    case "sigstore":
      return `${signer.identity}, vouched for by ${signer.identityProvider}`;
  }
}

const LOAD_WORDS = {
  "data-only": ["good", "Data only", "Loading it runs no code."],
  code: ["bad", "Runs code", "Loading it runs or names code."],
  unknown: ["unknown", "Unknown", "Not everything in it is understood."],
  invalid: ["bad", "Invalid", "A file is not a whole file of its format."],
} as const;

function loadAxis({ scan }: Check): ModelAxis {
  const axis = { title: "Load risk" } as const;
  if (scan === undefined) return { ...axis, ...NOT_READ };
  const [tone, lead, meaning] = LOAD_WORDS[scan.risk.outcome];
  const bad = scan.risk.files.filter(({ outcome }) => outcome !== "data-only");
  const [first] = bad;
  const which = first === undefined ? "" : ` ${first.file}${bad.length > 1 ? ` and ${bad.length - 1} more` : ""}.`;
  return { ...axis, tone, lead, detail: `${meaning}${which}` };
}

const MADE_NAME = /^LicenseRef-(?:unknown-text|no-license)/;

function licenseAxis(check: Check): ModelAxis {
  const { facts, digested, inspection } = check;
  const axis = { title: "License" } as const;
  if (digested === undefined || facts === undefined) return { ...axis, ...NOT_READ };
  if (isUnavailable(facts.license)) return { ...axis, tone: "unknown", lead: "Not read", detail: facts.license.unavailable };
  const { found, claimed, hasUnknownText } = facts.license;
  // The name of a text that is not known is made for mof.yml: the model claims no license by it.
  const name = found ?? (claimed !== undefined && MADE_NAME.test(claimed) ? undefined : claimed);
  if (name === undefined) {
    return hasUnknownText
      ? { ...axis, tone: "unknown", lead: "Unknown text", detail: "A text is there that matches no known license." }
      : { ...axis, tone: "bad", lead: "None", detail: "Neither a license text nor a statement was found." };
  }
  const restriction = weightsRestriction(check);
  const isExact = (inspection?.findings.licenseFiles ?? []).some(({ text }) => text.kind === "exact" && text.ids.includes(name));
  const byText = isExact ? "By its text, word for word." : "By texts in the model.";
  const basis = found === undefined ? "Claimed by the model's own files; no text was recognized." : byText;
  const more = `${hasUnknownText ? " A text that matches no known license is there too." : ""}${restriction ? ` ${sentence(restriction.reason)}` : ""}`;
  const isGood = found !== undefined && !hasUnknownText && restriction === undefined && isOpenLicense(check, name);
  const tone = isGood ? "good" : "notable";
  return { ...axis, tone, lead: shownLicense(name), detail: `${basis}${more}` };
}

/** Whether its text, or the license that its files claim for the weights, is open. */
export function isOpenLicense({ inspection }: Check, name: string): boolean {
  const texts = inspection?.findings.licenseFiles ?? [];
  if (texts.some(({ isOpen, text }) => isOpen && text.kind === "exact" && text.ids.includes(name))) return true;
  const parts = [inspection?.asFound, inspection?.ifClaimsHold].flatMap((answer) => answer?.evaluation.components ?? []);
  return parts.some((part) => part.name.startsWith("Model parameters") && isOpenStatus(part.status));
}

/** Why the license of the weights is not open; undefined for an open one, and where that is not known. */
export function weightsRestriction({ inspection }: Check): Restriction | undefined {
  const answers = [inspection?.asFound, inspection?.ifClaimsHold].flatMap((answer) => answer?.evaluation.components ?? []);
  return answers.find(({ name, restriction }) => name.startsWith("Model parameters") && restriction !== null)?.restriction ?? undefined;
}

function opennessAxis({ inspection, digested }: Check): ModelAxis {
  const axis = { title: "Openness" } as const;
  if (digested === undefined) return { ...axis, ...NOT_READ };
  if (inspection === undefined) return { ...axis, tone: "unknown", lead: "Not read", detail: "No rule of the policy asks for it." };
  const [found, claimed] = [inspection.asFound.evaluation.class, inspection.ifClaimsHold.evaluation.class];
  const open = inspection.asFound.evaluation.components.filter(({ status }) => status === "included" || status === "optional").length;
  const claims =
    claimed === found ? "" : ` If everything that its files claim is true: ${claimed === null ? NO_CLASS : CLASS_NAMES[claimed]}.`;
  const detail = `${plural(open, "component")} found under an open license.${claims}`;
  return { ...axis, tone: found === null ? "notable" : "good", lead: found === null ? "No class" : CLASS_NAMES[found], detail };
}

const NOT_READ = { tone: "unknown", lead: "Unknown", detail: "The model could not be read." } as const;

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
