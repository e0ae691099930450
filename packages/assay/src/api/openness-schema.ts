import { shippedSchema } from "./shipped-schema.ts";

/**
 * The JSON schema (draft 2020-12) of a mof.yml, or of the result that `assay openness --json` prints, as text.
 *
 * Throws INTERNAL where the installation lacks its schemas.
 */
export function opennessSchema(of: "mof" | "result"): string {
  return shippedSchema(of === "mof" ? "mof.v1.json" : "openness.v1.json");
}
