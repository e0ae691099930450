// docs/json-output.md, made from the same schemas as the published ones.
import { list, page, table } from "./markdown.ts";
import type { JsonSchema } from "./json-schemas.ts";

const EXAMPLE = `\`\`\`ts
import { readFile } from "node:fs/promises";
import { verify } from "assay";
import { verifyDocument, type VerifyDocument } from "assay/report";

const trust = { method: "key", publicKey: await readFile("ibm.pub") } as const;
const document: VerifyDocument = verifyDocument(await verify("./granite", { trust }));
console.log(JSON.stringify(document));
\`\`\``;

/** The page about all documents, in the order of `schemas`. */
export function jsonOutputPage(schemas: readonly JsonSchema[]): string {
  const parts = new Map(schemas.flatMap(({ $defs }) => Object.entries($defs ?? {})));
  return page("JSON output", [
    "With `--json` a command prints exactly one JSON value on standard output, whatever the answer, and nothing else there. Its `schema` names one of the schemas below, which the package ships as `assay/schemas/*.json` (JSON Schema, draft 2020-12). The library makes the same documents and has their types: `assay/report`.",
    list([
      "A field may be added within a version. Removing one or changing its meaning makes a new version.",
      "Every field is always present unless its meaning says when it is absent; `null` means unknown or none.",
      "Sizes are bytes. Every difference is listed.",
      "Characters that could mislead a terminal are written as `\\uXXXX`.",
    ]),
    EXAMPLE,
    ...schemas.flatMap((schema) => [`## ${schema.title ?? ""}`, schema.description ?? "", ...tables(schema)]),
    "## Parts",
    ...[...parts].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([name, part]) => partSection(name, part)),
  ]);
}

/** One table for each shape that a document or part may have. */
function tables(schema: JsonSchema): string[] {
  const shapes = shapesOf(schema);
  const isOne = shapes.length === 1;
  return shapes.flatMap((shape) => [...(isOne || shape.description === undefined ? [] : [shape.description]), fieldTable(shape)]);
}

function shapesOf(schema: JsonSchema): readonly JsonSchema[] {
  return (schema.anyOf ?? schema.oneOf ?? [schema]).filter(({ properties }) => properties !== undefined);
}

function partSection(name: string, part: JsonSchema): string[] {
  const description = part.description === undefined ? [] : [part.description];
  const shapes = shapesOf(part);
  if (shapes.length === 0) return [`### ${name}`, ...description, `A string that matches \`${part.pattern ?? ""}\`.`];
  return [`### ${name}`, ...description, ...(shapes.length > 1 ? ["One of:"] : []), ...tables(part)];
}

function fieldTable({ properties = {} }: JsonSchema): string {
  return table(
    ["Field", "Type", "Meaning"],
    Object.entries(properties).map(([name, field]) => [`\`${name}\``, typeOf(field), field.description ?? ""]),
  );
}

function typeOf(schema: JsonSchema): string {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace("#/$defs/", "");
    return `[${name}](#${name.toLowerCase()})`;
  }
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(", ");
  const options = schema.anyOf ?? schema.oneOf;
  if (options !== undefined) return options.map(typeOf).join(" or ");
  if (schema.items !== undefined) return `array of ${typeOf(schema.items)}`;
  if (schema.properties !== undefined) return `object: ${fieldNames(schema)}`;
  return [schema.type ?? "any"].flat().join(" or ");
}

function fieldNames({ properties = {} }: JsonSchema): string {
  return Object.keys(properties)
    .map((name) => `\`${name}\``)
    .join(", ");
}
