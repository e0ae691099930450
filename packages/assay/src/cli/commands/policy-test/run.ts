import { testPolicy } from "../../../api/test-policy.ts";
import { policyTestDocument } from "../../../report/json/policy-test.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { testReport } from "./report.ts";

/** `assay policy test`: ends with 1 where a case is decided otherwise than expected. */
export async function run({ values, arguments: [folder = ""] }: Invocation, { cwd }: CommandContext): Promise<CommandResult> {
  const policy = values.text("policy") ?? "";
  const tested = await testPolicy(folder, policy, { cwd, failOnWarn: values.flag("fail-on-warn") === true });
  const json = policyTestDocument(tested);
  return { exitCode: json.exitCode, report: testReport(tested, policy), json, warnings: [] };
}
