import { diff } from "../../../api/diff.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { readModelOptions } from "../../inputs/model-options.ts";
import { diffReport } from "./report.ts";
import { diffJson } from "../../../report/documents.ts";

export async function run({ values, arguments: [a = "", b = ""] }: Invocation, context: CommandContext): Promise<CommandResult> {
  const found = await diff(a, b, readModelOptions(values, context, a));
  // What was left out, or hashed in another way on each side, is not known to differ either.
  const exitCode = found.same ? 0 : found.differences.length > 0 ? 1 : 3;
  return {
    exitCode,
    report: diffReport(found, { a, b }),
    json: diffJson(found, exitCode, found.warnings),
    warnings: found.warnings,
  };
}
