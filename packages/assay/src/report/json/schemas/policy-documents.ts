import * as v from "valibot";
import { described, documentFields, text } from "./values.ts";

// The documents of the tools for policies: `assay policy …`.

export const policySchema = described(
  v.object({
    ...documentFields("policy-schema"),
    exitCode: v.literal(0),
    document: described(v.record(text, v.unknown()), "A JSON schema (draft 2020-12)."),
  }),
  "What `assay policy schema` prints.",
);
