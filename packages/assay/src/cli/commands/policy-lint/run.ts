import { lintPolicyFile } from "../../../api/lint-policy-file.ts";
import { policyLintDocument } from "../../../report/json/policy-lint.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { readMoment } from "../../command-line/values.ts";
import { lintReport } from "./report.ts";

/** `assay policy lint`: ends with 1 where it finds something. */
export async function run({ values, arguments: [file = ""] }: Invocation, { cwd }: CommandContext): Promise<CommandResult> {
  const at = values.text("at");
  const linted = await lintPolicyFile(file, { cwd, ...(at === undefined ? {} : { at: readMoment("at", at) }) });
  const json = policyLintDocument(linted);
  return { exitCode: json.exitCode, report: lintReport(linted, file), json, warnings: [] };
}
