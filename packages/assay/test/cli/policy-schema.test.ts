import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { closedSchema } from "../support/cli/closed-schema.ts";
import { runHere } from "../support/cli/run-here.ts";

test("assay policy schema prints the schema of a policy as it ships, and --json says the same", async () => {
  const text = readFileSync(new URL("../../schemas/policy.v1.json", import.meta.url), "utf8");
  assert.equal((await runHere(["policy", "schema"])).stdout, text);
  const wrapped = JSON.parse((await runHere(["policy", "schema", "--json"])).stdout) as { document: unknown };
  assert.deepEqual(wrapped.document, JSON.parse(text));
  const validate = closedSchema("policy-schema");
  assert.ok(validate(wrapped), JSON.stringify(validate.errors));
});
