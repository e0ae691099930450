import { groupDigits, formatSize, plural } from "../../../assay/src/core/sizes.ts";
import type { AssayError } from "../../../assay/src/core/error.ts";
import { visibleText } from "../../../assay/src/core/visible-text.ts";
import type { SignerIdentity } from "../../../assay/src/trust/envelope.ts";
import type { Failed, Verification, Verified } from "../../../assay/src/verdict/verification.ts";
import type { Tone } from "../view/verdict.tsx";

/** An answer in words. */
export interface Headline {
  readonly tone: Tone;
  readonly word: string;
  readonly sentence: string;
}

/** The answer as the command words it. */
export function headlineOf(verification: Verification): Headline {
  switch (verification.outcome) {
    case "verified":
      return verifiedHeadline(verification);
    case "failed":
      return { tone: "bad", word: "Not verified", sentence: failedSentence(verification) };
    case "incomplete":
      return { tone: "unknown", word: "Could not tell", sentence: reason(verification.error) };
  }
}

function verifiedHeadline({ verifiedModel, signer }: Verified): Headline {
  const { matchedFiles, matchedBytes, notCovered, unsigned } = verifiedModel;
  const outside = unsigned.length + notCovered.reduce((sum, { fileCount }) => sum + fileCount, 0);
  const size = formatSize(matchedBytes);
  const by = `the bytes signed by ${signerPhrase(signer)}`;
  if (outside === 0) {
    const files = matchedFiles === 1 ? `The file (${size}) is` : `All ${plural(matchedFiles, "file")} (${size}) are`;
    return { tone: "good", word: "Verified", sentence: `${files} ${by}.` };
  }
  const files = `${groupDigits(matchedFiles)} of ${plural(matchedFiles + outside, "file")} (${size})`;
  return { tone: "partly", word: "Verified in part", sentence: `${files} are ${by}; ${groupDigits(outside)} not covered.` };
}

function failedSentence({ differences, manifest, matchedFiles, error }: Failed): string {
  if (differences.length === 0) return reason(error);
  const signed = manifest?.files.size ?? 0;
  const extra = differences.filter(({ kind }) => kind === "extra").length;
  const wrong = differences.length - extra;
  const [only] = differences;
  const name = differences.length === 1 && only !== undefined ? `: ${visibleText(only.name)}` : "";
  const notSigned = `${plural(extra, "file")} ${extra === 1 ? "is" : "are"} not signed`;
  if (wrong === 0) {
    const rest = matchedFiles === signed ? `; the ${plural(signed, "signed file")} ${signed === 1 ? "is" : "are"} unchanged` : "";
    return `${notSigned}${name}${rest}.`;
  }
  const changed = `${groupDigits(wrong)} of ${plural(signed, "file")} ${wrong === 1 ? "is" : "are"} not what was signed${name}`;
  return `${changed}${extra > 0 ? `, and ${notSigned}` : ""}.`;
}

/** An error's message as a sentence. */
function reason({ message }: AssayError): string {
  const text = visibleText(message);
  return `${/^[a-z]+ /.test(text) ? text.slice(0, 1).toUpperCase() + text.slice(1) : text}.`;
}

/** Who signed, in a few words. */
export function signerPhrase(signer: SignerIdentity): string {
  switch (signer.method) {
    case "key":
      return `the key ${signer.fingerprint.slice(0, 12)}`;
    case "certificate":
      return visibleText(signer.subject);
    case "sigstore":
      return visibleText(signer.identity);
  }
}
