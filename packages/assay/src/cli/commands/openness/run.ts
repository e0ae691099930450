import { asAssayError } from "../../../core/error.ts";
import type { Warning } from "../../../core/warning.ts";
import type { ErrorDocument, OpennessDocument } from "../../../report/json/documents.ts";
import { errorDocument } from "../../../report/json/error.ts";
import { withRequiredClass } from "../../../report/json/openness.ts";
import { opennessSection } from "../../../report/markdown.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import type { ExitCode } from "../../command-line/exit-codes.ts";
import { adviceLines, adviceText } from "../../text/advice.ts";
import { escapeLines } from "../../text/escape.ts";
import { answer, row, type Report } from "../../text/report.ts";
import { assess, type Assessed } from "./assess.ts";
import { checkOptions, requiredClass, signatureOptions, type SignatureOptions } from "./options.ts";
import { withRequiredClassFirst } from "./short-report.ts";
import { writeBadge } from "./write-badge.ts";

/** `assay openness FILE…`: each a mof.yml or a model's folder. The class makes the exit code with --require-class only. */
export async function run(invocation: Invocation, context: CommandContext): Promise<CommandResult> {
  checkOptions(invocation, context);
  const [first = "", ...others] = invocation.arguments;
  const signed = signatureOptions(invocation.values, context);
  return others.length > 0 ? assessAll(invocation, signed, context) : assessOne(first, invocation, signed, context);
}

async function assessOne(path: string, invocation: Invocation, signed: SignatureOptions, context: CommandContext): Promise<Assessed> {
  const assessed = await assess(path, invocation, signed, context);
  return present(requireClass(assessed, invocation), path, invocation, context);
}

async function assessAll(invocation: Invocation, signed: SignatureOptions, context: CommandContext): Promise<CommandResult> {
  const reports: Report[] = [];
  const documents: (OpennessDocument | ErrorDocument)[] = [];
  const warnings: Warning[] = [];
  let exitCode: ExitCode = 0;
  for (const path of invocation.arguments) {
    try {
      const assessed = await assessOne(path, invocation, signed, context);
      reports.push(assessed.report);
      documents.push(assessed.json);
      warnings.push(...assessed.warnings);
      exitCode = worse(exitCode, assessed.exitCode);
    } catch (thrown) {
      const error = asAssayError(thrown);
      if (error.code === "ABORTED" || error.code === "INTERNAL") throw error;
      const document = errorDocument(error, { command: "openness", hintOf: adviceText });
      exitCode = worse(exitCode, document.exitCode);
      reports.push([answer("no", invocation.spec.refusal, error.message), ...adviceLines(error)]);
      documents.push(document);
    }
  }
  const report = reports.flatMap((blocks, index): Report => (index === 0 ? blocks : [{ kind: "blank" }, ...blocks]));
  return { exitCode, report, json: documents, warnings };
}

function worse(a: ExitCode, b: ExitCode): ExitCode {
  return a >= b ? a : b;
}

/** With --require-class, a class that is not reached is a no; for a folder, the class by what is in it. */
function requireClass(assessed: Assessed, { values }: Invocation): Assessed {
  const required = requiredClass(values);
  if (required === undefined) return assessed;
  const json = withRequiredClass(assessed.json, required);
  const report = withRequiredClassFirst(assessed.report, assessed.answer.evaluation.class, required);
  return { ...assessed, exitCode: json.exitCode, report, json };
}

/** As text, or as the section for a README; with the badge written where one is wanted. */
async function present(assessed: Assessed, path: string, { values }: Invocation, context: CommandContext): Promise<Assessed> {
  const badge = values.text("badge");
  const { evaluation } = assessed.answer;
  if (badge !== undefined) await writeBadge(badge, evaluation.class, { ...context, force: values.flag("force") === true });
  if (values.flag("markdown") !== true)
    return { ...assessed, report: [...assessed.report, ...(badge === undefined ? [] : [row("badge", badge)])] };
  const section = opennessSection(evaluation, {
    badge,
    command: `assay openness ${path} --markdown`,
    ...(assessed.folder === undefined ? {} : { folder: assessed.folder }),
  });
  return { ...assessed, report: [{ kind: "finished", text: escapeLines(section) }] };
}
