import { VERSION } from "../../core/version.ts";
import type { JsonDocument } from "./documents.ts";

/** `verify` of `urn:assay:schema:verify:v1`. */
type SchemaName = JsonDocument["schema"] extends `urn:assay:schema:${infer Name}:v1` ? Name : never;

export type { SchemaName };

/** The fields that every document starts with. A schema gets another identifier when a field is removed or changes its meaning. */
export function head<const Name extends SchemaName>(
  name: Name,
): { readonly schema: `urn:assay:schema:${Name}:v1`; readonly version: string } {
  return { schema: `urn:assay:schema:${name}:v1`, version: VERSION };
}
