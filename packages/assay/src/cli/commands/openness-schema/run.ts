import type { OpennessSchemaDocument } from "../../../report/json/documents.ts";
import { head } from "../../../report/json/head.ts";
import type { CommandResult, Invocation } from "../../command.ts";

/** `assay openness schema`: the JSON schema of a mof.yml; with --result, that of the answer. */
export async function run({ values }: Invocation): Promise<CommandResult> {
  const { opennessSchema } = await import("../../../api/openness-schema.ts");
  const text = opennessSchema(values.flag("result") === true ? "result" : "mof");
  const document: OpennessSchemaDocument["document"] = JSON.parse(text);
  const json: OpennessSchemaDocument = { ...head("openness-schema"), exitCode: 0, document };
  return { exitCode: 0, report: [{ kind: "finished", text }], json, warnings: [] };
}
