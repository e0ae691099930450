import { scan } from "../../../api/scan.ts";
import { scanDocument } from "../../../report/json/scan.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { readModelOptions } from "../../inputs/model-options.ts";
import { scanReport } from "./report.ts";

/** `assay scan`: several models have the worst of their answers. */
export async function run({ values, arguments: models }: Invocation, context: CommandContext): Promise<CommandResult> {
  const scans = [];
  for (const model of models) {
    const options = readModelOptions(values, context, model);
    scans.push(await scan(model, { ...options, ignoreGitPaths: false, allow: values.texts("allow") }));
  }
  const json = scanDocument(scans);
  return { exitCode: json.exitCode, report: scanReport(scans), json, warnings: scans.flatMap(({ warnings }) => warnings) };
}
