import type { RuleFinding } from "../decision.ts";
import { isUnavailable, type Facts, type SignerCheck } from "../facts.ts";
import { isSameSigner } from "../lock.ts";
import { isReplaced, isRollback } from "../pin-changes.ts";

/** Whether the lock file names exactly this model. `signed`: by whom it is signed, as far as the policy trusts the signer. */
export function evaluatePin(
  { lock, model, signature }: Facts,
  mode: "required" | "if-present",
  signed: SignerCheck | undefined,
): RuleFinding {
  if (isUnavailable(lock)) return { outcome: "unknown", code: "PIN_UNKNOWN", message: lock.unavailable };
  const pinned = lock.lock?.models.get(model.name);
  if (pinned === undefined) {
    const what = lock.lock === undefined ? "the lock file is missing" : `the lock file does not name ${model.name}`;
    return mode === "required" ? { outcome: "fail", code: "PIN_MISSING", message: what } : { outcome: "pass", message: what };
  }
  if (pinned.manifest !== model.manifestDigest) {
    const now = { manifest: model.manifestDigest, revision: model.revision, signedAt: signed?.provenTime };
    if (isRollback(pinned, now)) {
      return {
        outcome: "fail",
        code: "PIN_ROLLBACK",
        message: `signed on ${now.signedAt}, before the pinned version of ${pinned.signedAt}`,
      };
    }
    const under = isReplaced(pinned, now) ? `, under the same revision ${pinned.revision}` : "";
    return { outcome: "fail", code: "PIN_BYTES", message: `the bytes are not those that were pinned on ${pinned.pinned}${under}` };
  }
  if (pinned.signer === null) return { outcome: "pass", message: "the pinned bytes" };
  if (isUnavailable(signature)) return { outcome: "unknown", code: "PIN_UNKNOWN", message: signature.unavailable };
  if (signed?.signer !== undefined && isSameSigner(signed.signer, pinned.signer))
    return { outcome: "pass", message: "the pinned bytes and signer" };
  const message =
    signed === undefined
      ? "pinned with a signer, and no signer that the policy trusts signed it"
      : "signed by another than the pinned signer";
  return { outcome: "fail", code: "PIN_SIGNER", message };
}
