import { check, type Check } from "../../../api/check.ts";
import { loadPolicy } from "../../../api/check/load-policy.ts";
import type { WrittenEvidence } from "../../../api/evidence/write-evidence.ts";
import { AssayError } from "../../../core/error.ts";
import { checkDocument, checksDocument } from "../../../report/json/check.ts";
import type { CheckDocument, ChecksDocument } from "../../../report/json/documents.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { readDecisionOptions } from "../../inputs/decision-options.ts";
import { readModelOptions, readRemoteOptions, serverAccess } from "../../inputs/model-options.ts";
import type { OptionValues } from "../../command-line/tokens.ts";
import { SIGNER_OPTIONS } from "../../command-line/spec-parts.ts";
import { adviceText } from "../../text/advice.ts";
import { outputInModel } from "../../../api/output-in-model.ts";
import { openReportPage } from "../../inputs/report-page.ts";
import { warningsOfModels } from "../../text/model-warnings.ts";
import { escapeLines } from "../../text/escape.ts";
import type { Block, Report } from "../../text/report.ts";
import { checkReport } from "./report.ts";
import type { WriteEvidence } from "./evidence.ts";

/** Options that are about one model. */
const OF_ONE_MODEL = ["as", "signature", "lock", "record", "evidence"] as const;
/** Options that mean nothing without evidence. */
const OF_EVIDENCE = ["sign", "verifier-id"] as const;

/** `assay check`: of several models, one that is denied makes the exit code, else one that could not be told. */
export async function run({ values, arguments: models }: Invocation, context: CommandContext): Promise<CommandResult> {
  const ofOne = models.length > 1 ? OF_ONE_MODEL.find((name) => values.text(name) !== undefined) : undefined;
  if (ofOne !== undefined) throw new AssayError("USAGE", `--${ofOne} is about one model, and ${models.length} are given`);
  const policy = await loadPolicy(values.text("policy") ?? "", context.cwd);
  const page = await openReportPage(values, context);
  const evidence = await prepare(models, values, context);
  const record = values.text("record");
  const isComplete = page !== undefined || evidence !== undefined || record !== undefined;
  const options = { ...readDecisionOptions(values), ...readRemoteOptions(values), ...serverAccess(context), isComplete };
  const checks: Check[] = [];
  const style = { redact: values.flag("redact") === true, hintOf: adviceText };
  const reports = style.redact ? [] : [values.text("html"), record];
  for (const model of models) {
    const checked = await check(model, policy, { ...readModelOptions(values, context, model), ...options });
    checks.push({ ...checked, warnings: [...checked.warnings, ...outputInModel(reports, model, context.cwd)] });
  }

  if (page !== undefined) {
    // A decision without a report does not wait for the code of one.
    const { checksHtml } = await import("../../../report/html/check-html.ts");
    page.write(checksHtml(checks, style));
  }
  const [only, ...others] = checks;
  if (record !== undefined && only !== undefined) {
    const { recordFacts } = await import("./record.ts");
    await recordFacts(record, only, { ...context, force: values.flag("force") === true });
  }
  const written = only === undefined ? undefined : await evidence?.write(only);
  const json =
    only !== undefined && others.length === 0 ? checkDocument(only, { ...style, evidence: written }) : checksDocument(checks, style);
  return {
    exitCode: json.exitCode,
    report:
      values.flag("markdown") === true
        ? await markdownReport(json)
        : [
            ...checkReport(checks, { names: models, redact: style.redact, isVerbose: values.flag("verbose") === true }),
            ...(evidence === undefined ? [] : evidence.blocks(written)),
          ],
    json,
    warnings: style.redact
      ? []
      : [...warningsOfModels(checks.map(({ warnings }, at) => ({ name: models[at] ?? "", warnings }))), ...(written?.warnings ?? [])],
  };
}

async function markdownReport(json: CheckDocument | ChecksDocument): Promise<Report> {
  const { checkMarkdown } = await import("../../../report/check-markdown.ts");
  return [{ kind: "finished", text: escapeLines(checkMarkdown(json)) }];
}

interface EvidenceWork {
  readonly write: WriteEvidence;
  readonly blocks: (written: WrittenEvidence | undefined) => readonly Block[];
}

/** Undefined where no evidence is asked for: its code is loaded with it. */
async function prepare(models: readonly string[], values: OptionValues, context: CommandContext): Promise<EvidenceWork | undefined> {
  const folder = values.text("evidence");
  if (folder === undefined) {
    const stray = values.names().find((name) => [...OF_EVIDENCE, ...SIGNER_OPTIONS].includes(name));
    if (stray === undefined) return undefined;
    throw new AssayError("USAGE", `--${stray} is for evidence, and --evidence is missing`, {
      hint: "name the folder for it: --evidence FOLDER",
    });
  }
  const { evidenceBlocks, prepareEvidence } = await import("./evidence.ts");
  const style = { redact: values.flag("redact") === true, cwd: context.cwd };
  return { write: await prepareEvidence(folder, models[0] ?? "", values, context), blocks: (written) => evidenceBlocks(written, style) };
}
