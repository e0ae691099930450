import * as v from "valibot";
import { source, warnings } from "./common-parts.ts";
import { opennessClass } from "./openness-parts.ts";
import { count, described, documentFields, part, sha256, text, texts } from "./values.ts";

const answer = v.object({
  answer: v.picklist(["yes", "in part", "no", "unknown"]),
  why: described(text, "For people; it may change."),
});

export const candidate = described(
  v.object({
    given: described(text, "As it was named."),
    source: described(v.nullable(source), "Null for what is on this machine."),
    name: text,
    manifestDigest: v.nullable(sha256),
    error: described(v.nullable(text), "Why it could not be read."),
    decision: described(v.nullable(v.picklist(["allow", "deny", "incomplete"])), "By the policy; null without one."),
    decidedBy: described(v.nullable(text), "The rule that decided."),
    signed: described(answer, "yes: verified by a signer of the policy. in part: signed, and not verified or not all of it."),
    load: v.picklist(["data-only", "code", "unknown", "invalid"]),
    runsOffline: described(answer, "Whether everything that it needs is in it."),
    remoteCode: described(answer, "Whether it asks for code of its own to be run."),
    selfHosting: described(answer, "Whether its license permits to run it on one's own machines."),
    totalBytes: v.nullable(count),
    memoryBytes: described(v.nullable(count), "Of the weights, as they are stored."),
    parameters: v.nullable(count),
    precision: described(v.nullable(text), "The types of its numbers, or its quantization."),
    results: described(
      v.array(v.object({ task: v.nullable(text), dataset: v.nullable(text), metric: text, value: text })),
      "What its card claims; nothing is checked.",
    ),
    foundClass: described(v.nullable(opennessClass), "By the files in it."),
    claimedClass: described(v.nullable(opennessClass), "If everything that its files claim is true."),
  }),
  "One of the models, by what people choose models by.",
);

export const compare = described(
  v.object({
    ...documentFields("compare"),
    exitCode: described(v.picklist([0, 3]), "3 where a model could not be read."),
    sector: v.nullable(v.picklist(["finance", "healthcare", "public", "it", "research"])),
    order: described(texts, "The concerns, first concerns first."),
    policy: v.nullable(v.object({ name: text, uri: text, digest: part(sha256, "Of the policy's bytes.") })),
    models: v.array(candidate),
    warnings,
  }),
  "Models side by side. No score adds the answers up.",
);
