import * as v from "valibot";
import { COMPONENTS } from "../../../openness/components.ts";
import { count, described, documentFields, flag, part, sha256, text, texts, time } from "./values.ts";

// What a decision rests on, recorded: `policy test` and `policy diff` decide by it. Read by policy/record/read-facts.ts.

const unavailable = described(v.object({ unavailable: text }), "It could not be established, and why.");
const outcome = v.picklist(["data-only", "code", "unknown", "invalid"]);

const signer = v.union([
  v.object({ method: v.literal("key"), fingerprint: described(text, "SHA-256 of the public key, hex.") }),
  v.object({ method: v.literal("certificate"), subject: text, root: described(text, "SHA-256 of the root, hex.") }),
  v.object({ method: v.literal("sigstore"), identity: text, issuer: text }),
]);

export const signerFact = described(
  v.object({
    of: described(text, "The signer of the policy that was asked about."),
    outcome: v.picklist(["fits", "does-not-fit", "unknown"]),
    why: described(v.nullable(text), "Why not, or what is unknown."),
    signer: described(v.nullable(signer), "Who signed."),
    provenTime: described(v.nullable(part(time, "When it signed.")), "Null where nothing proves it."),
  }),
  "Whether a signer of the policy signed.",
);

export const pinnedFact = described(
  v.object({
    manifest: sha256,
    signer: v.nullable(signer),
    revision: v.nullable(text),
    signedAt: v.nullable(time),
    decision: v.picklist(["allow", "deny", "incomplete"]),
    policy: text,
    pinned: time,
  }),
  "What the lock file says of a model.",
);

const grade = v.object({
  class: v.nullable(v.picklist([1, 2, 3])),
  open: described(v.array(v.picklist(COMPONENTS.map(({ name }) => name))), "Components under an open license."),
});

export const facts = described(
  v.object({
    ...documentFields("facts"),
    at: part(time, "The moment of the check."),
    model: v.object({ name: text, reference: text, manifestDigest: sha256 }),
    signature: v.union([
      v.object({
        isSigned: flag,
        changed: described(texts, "Signed files that differ or are missing."),
        always: v.array(part(signerFact, "One signer.")),
        entry: v.array(part(signerFact, "One signer.")),
      }),
      unavailable,
    ]),
    uncovered: described(
      v.union([v.array(v.object({ name: text, isLoaded: flag })), unavailable]),
      "Files that are not under the signature.",
    ),
    lock: v.union([
      v.object({
        models: described(v.nullable(v.record(text, part(pinnedFact, "One model."))), "By name; null where the lock file is missing."),
      }),
      unavailable,
    ]),
    load: v.union([
      v.object({
        outcome,
        findings: v.array(
          v.object({
            reason: text,
            outcome: v.picklist(["code", "unknown", "invalid"]),
            file: text,
            what: text,
            offset: v.nullable(count),
            name: v.nullable(text),
          }),
        ),
      }),
      unavailable,
    ]),
    weights: v.union([v.array(v.object({ name: text, format: v.nullable(text), memoryBytes: v.nullable(count) })), unavailable]),
    totalBytes: v.union([count, unavailable]),
    license: v.union([v.object({ found: v.nullable(text), claimed: v.nullable(text), hasUnknownText: flag }), unavailable]),
    openness: v.union([v.object({ found: grade, claimed: grade }), unavailable]),
    digests: v.union([v.picklist(["computed", "attested"]), unavailable]),
    advisories: v.union([
      v.object({
        sources: v.array(v.object({ path: text, generated: v.nullable(text), problem: v.nullable(text) })),
        hits: v.array(v.object({ id: text, summary: text })),
        undecided: texts,
      }),
      unavailable,
    ]),
  }),
  "The facts that a decision rests on. A check is never made from them: they are for testing a policy.",
);
