import * as v from "valibot";
import { warnings } from "./common-parts.ts";
import { described, documentFields, text } from "./values.ts";

export const advisory = described(
  v.object({
    ...documentFields("advisory"),
    exitCode: v.literal(0),
    advisory: described(v.record(text, v.unknown()), "The advisory, as OSV 1.7 has it."),
    warnings,
  }),
  "What `assay advisory new` wrote of a scan.",
);
