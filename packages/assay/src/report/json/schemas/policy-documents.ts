import * as v from "valibot";
import { described, documentFields, part, positive, text, texts, time } from "./values.ts";

// The documents of the tools for policies: `assay policy …`.

export const policySchema = described(
  v.object({
    ...documentFields("policy-schema"),
    exitCode: v.literal(0),
    document: described(v.record(text, v.unknown()), "A JSON schema (draft 2020-12)."),
  }),
  "What `assay policy schema` prints.",
);

export const policyLint = described(
  v.object({
    ...documentFields("policy-lint"),
    exitCode: described(v.picklist([0, 1]), "1 where there are findings."),
    policy: v.object({ path: described(text, "Absolute."), name: text }),
    at: part(time, "The time that waivers were compared with."),
    findings: described(
      v.array(
        v.object({
          id: described(text, "Stable; docs/policy.md lists them."),
          line: described(positive, "In the policy."),
          column: positive,
          message: text,
          advice: described(text, "What to do about it."),
        }),
      ),
      "In the order of the file.",
    ),
  }),
  "The answer of `assay policy lint`.",
);

export const policyExplain = described(
  v.object({
    ...documentFields("policy-explain"),
    exitCode: v.literal(0),
    policy: v.object({ path: described(text, "Absolute."), name: text, uri: text, description: v.nullable(text) }),
    sections: described(
      v.array(v.object({ heading: text, sentences: texts })),
      "What is denied, what always holds, each entry, every other model, waivers.",
    ),
  }),
  "A policy in sentences: the answer of `assay policy explain`.",
);

export const policyInit = described(
  v.object({
    ...documentFields("policy-init"),
    exitCode: v.literal(0),
    sector: v.picklist(["finance", "healthcare", "public", "it", "research"]),
    publishers: described(texts, "Those with an entry, by id."),
    suggested: described(texts, "Known publishers that are suggested in comments, by id."),
    policy: described(text, "YAML."),
  }),
  "A starting policy: the answer of `assay policy init`.",
);
