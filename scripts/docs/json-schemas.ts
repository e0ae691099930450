// The published JSON schemas, made from the schemas of packages/assay/src/report/json/schemas.
import { toJsonSchema } from "@valibot/to-json-schema";
import type { GenericSchema } from "valibot";
import { DOCUMENTS, MOF, PARTS, PREDICATES } from "../../packages/assay/src/report/json/schemas/index.ts";

/** As much of JSON Schema (draft 2020-12) as the schemas use. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $id?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: string | number | boolean;
  readonly enum?: readonly (string | number | null)[];
  readonly pattern?: string;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

/** Every published schema by the name of its file, without its ending. */
export function jsonSchemas(): ReadonlyMap<string, JsonSchema> {
  const documents = Object.entries(DOCUMENTS).map(([name, schema]) => {
    return [`${name}.v1`, publish(name, `assay ${name.replace("-", " ")}`, schema, PARTS)] as const;
  });
  return new Map([...documents, ...predicateSchemas(), ["mof.v1", publish("mof", "mof.yml", MOF.document, MOF.parts)]]);
}

/** Those of the predicates of evidence, in the same way. */
export function predicateSchemas(): ReadonlyMap<string, JsonSchema> {
  return new Map(
    Object.entries(PREDICATES).map(([name, schema]) => [
      `${name}.v1`,
      publish(name, `urn:assay:predicate:${name.replace("predicate-", "")}:v1`, schema, PARTS),
    ]),
  );
}

/** The same as text, as the formatter leaves it: a list of plain values is one line where it fits. */
export function schemaText(schema: object): string {
  return `${print(schema, "", "")}\n`;
}

function publish(name: string, title: string, schema: GenericSchema, parts: Readonly<Record<string, GenericSchema>>): JsonSchema {
  const converted: unknown = toJsonSchema(schema, { target: "draft-2020-12", definitions: parts });
  const { $schema, description, $defs = {}, ...rest } = tidy(converted as JsonSchema);
  const used = usedParts(rest, $defs);
  const definitions = Object.fromEntries(Object.entries($defs).filter(([part]) => used.has(part)));
  return {
    ...($schema === undefined ? {} : { $schema }),
    $id: `urn:assay:schema:${name}:v1`,
    title,
    ...(description === undefined ? {} : { description }),
    ...rest,
    ...(used.size === 0 ? {} : { $defs: definitions }),
  };
}

/** Only the parts that the document reaches are in its schema. */
function usedParts(schema: JsonSchema, parts: Readonly<Record<string, JsonSchema>>, found = new Set<string>()): Set<string> {
  for (const [, name = ""] of JSON.stringify(schema).matchAll(/"#\/\$defs\/([^"]+)"/g)) {
    const part = parts[name];
    if (found.has(name) || part === undefined) continue;
    found.add(name);
    usedParts(part, parts, found);
  }
  return found;
}

/** Takes out what says nothing more: the type beside an enum, schemas that allow everything; `anyOf` with null becomes a list of types. */
function tidy(schema: JsonSchema): JsonSchema {
  const {
    type,
    items,
    additionalProperties,
    required,
    propertyNames: _names,
    ...rest
  } = mapSchemas(schema, tidy) as JsonSchema & {
    readonly propertyNames?: unknown;
  };
  return withoutNullBranch({
    ...(type === undefined || rest.enum !== undefined ? {} : { type }),
    ...rest,
    ...(items === undefined || allowsAll(items) ? {} : { items }),
    ...(additionalProperties === undefined || allowsAll(additionalProperties) ? {} : { additionalProperties }),
    ...(required === undefined || required.length === 0 ? {} : { required }),
  });
}

function allowsAll(schema: JsonSchema): boolean {
  return Object.keys(schema).length === 0;
}

function withoutNullBranch(schema: JsonSchema): JsonSchema {
  const { anyOf, ...rest } = schema;
  const [value, none, ...others] = anyOf ?? [];
  if (value === undefined || none?.type !== "null" || others.length > 0) return schema;
  if (value.enum !== undefined) return { ...value, enum: [...value.enum, null], ...rest };
  const isScalar = typeof value.type === "string" && !["object", "array"].includes(value.type);
  return isScalar && typeof value.type === "string" ? { ...value, type: [value.type, "null"], ...rest } : schema;
}

function mapSchemas(schema: JsonSchema, change: (inner: JsonSchema) => JsonSchema): JsonSchema {
  const { anyOf, oneOf, items, properties, additionalProperties, $defs, ...rest } = schema;
  const each = (inner: Readonly<Record<string, JsonSchema>>): Record<string, JsonSchema> =>
    Object.fromEntries(Object.entries(inner).map(([name, one]) => [name, change(one)]));
  return {
    ...rest,
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map(change) }),
    ...(oneOf === undefined ? {} : { oneOf: oneOf.map(change) }),
    ...(items === undefined ? {} : { items: change(items) }),
    ...(properties === undefined ? {} : { properties: each(properties) }),
    ...(additionalProperties === undefined ? {} : { additionalProperties: change(additionalProperties) }),
    ...($defs === undefined ? {} : { $defs: each($defs) }),
  };
}

const LINE = 140;

function print(value: unknown, indent: string, before: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const line = `[${value.map((one) => JSON.stringify(one)).join(", ")}]`;
    const isPlain = value.every((one) => typeof one !== "object" || one === null);
    if (isPlain && indent.length + before.length + line.length + 1 <= LINE) return line;
    return `[\n${value.map((one) => inner + print(one, inner, "")).join(",\n")}\n${indent}]`;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return "{}";
  const lines = entries.map(([name, one]) => {
    const key = `${JSON.stringify(name)}: `;
    return inner + key + print(one, inner, key);
  });
  return `{\n${lines.join(",\n")}\n${indent}}`;
}
