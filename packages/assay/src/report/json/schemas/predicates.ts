import * as v from "valibot";
import { count, described, flag, hex256, part, text, time } from "./values.ts";

// The predicates of evidence that are Assay's own. They are signed and passed on, and no command prints them.

const decided = {
  verifier: v.object({ id: described(text, "Who checked: a URI."), version: described(v.record(text, text), "The program that did.") }),
  timeVerified: part(time, "When the model was checked, by the clock."),
  resourceUri: described(text, "The model's package URL or reference, else a URN of its manifest digest; never a path."),
  policy: v.object({ uri: text, digest: v.object({ sha256: part(hex256, "Of the policy's bytes.") }) }),
  policyFiles: v.array(part(hex256, "Of a file that the policy names; sorted.")),
  verificationResult: described(v.picklist(["PASSED", "FAILED"]), "Of the whole decision: PASSED where the policy allows the model."),
  decision: v.picklist(["allow", "deny", "incomplete"]),
  decidedBy: described(
    v.nullable(v.object({ rule: v.nullable(text), scope: v.picklist(["always", "entry", "policy"]), code: text })),
    "What decided; null for allow.",
  ),
  at: described(
    v.nullable(part(time, "The moment.")),
    "The moment that the model was checked for, where it was chosen; null for the clock's.",
  ),
};

export const openComponent = described(
  v.object({
    name: text,
    status: described(
      v.picklist(["included", "optional", "unlicensed", "invalid", "missing"]),
      "included, optional: there under an open license. unlicensed: there without one. invalid: under one that is not open.",
    ),
    license: described(v.nullable(text), "Null for a missing component."),
  }),
  "One component of the Model Openness Framework.",
);

const grade = v.object({
  class: described(v.nullable(v.picklist([1, 2, 3])), "1 open science, 2 open tooling, 3 open model; null for none."),
  components: v.array(part(openComponent, "All 17.")),
});

export const opennessPredicate = described(
  v.object({
    ...decided,
    openness: described(
      v.nullable(v.object({ found: described(grade, "By the files."), claimed: described(grade, "If what the files say is true.") })),
      "Null where it could not be told.",
    ),
    license: described(
      v.nullable(
        v.object({
          found: described(v.nullable(text), "By texts that were recognized: an SPDX expression."),
          claimed: described(v.nullable(text), "As a card, mof.yml or header says."),
          hasUnknownText: described(flag, "Whether a text that was not recognized holds for the weights."),
        }),
      ),
      "The license of the weights. Null where it could not be told.",
    ),
  }),
  "How open a model is, as it was found when the model was checked.",
);

const outcome = v.picklist(["data-only", "code", "unknown", "invalid"]);

export const riskyFile = described(
  v.object({
    file: described(text, "From the model's root."),
    format: described(v.nullable(text), "Null where the format is unknown."),
    outcome,
    loaded: described(flag, "False for what no loader reads."),
  }),
  "One file of the model.",
);

export const riskFinding = described(
  v.object({
    file: described(v.nullable(text), "Null for the model as a whole."),
    member: v.nullable(text),
    offset: described(v.nullable(count), "Bytes from the start of the file or of the member."),
    reason: text,
    outcome: v.picklist(["code", "unknown", "invalid", "note"]),
    what: described(text, "What the file does or is, as the end of a sentence about it."),
    name: described(v.nullable(text), "The name that a policy can allow."),
  }),
  "Something seen in a file.",
);

export const loadRiskPredicate = described(
  v.object({
    ...decided,
    outcome: described(v.nullable(outcome), "The worst of all files, whatever the policy allows. Null where it could not be told."),
    files: v.array(part(riskyFile, "Sorted by name.")),
    findings: v.array(part(riskFinding, "Sorted by file and place.")),
  }),
  "What happens when a model is loaded, as it was found when the model was checked.",
);
