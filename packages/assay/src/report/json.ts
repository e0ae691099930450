import { VERSION } from "../cli/host/version.ts";
import { escapeJson } from "../cli/text/escape.ts";

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** The documents that `--json` prints; packages/assay/schemas holds a schema for each. */
export type SchemaName =
  | "sign"
  | "verify"
  | "digest"
  | "inspect"
  | "diff"
  | "trust"
  | "openness"
  | "openness-list"
  | "openness-compare"
  | "openness-import"
  | "openness-schema"
  | "help"
  | "demo"
  | "error";

/** The identifier of a schema: changed when a field is removed or changes its meaning, not when one is added. */
function schemaId(name: SchemaName): string {
  return `urn:assay:schema:${name}:v1`;
}

/** One JSON document, or a list of them where several things were asked about; for a file or a terminal. */
export function printJson(document: JsonObject | readonly JsonObject[]): string {
  return `${escapeJson(JSON.stringify(document, undefined, 2))}\n`;
}

/** How every document starts. */
export function head(name: SchemaName): { readonly schema: string; readonly version: string } {
  return { schema: schemaId(name), version: VERSION };
}
