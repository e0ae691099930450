import { shippedSchema } from "./shipped-schema.ts";

/** The JSON schema (draft 2020-12) of a policy, as text. Throws INTERNAL where the installation lacks its schemas. */
export function policySchemaText(): string {
  return shippedSchema("policy.v1.json");
}
