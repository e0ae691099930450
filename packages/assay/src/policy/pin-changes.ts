import { isSameSigner, type LockedModel, type SignerRecord } from "./lock.ts";

/** What is of a model now that a pin is about. */
export type PinnedFacts = Pick<LockedModel, "manifest" | "signer" | "revision" | "signedAt">;

/** How a model differs from what was pinned under its name. */
export interface PinChange {
  readonly kind: "new" | "bytes" | "replaced" | "older" | "time-unknown" | "signer" | "unsigned" | "signer-added" | "decision" | "policy";
  /** One line. */
  readonly message: string;
  /** True for what an honest new version does not do: a person has to look at it. */
  readonly isSuspicious: boolean;
}

/** A commit or a digest always names the same bytes; a branch or a tag may move. */
const FIXED_REVISION = /^(?:[0-9a-f]{40}|sha256:[0-9a-f]{64})$/i;

/** Whether other bytes are there under a revision that names the pinned ones. */
export function isReplaced(before: Pick<LockedModel, "manifest" | "revision">, now: Pick<PinnedFacts, "manifest" | "revision">): boolean {
  const { revision } = before;
  return before.manifest !== now.manifest && revision !== undefined && FIXED_REVISION.test(revision) && revision === now.revision;
}

/** Whether this was signed before what was pinned: an old version in the place of a newer one. */
export function isRollback(before: Pick<LockedModel, "manifest" | "signedAt">, now: Pick<PinnedFacts, "manifest" | "signedAt">): boolean {
  if (before.manifest === now.manifest || before.signedAt === undefined || now.signedAt === undefined) return false;
  return Date.parse(now.signedAt) < Date.parse(before.signedAt);
}

/**
 * What changed since a model was pinned; none where it is as it was. Without a pin, one change: it is new. Whether another
 * version is an older one is told by proven times alone.
 */
export function pinChanges(before: LockedModel | undefined, now: LockedModel): readonly PinChange[] {
  if (before === undefined) return [{ kind: "new", message: "was not pinned before", isSuspicious: false }];
  return [bytesChange(before, now), timeChange(before, now), signerChange(before.signer, now.signer), ...termsChanges(before, now)].filter(
    (change) => change !== undefined,
  );
}

function bytesChange(before: LockedModel, now: LockedModel): PinChange | undefined {
  if (before.manifest === now.manifest) return undefined;
  if (isReplaced(before, now)) {
    const message = `other bytes under the revision ${now.revision}, which named ${before.manifest} on ${before.pinned}`;
    return { kind: "replaced", message, isSuspicious: true };
  }
  const revisions = before.revision === now.revision ? "" : ` (revision ${before.revision ?? "unknown"}, now ${now.revision ?? "unknown"})`;
  return {
    kind: "bytes",
    message: `other bytes than ${before.manifest}, which were pinned on ${before.pinned}${revisions}`,
    isSuspicious: false,
  };
}

function timeChange(before: LockedModel, now: LockedModel): PinChange | undefined {
  if (isRollback(before, now)) {
    const message = `an older version: signed on ${now.signedAt}, and the pinned one on ${before.signedAt}`;
    return { kind: "older", message, isSuspicious: true };
  }
  if (before.manifest === now.manifest || before.signedAt === undefined || now.signedAt !== undefined) return undefined;
  const message = `perhaps an older version: no time is proven, and the pinned one was signed on ${before.signedAt}`;
  return { kind: "time-unknown", message, isSuspicious: true };
}

function signerChange(before: SignerRecord | null, now: SignerRecord | null): PinChange | undefined {
  if (before === null) {
    return now === null
      ? undefined
      : { kind: "signer-added", message: `signed by ${recordName(now)}, and pinned by its bytes alone`, isSuspicious: false };
  }
  if (now === null) {
    const message = `not signed by a signer that the policy trusts, and pinned as signed by ${recordName(before)}`;
    return { kind: "unsigned", message, isSuspicious: true };
  }
  if (isSameSigner(before, now)) return undefined;
  return { kind: "signer", message: `signed by ${recordName(now)}, and pinned as signed by ${recordName(before)}`, isSuspicious: true };
}

function termsChanges(before: LockedModel, now: LockedModel): readonly PinChange[] {
  return [
    ...(before.decision === now.decision
      ? []
      : [{ kind: "decision" as const, message: `the decision is ${now.decision}, and was ${before.decision}`, isSuspicious: false }]),
    ...(before.policy === now.policy
      ? []
      : [{ kind: "policy" as const, message: `decided by another policy than on ${before.pinned}`, isSuspicious: false }]),
  ];
}

/** Who signed, in a few words. */
function recordName(signer: SignerRecord): string {
  switch (signer.method) {
    case "key":
      return `the key ${signer.fingerprint.slice(0, 16)}…`;
    case "certificate":
      return `${signer.subject} (root ${signer.root.slice(0, 16)}…)`;
    case "sigstore":
      return `${signer.identity} (${signer.issuer})`;
  }
}
