import * as v from "valibot";
import { error, source, warnings } from "./common-parts.ts";
import { described, documentFields, flag, hex256, part, sha256, text, texts, time } from "./values.ts";

const decision = v.picklist(["allow", "deny", "incomplete"]);

export const lockEntry = described(
  v.object({
    manifest: part(sha256, "Over names and digests of all files."),
    signer: described(
      v.nullable(
        v.variant("method", [
          v.object({ method: v.literal("key"), fingerprint: part(hex256, "Of the key (SPKI).") }),
          v.object({ method: v.literal("certificate"), subject: text, root: part(hex256, "Fingerprint of the root certificate.") }),
          v.object({ method: v.literal("sigstore"), identity: text, issuer: text }),
        ]),
      ),
      "Null pins the bytes alone.",
    ),
    revision: v.nullable(text),
    signedAt: described(v.nullable(time), "Null where nothing proves it."),
    decision,
    policy: part(sha256, "Of the policy's bytes."),
    pinned: part(time, "When it was recorded."),
  }),
  "An entry of a lock file.",
);

export const pinnedModel = described(
  v.object({
    path: described(text, "Absolute, or the pinned reference."),
    source: described(v.nullable(source), "Null for a model on this machine."),
    name: described(text, "As in the lock file."),
    decision: described(decision, "With this pin as the pin that a rule may require."),
    decidedBy: described(v.nullable(v.object({ rule: v.nullable(text), scope: text, code: text })), "As in the answer of `assay check`."),
    before: described(v.nullable(lockEntry), "What the lock file says of this name; null where it says nothing."),
    entry: described(v.nullable(lockEntry), "What is recorded, or would be; null where the model could not be read."),
    changes: v.array(
      v.object({
        kind: described(
          v.picklist(["new", "bytes", "replaced", "older", "time-unknown", "signer", "unsigned", "signer-added", "decision", "policy"]),
          "replaced: other bytes under the same commit or digest. older: signed before what was pinned.",
        ),
        message: text,
        suspicious: described(flag, "Whether it is recorded only by force."),
      }),
    ),
    refused: described(v.nullable(v.picklist(["decision", "change", "unreadable"])), "Why it is recorded only by force, or not at all."),
    error: described(v.nullable(part(error, "Why.")), "Why the model could not be read."),
  }),
  "A model, and its pin.",
);

export const pin = described(
  v.object({
    ...documentFields("pin"),
    exitCode: described(
      v.picklist([0, 1, 3]),
      "0: recorded, or as recorded. 1: refused, or compared and not as recorded. 3: a decision or a model could not be told.",
    ),
    lock: described(text, "Absolute path of the lock file."),
    written: described(flag, "False where nothing changes, where a model is refused, and where it is only compared."),
    compared: described(flag, "Whether it was only compared."),
    models: v.array(pinnedModel),
    vanished: described(texts, "Names of the lock file that none of the models has; only where it is compared."),
    warnings,
  }),
  "What `assay pin` recorded, or would.",
);
