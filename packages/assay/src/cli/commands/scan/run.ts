import { allowedByScan, scan, type Scan } from "../../../api/scan.ts";
import { AssayError } from "../../../core/error.ts";
import { scanDocument } from "../../../report/json/scan.ts";
import { scanRulesDocument } from "../../../report/json/scan-rules.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { readModelOptions, readRemoteOptions, serverAccess } from "../../inputs/model-options.ts";
import { outputInModel } from "../../../api/output-in-model.ts";
import { warningsOfModels } from "../../text/model-warnings.ts";
import { explainReport } from "./explain.ts";
import { scanReport } from "./report.ts";
import { writeSarif } from "./write-sarif.ts";

/** `assay scan`: several models have the worst of their answers. */
export async function run({ values, arguments: models }: Invocation, context: CommandContext): Promise<CommandResult> {
  if (values.flag("explain") === true) {
    const rules = scanRulesDocument(allowedByScan());
    return { exitCode: 0, report: explainReport(rules), json: rules, warnings: [] };
  }
  if (models.length === 0)
    throw new AssayError("USAGE", "MODEL is missing (a model: a folder or a single file)", {
      suggestion: { lead: "for example", line: "assay scan ./granite" },
    });
  const allow = values.texts("allow").flatMap((list) => list.split(","));
  const sarif = values.text("sarif");
  const scans: Scan[] = [];
  for (const model of models) {
    const options = readModelOptions(values, context, model);
    const scanned = await scan(model, { ...options, ...readRemoteOptions(values), ...serverAccess(context), ignoreGitPaths: false, allow });
    scans.push({ ...scanned, warnings: [...scanned.warnings, ...outputInModel([sarif], scanned.model, context.cwd)] });
  }
  if (sarif !== undefined) await writeSarif(sarif, scans, { ...context, force: values.flag("force") === true });
  const json = scanDocument(scans);
  const report = scanReport(scans, models, values.flag("verbose") === true);
  return {
    exitCode: json.exitCode,
    report,
    json,
    warnings: warningsOfModels(scans.map(({ warnings }, at) => ({ name: models[at] ?? "", warnings }))),
  };
}
