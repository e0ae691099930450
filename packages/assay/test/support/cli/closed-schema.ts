import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

/** A published schema, and with it that no field is there that it does not name. */
export function closedSchema(name: string): ValidateFunction {
  const text = readFileSync(new URL(`../../../schemas/${name}.v1.json`, import.meta.url), "utf8");
  const schema = JSON.parse(text, (_, value: unknown) =>
    typeof value === "object" && value !== null && "properties" in value && "type" in value
      ? { ...value, additionalProperties: false }
      : value,
  ) as object;
  return new Ajv2020({ strict: true, allErrors: true }).compile(schema);
}
