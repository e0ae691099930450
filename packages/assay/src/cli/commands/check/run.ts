import { check, type Check } from "../../../api/check.ts";
import { loadPolicy } from "../../../api/check/load-policy.ts";
import { AssayError } from "../../../core/error.ts";
import { checkDocument, checksDocument } from "../../../report/json/check.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { readDecisionOptions } from "../../inputs/decision-options.ts";
import { serverAccess } from "../../inputs/instance.ts";
import { readModelOptions } from "../../inputs/model-options.ts";
import { adviceText } from "../../text/advice.ts";
import { openReportPage } from "../../inputs/report-page.ts";
import { checkReport } from "./report.ts";

/** Options that are about one model. */
const OF_ONE_MODEL = ["as", "signature", "lock"] as const;

/** `assay check`: of several models, one that is denied makes the exit code, else one that could not be told. */
export async function run({ values, arguments: models }: Invocation, context: CommandContext): Promise<CommandResult> {
  const ofOne = models.length > 1 ? OF_ONE_MODEL.find((name) => values.text(name) !== undefined) : undefined;
  if (ofOne !== undefined) throw new AssayError("USAGE", `--${ofOne} is about one model, and ${models.length} are given`);
  const policy = await loadPolicy(values.text("policy") ?? "", context.cwd);
  const page = await openReportPage(values, context);
  const options = { ...readDecisionOptions(values), ...serverAccess(context), isComplete: page !== undefined };
  const checks: Check[] = [];
  for (const model of models) checks.push(await check(model, policy, { ...readModelOptions(values, context, model), ...options }));

  const written = { redact: values.flag("redact") === true, hintOf: adviceText };
  if (page !== undefined) {
    // A decision without a report does not wait for the code of one.
    const { checksHtml } = await import("../../../report/html/check-html.ts");
    page.write(checksHtml(checks, written));
  }
  const [only, ...others] = checks;
  const json = only !== undefined && others.length === 0 ? checkDocument(only, written) : checksDocument(checks, written);
  return {
    exitCode: json.exitCode,
    report: checkReport(checks, { names: models, redact: written.redact, isVerbose: values.flag("verbose") === true }),
    json,
    warnings: written.redact ? [] : checks.flatMap(({ warnings }) => warnings),
  };
}
