import type { PolicySchemaDocument } from "../../../report/json/documents.ts";
import { head } from "../../../report/json/head.ts";
import type { CommandResult } from "../../command.ts";

/** `assay policy schema`: the JSON schema of a policy. */
export async function run(): Promise<CommandResult> {
  const { policySchemaText } = await import("../../../api/policy-schema.ts");
  const text = policySchemaText();
  const document: PolicySchemaDocument["document"] = JSON.parse(text);
  const json: PolicySchemaDocument = { ...head("policy-schema"), exitCode: 0, document };
  return { exitCode: 0, report: [{ kind: "finished", text }], json, warnings: [] };
}
