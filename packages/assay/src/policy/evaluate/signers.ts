import type { RuleFinding } from "../decision.ts";
import { isUnavailable, type Facts, type SignatureFacts, type SignerCheck } from "../facts.ts";
import type { PolicySigner } from "../policy.ts";
import { endOfDay, startOfDay } from "../read/values.ts";
import { firstOf } from "./first-of.ts";

/** Whether one of these signers signed these bytes, in its time. `checks` has one result for each signer. */
export function evaluateSigners(
  { signature }: Facts,
  scope: "always" | "entry",
  signers: readonly PolicySigner[],
  time: Date,
): RuleFinding {
  if (isUnavailable(signature)) return { outcome: "unknown", code: "SIGNER_UNKNOWN", message: signature.unavailable };
  if (!signature.isSigned) return { outcome: "fail", code: "SIGNER_UNSIGNED", message: "the model has no signature" };
  const fitting = fittingSigner(signature, scope, signers, time);
  if (fitting === undefined) return notFitting(signature[scope], signers, time);
  if (signature.changed.length > 0) {
    const names = signature.changed.toSorted();
    return { outcome: "fail", code: "BYTES_DIFFER", message: `${firstOf(names)}: not the bytes that were signed`, names };
  }
  return { outcome: "pass", message: `signed by ${nameOf(fitting.signer, fitting.index)}` };
}

/** The first signer of the policy that signed, in its time; undefined for none. */
export function fittingSigner(
  signature: SignatureFacts,
  scope: "always" | "entry",
  signers: readonly PolicySigner[],
  time: Date,
): { readonly signer: PolicySigner; readonly check: SignerCheck; readonly index: number } | undefined {
  for (const [index, signer] of signers.entries()) {
    const check = signature[scope][index];
    if (check?.outcome === "fits" && isInTime(signer, check, time)) return { signer, check, index };
  }
  return undefined;
}

/** The window is compared with the proven time of the signature, and with the time of the decision where none is proven. */
function isInTime({ validFrom, validUntil }: PolicySigner, { provenTime }: SignerCheck, time: Date): boolean {
  const at = provenTime === undefined ? time.getTime() : Date.parse(provenTime);
  if (Number.isNaN(at)) return false;
  return (validFrom === undefined || at >= startOfDay(validFrom)) && (validUntil === undefined || at < endOfDay(validUntil));
}

function notFitting(checks: readonly SignerCheck[], signers: readonly PolicySigner[], time: Date): RuleFinding {
  const reasons = signers.map((signer, index) => {
    const check = checks[index];
    const name = nameOf(signer, index);
    if (check === undefined) return `${name}: not checked`;
    if (check.outcome !== "fits") return `${name}: ${check.why ?? "did not sign"}`;
    return `${name}: ${check.provenTime ?? time.toISOString()} is outside of the time for which it is trusted`;
  });
  const message = `no signer of the policy signed it: ${reasons.join("; ")}`;
  if (checks.length < signers.length || checks.some(({ outcome }) => outcome === "unknown")) {
    return { outcome: "unknown", code: "SIGNER_UNKNOWN", message };
  }
  const code = checks.some(({ outcome }) => outcome === "fits") ? "SIGNER_WINDOW" : "SIGNER_NONE_FITS";
  return { outcome: "fail", code, message };
}

function nameOf(signer: PolicySigner, index: number): string {
  if (signer.label !== undefined) return signer.label;
  if (signer.kind === "sigstore") return signer.identity.text;
  return `signer ${index + 1} (${signer.kind})`;
}
