import type { AssayError } from "../../../core/error.ts";
import type { EvidenceVerification } from "../../../api/evidence/verify-evidence.ts";
import { displayPath } from "../../inputs/places.ts";
import { adviceLines } from "../../text/advice.ts";
import { escapeName, escapeText } from "../../text/escape.ts";
import { evidenceRows } from "../../text/evidence.ts";
import { signerDetails, signerPhrase } from "../../text/names.ts";
import { answer, row, text, type Block, type Report } from "../../text/report.ts";
import { minute } from "../../text/times.ts";

interface Asked {
  /** As they were typed. */
  readonly file: string;
  readonly model: string | undefined;
  readonly cwd: string;
  readonly isVerbose: boolean;
}

/** Whether the evidence is a yes, what it says, and by whose word. */
export function evidenceReport(verification: EvidenceVerification, asked: Asked): Report {
  const { outcome, error, evidence, signer } = verification;
  if (error !== undefined) {
    const [mark, lead] = outcome === "failed" ? (["no", "Not verified"] as const) : (["unsure", "Could not tell"] as const);
    return [
      answer(mark, lead, escapeText(error.message)),
      row("evidence", escapeName(displayPath(verification.file, asked.cwd))),
      ...factRows(verification, asked),
      ...adviceLines(error),
      ...(isOtherFile(error, verification.file) ? [text("The signed statements are the files NAME.sigstore.json beside it")] : []),
    ];
  }
  const name = asked.model ?? evidence?.modelName ?? "";
  const by = signer === undefined ? "" : `, by ${signerPhrase(signer)}`;
  const chosen = evidence?.at === undefined ? "" : `, for ${minute(evidence.at)} and not for the time of the check`;
  return [
    // A check for a chosen time says nothing of the time at which it was made.
    answer(evidence?.at === undefined ? "yes" : "partly", "Verified", `the policy allows ${escapeName(name)}${by}${chosen}`),
    ...factRows(verification, asked),
  ];
}

/** The files for people and other tools are in the same folder, and prove nothing. */
function isOtherFile({ code }: AssayError, file: string): boolean {
  return code.startsWith("BUNDLE_") && !file.endsWith(".sigstore.json");
}

function factRows({ outcome, evidence, signer, proof, model }: EvidenceVerification, { isVerbose, model: asked }: Asked): Block[] {
  return [
    ...(evidence === undefined
      ? []
      : [
          row("model", `${escapeName(evidence.modelName)}, ${evidence.manifestDigest}`),
          row("resource", escapeName(evidence.resourceUri)),
          row("policy", `${escapeName(evidence.policy.uri)}, ${evidence.policy.digest}`),
          row("verifier", escapeName(evidence.verifierId)),
          row("checked", minute(evidence.time)),
          ...(evidence.at === undefined ? [] : [row("checked for", `${minute(evidence.at)}, which was chosen with --at`)]),
        ]),
    ...(signer === undefined ? [] : [row("signer", signerDetails(signer)), ...evidenceRows(proof?.evidence, signer, isVerbose)]),
    ...(outcome === "verified" && asked === undefined ? [text("→ no model was compared: name it to see that it is this one")] : []),
    ...(model === undefined || evidence === undefined || model.manifestDigest !== evidence.manifestDigest
      ? []
      : [row("compared", `${escapeName(asked ?? "")} is this model, byte for byte`)]),
  ];
}
