import * as v from "valibot";

// What fields are made of. The folder is used at build time only: scripts/json-schemas.ts turns it into JSON schemas and
// types. Nothing that is published imports it.

export const text = v.string();
export const texts = v.array(text);
export const flag = v.boolean();
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const positive = v.pipe(v.number(), v.integer(), v.minValue(1));

export const sha256 = v.pipe(text, v.regex(/^sha256:[0-9a-f]{64}$/), v.description("A SHA-256 digest with its algorithm."));
export const hex256 = v.pipe(text, v.regex(/^[0-9a-f]{64}$/), v.description("A SHA-256 digest in hex."));
export const time = v.pipe(
  text,
  v.regex(/^[-+]?[0-9]{4,6}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/),
  v.description("UTC, ISO 8601."),
);

/** A field with its meaning for the documentation. */
export function described<const Schema extends v.GenericSchema>(
  schema: Schema,
  meaning: string,
): v.SchemaWithPipe<readonly [Schema, v.DescriptionAction<v.InferOutput<Schema>, string>]> {
  return v.pipe(schema, v.description(meaning));
}

/** The same of a part that has a name of its own: the schema refers to it. */
export function part<const Schema extends v.GenericSchema>(
  schema: Schema,
  meaning: string,
): v.SchemaWithPipe<readonly [v.LazySchema<Schema>, v.DescriptionAction<v.InferOutput<Schema>, string>]> {
  return v.pipe(
    v.lazy(() => schema),
    v.description(meaning),
  );
}

/** A whole document: the fields that every one starts with, and its own. */
export function documentFields<const Name extends string>(
  name: Name,
): {
  readonly schema: v.LiteralSchema<`urn:assay:schema:${Name}:v1`, undefined>;
  readonly version: v.GenericSchema<string>;
} {
  return {
    schema: v.literal(`urn:assay:schema:${name}:v1`),
    version: described(text, "The version of Assay that wrote this."),
  };
}
