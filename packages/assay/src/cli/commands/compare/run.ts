import { compareModels } from "../../../api/compare-models.ts";
import { SECTORS } from "../../../api/init-policy.ts";
import { AssayError } from "../../../core/error.ts";
import { candidatesMarkdown } from "../../../report/candidates/candidates-markdown.ts";
import { compareDocument } from "../../../report/json/compare.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { readMoment } from "../../command-line/values.ts";
import { readModelOptions, readRemoteOptions, serverAccess } from "../../inputs/model-options.ts";
import { openReportPage } from "../../inputs/report-page.ts";
import { warningsOfModels } from "../../text/model-warnings.ts";
import { escapeLines } from "../../text/escape.ts";
import { candidatesReport } from "./report.ts";

/** More columns than a person reads side by side. */
const MAX_CANDIDATES = 20;

/** `assay compare A B …`. That they differ is an answer like any other: only a model that cannot be read changes the exit code. */
export async function run({ values, arguments: models }: Invocation, context: CommandContext): Promise<CommandResult> {
  if (models.length < 2 || models.length > MAX_CANDIDATES) {
    const why = models.length < 2 ? "one model alone cannot be compared" : `over ${MAX_CANDIDATES} models cannot be put side by side`;
    throw new AssayError("USAGE", why, { suggestion: { lead: "for example", line: "assay compare ./granite ./llama" } });
  }
  const sector = SECTORS.find((known) => known === values.text("sector"));
  const page = await openReportPage(values, context);
  const at = values.text("at");
  const comparison = await compareModels(models, values.text("policy"), {
    ...readModelOptions(values, context, models[0] ?? ""),
    ...readRemoteOptions(values),
    ...serverAccess(context),
    advisories: values.texts("advisories"),
    offline: values.flag("offline") === true,
    ...(at === undefined ? {} : { at: readMoment("at", at) }),
  });
  if (page !== undefined) {
    const { candidatesHtml } = await import("../../../report/html/candidates-html.ts");
    page.write(candidatesHtml(comparison, sector));
  }
  const json = compareDocument(comparison, sector);
  const report =
    values.flag("markdown") === true
      ? [{ kind: "finished" as const, text: escapeLines(candidatesMarkdown(comparison, sector)) }]
      : candidatesReport(comparison, sector);
  return {
    exitCode: json.exitCode,
    report,
    json,
    warnings: warningsOfModels(comparison.candidates.map(({ check }, at) => ({ name: models[at] ?? "", warnings: check.warnings }))),
  };
}
