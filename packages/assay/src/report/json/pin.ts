import type { PinnedModel, Pinning } from "../../api/pin.ts";
import type { LockedModel } from "../../policy/lock.ts";
import type { LockEntryPart, PinDocument, PinnedModelPart } from "./documents.ts";
import { head } from "./head.ts";
import { errorPart, orNull, sourcePart, warningParts, type HintOf } from "./parts.ts";

/** The document of a lock file that was written or compared: schemas/pin.v1.json. */
export function pinDocument(pinning: Pinning, hintOf?: HintOf): PinDocument {
  const { lock, isWritten, isCompared, models, vanished, warnings } = pinning;
  return {
    ...head("pin"),
    exitCode: exitCodeOf(pinning),
    lock,
    written: isWritten,
    compared: isCompared,
    models: models.map((model) => modelPart(model, hintOf)),
    vanished,
    warnings: warningParts(warnings),
  };
}

function exitCodeOf({ models, vanished, isCompared, isForced }: Pinning): PinDocument["exitCode"] {
  const isDifferent = vanished.length > 0 || models.some(({ changes }) => changes.length > 0);
  if (isCompared && isDifferent) return 1;
  const refused = models.filter(({ refused: why }) => why === "unreadable" || (why !== undefined && !isForced));
  if (refused.some(({ refused: why, decision }) => why === "change" || decision.decision === "deny")) return 1;
  return refused.length > 0 ? 3 : 0;
}

function modelPart({ name, check, decision, before, entry, changes, refused }: PinnedModel, hintOf: HintOf | undefined): PinnedModelPart {
  return {
    path: check.model,
    source: sourcePart(check.source),
    name,
    decision: decision.decision,
    decidedBy: decision.decidedBy,
    before: orNull(before, entryPart),
    entry: orNull(entry, entryPart),
    changes: changes.map(({ kind, message, isSuspicious }) => ({ kind, message, suspicious: isSuspicious })),
    refused: refused ?? null,
    error: orNull(check.error, (error) => errorPart(error, hintOf)),
  };
}

function entryPart({ manifest, signer, revision, signedAt, decision, policy, pinned }: LockedModel): LockEntryPart {
  return { manifest, signer, revision: revision ?? null, signedAt: signedAt ?? null, decision, policy, pinned };
}
