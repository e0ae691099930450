import * as v from "valibot";
import { error, signatureSource, source, warnings } from "./common-parts.ts";
import { evidence, revocation, signer } from "./signer-parts.ts";
import { count, described, documentFields, flag, part, positive, sha256, text, texts, time } from "./values.ts";

const rule = v.picklist(["signers", "coverage", "pin", "load", "formats", "size", "license", "openness", "digests", "advisories"]);
const scope = v.picklist(["always", "entry"]);
const decision = v.picklist(["allow", "deny", "incomplete"]);

export const ruleResult = described(
  v.object({
    rule,
    scope: described(scope, "always: the part of the policy that holds for every model. entry: the entry that matched."),
    line: described(positive, "Of the rule in the policy."),
    column: positive,
    outcome: v.picklist(["pass", "deny", "warn", "unknown", "waived"]),
    onFail: v.picklist(["deny", "warn"]),
    code: described(v.nullable(text), "Stable; null where the rule passes."),
    message: described(text, "For people; it may change."),
    names: described(texts, "The files, components or advisories that show it, sorted."),
    fact: described(v.record(text, v.unknown()), "What the rule was decided by; its fields depend on the rule."),
    remedy: described(v.nullable(v.object({ code: text, text })), "What settles it; null where the rule passes."),
    waiver: described(v.nullable(count), "The place in `waivers` of the one that applies."),
  }),
  "A rule of the policy, and what it comes to for this model.",
);

export const waiverUse = described(
  v.object({
    index: count,
    rule,
    advisory: v.nullable(text),
    expires: described(text, "The last day, YYYY-MM-DD."),
    reason: described(text, "As the policy says."),
    approvedBy: described(texts, "As the policy says."),
    state: described(
      v.picklist(["used", "unused", "expired", "other-model"]),
      "used: a rule does not pass, and is waived. other-model: it is for other bytes.",
    ),
  }),
  "A waiver of the policy, and what became of it.",
);

export const decidedBy = described(
  v.object({
    rule: described(v.nullable(rule), "Null where no rule decided."),
    scope: v.picklist(["always", "entry", "policy"]),
    code: text,
  }),
  "What a decision comes from.",
);

export const decidedModel = described(
  v.object({
    path: described(v.nullable(text), "Absolute, or the pinned reference; null where paths are left out."),
    source: described(v.nullable(source), "Null for a model on this machine."),
    name: text,
    reference: described(v.nullable(text), "As the caller gave it or where it was read, without revision; null for a path alone."),
    revision: v.nullable(text),
    purl: v.nullable(text),
    manifestDigest: described(
      v.nullable(sha256),
      "Over names and digests of all files: the bytes that were decided about. Null where they could not be read.",
    ),
    rootDigest: v.nullable(sha256),
    files: v.nullable(count),
    totalBytes: v.nullable(count),
  }),
  "The model that a decision is about.",
);

export const decidedSignature = described(
  v.object({
    source: v.nullable(signatureSource),
    signer: described(v.nullable(part(signer, "Who signed.")), "Null where no signer of the policy did."),
    signedAt: described(v.nullable(v.object({ time, source: v.picklist(["timestamp", "log"]) })), "Null where nothing proves the time."),
    manifestDigest: described(v.nullable(sha256), "Of what was signed."),
    notCovered: described(texts, "Files of the model that are not under the signature."),
    changed: described(texts, "Signed files that are missing or have other bytes."),
  }),
  "The signature of the model, beside its files.",
);

export const decidingPolicy = described(
  v.object({
    path: described(v.nullable(text), "Absolute; null where paths are left out."),
    name: text,
    uri: described(text, "What evidence calls the policy."),
    version: v.literal(1),
    digest: part(sha256, "Of the policy's bytes."),
    files: described(
      v.array(v.object({ name: text, digest: part(sha256, "Of the file.") })),
      "What the policy names; with `digest`, the same policy.",
    ),
    entry: described(v.nullable(v.object({ id: text, line: positive, column: positive })), "The entry that matched; null where none did."),
    denied: described(v.nullable(text), "Why an entry with deny denies."),
  }),
  "The policy that a decision is made by.",
);

export const writtenEvidence = described(
  v.object({
    folder: described(v.nullable(text), "Absolute; null where paths are left out."),
    files: v.array(v.object({ name: text, digest: part(sha256, "Of the file."), signed: flag })),
  }),
  "The evidence that was written beside a decision.",
);

const checked = {
  decision: described(decision, "allow: it may be used. deny: it may not. incomplete: could not tell."),
  decidedBy: described(
    v.nullable(part(decidedBy, "The rule.")),
    "The first rule that denies, else the first that could not be told; null for allow, and where the model could not be read.",
  ),
  at: part(time, "The moment that certificates, windows, waivers and ages were compared with."),
  model: part(decidedModel, "What was decided about."),
  signature: described(
    v.nullable(part(decidedSignature, "Whose it is.")),
    "Null where no rule asks about signatures, and where the model has none.",
  ),
  policy: part(decidingPolicy, "What decided."),
  rules: v.array(part(ruleResult, "In the order of evaluation, always first.")),
  waivers: v.array(part(waiverUse, "In the order of the policy.")),
  advisories: described(v.array(v.object({ id: text, summary: text })), "Those about this model."),
  evidence: described(v.nullable(part(writtenEvidence, "The files.")), "Null where none was asked for."),
  counts: v.object({ pass: count, deny: count, warn: count, unknown: count, waived: count }),
  error: described(v.nullable(part(error, "Why.")), "Why the model could not be read; null where it could."),
  warnings,
} as const;

export const check = described(
  v.object({ ...documentFields("check"), exitCode: v.picklist([0, 1, 3]), ...checked }),
  "The answer of `assay check` for one model.",
);

export const checks = described(
  v.object({
    ...documentFields("checks"),
    decision: described(decision, "deny where a model is denied, else incomplete where one is, else allow."),
    exitCode: v.picklist([0, 1, 3]),
    models: described(v.array(check), "In the order in which they were given."),
  }),
  "The answer of `assay check` for several models.",
);

export const verifyEvidence = described(
  v.object({
    ...documentFields("verify-evidence"),
    outcome: described(v.picklist(["verified", "failed", "incomplete"]), "Only verified is a yes: the policy allows the model."),
    exitCode: v.picklist([0, 1, 3]),
    file: described(text, "Absolute path of the evidence."),
    statement: described(
      v.nullable(
        v.object({
          kind: v.picklist(["verification-summary", "simple-verification-result", "openness", "load-risk"]),
          predicateType: text,
          modelName: text,
          manifestDigest: part(sha256, "Of the model that was decided about."),
          verifierId: text,
          time: part(time, "When the model was checked, by the verifier's clock."),
          at: described(
            v.nullable(part(time, "The moment.")),
            "The moment that it was checked for, where it was chosen; null for the clock's.",
          ),
          resourceUri: text,
          policy: v.object({
            uri: text,
            digest: part(sha256, "Of the policy's bytes."),
            files: v.array(part(sha256, "Of a file that it names.")),
          }),
          result: v.picklist(["PASSED", "FAILED"]),
          decision,
          decidedBy: described(v.nullable(text), "The code that decided; null for allow."),
        }),
      ),
      "What the evidence says. Null where no trusted signature proves it.",
    ),
    signer: v.nullable(part(signer, "Who signed.")),
    verifiedAt: described(
      v.nullable(v.object({ time, source: v.picklist(["clock", "timestamp", "log"]) })),
      "The time at which certificates were evaluated.",
    ),
    evidence: described(v.nullable(part(evidence, "What was proven.")), "What logs and timestamp authorities prove of the signature."),
    revocation: v.nullable(part(revocation, "What lists say.")),
    model: described(
      v.nullable(v.object({ path: text, source: v.nullable(source), manifestDigest: part(sha256, "Of its files.") })),
      "The model that it was compared with; null where none was named, or that was not reached.",
    ),
    error: described(v.nullable(part(error, "Why not.")), "Null for verified."),
    warnings,
  }),
  "The answer of `assay verify evidence`.",
);
