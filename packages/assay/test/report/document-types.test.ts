import assert from "node:assert/strict";
import { test } from "node:test";
import type { InferOutput } from "valibot";
import type { JsonDocument } from "../../src/report/index.ts";
import { DOCUMENTS } from "../../src/report/json/schemas/index.ts";

/** As the generated types are: nothing in them can be changed. */
type Frozen<Value> = Value extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : Value extends object
    ? { readonly [Name in keyof Value]: Frozen<Value[Name]> }
    : Value;

type Schemas = typeof DOCUMENTS;
type FromSchemas = Frozen<{ [Name in keyof Schemas]: InferOutput<Schemas[Name]> }[keyof Schemas]>;

/** Compiles only where each of two types is assignable to the other. */
type IsSame<A, B> = [A, B] extends [B, A] ? true : false;

test("the generated types of the documents are those of their schemas", () => {
  const isSame: IsSame<FromSchemas, JsonDocument> = true;
  assert.ok(isSame);
});

test("every document has the identifier of its schema", () => {
  for (const [name, schema] of Object.entries(DOCUMENTS)) {
    assert.match(JSON.stringify(schema), new RegExp(`"urn:assay:schema:${name}:v1"`));
  }
});
