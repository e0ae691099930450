import { diff } from "../../../api/diff.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { readDigestOrigin, readModelOptions, readRemoteOptions, serverAccess } from "../../inputs/model-options.ts";
import { diffReport } from "./report.ts";
import { diffDocument } from "../../../report/json/diff.ts";

export async function run({ values, arguments: [a = "", b = ""] }: Invocation, context: CommandContext): Promise<CommandResult> {
  const found = await diff(a, b, {
    ...readModelOptions(values, context, a),
    ...readRemoteOptions(values),
    ...serverAccess(context),
    ...readDigestOrigin(values),
  });
  const json = diffDocument(found);
  return {
    exitCode: json.exitCode,
    report: diffReport(found, { a, b }),
    json,
    warnings: found.warnings,
  };
}
