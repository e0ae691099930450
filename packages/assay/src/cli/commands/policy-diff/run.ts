import { diffPolicies } from "../../../api/diff-policies.ts";
import { policyDiffDocument } from "../../../report/json/policy-diff.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { policyDiffReport } from "./report.ts";

/** `assay policy diff`: ends with 1 where a result is decided otherwise or, without results, where a key differs. */
export async function run({ values, arguments: given }: Invocation, { cwd }: CommandContext): Promise<CommandResult> {
  const [a = "", b = "", ...results] = given;
  const diff = await diffPolicies(a, b, { cwd, results, failOnWarn: values.flag("fail-on-warn") === true });
  const json = policyDiffDocument(diff);
  return { exitCode: json.exitCode, report: policyDiffReport(diff, { a, b }), json, warnings: [] };
}
