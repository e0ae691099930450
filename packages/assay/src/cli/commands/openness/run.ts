import { dirname, resolve } from "node:path";
import { shippedLicenses } from "../../../catalog/licenses.ts";
import { asAssayError, AssayError } from "../../../core/error.ts";
import { readBounded } from "../../../files/read-bounded.ts";
import { evaluate } from "../../../openness/evaluate.ts";
import type { OpennessClass } from "../../../openness/components.ts";
import { opennessSection } from "../../../report/markdown.ts";
import { readModelFile } from "../../../openness/read-model.ts";
import { MOST_YAML_BYTES } from "../../../openness/yaml-document.ts";
import type { Warning } from "../../../core/warning.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { EXIT_CODE_OF_ERROR, type ExitCode } from "../../command-line/exit-codes.ts";
import { judgeFolder } from "./openness-folder.ts";
import { escapeLines } from "../../text/escape.ts";
import type { ErrorDocument, OpennessDocument } from "../../../report/json/documents.ts";
import { errorDocument } from "../../../report/json/error.ts";
import { type OpennessAnswer, opennessFileDocument, withRequiredClass } from "../../../report/json/openness.ts";
import { opennessReport, shortOpennessReport } from "./report.ts";
import { withRequiredClassFirst } from "./short-report.ts";
import { answer, row, type Block, type Report } from "../../text/report.ts";
import { shellCommand } from "../../text/shell-quote.ts";
import { adviceLines, adviceText } from "../../text/advice.ts";
import { glanceAt } from "../../inputs/places.ts";
import { writeBadge } from "./write-badge.ts";

/** One of the files or folders that were asked about, evaluated. */
interface Judged extends Omit<CommandResult, "json"> {
  readonly answer: OpennessAnswer;
  readonly json: OpennessDocument;
}

/** `assay openness FILE…`: each a mof.yml or a model's folder. The class makes the exit code with --require-class only. */
export async function run(invocation: Invocation, context: CommandContext): Promise<CommandResult> {
  checkOptions(invocation, context);
  const [first = "", ...others] = invocation.arguments;
  if (others.length > 0) return judgeAll(invocation, context);
  return present(requireClass(await judge(first, invocation, context), invocation), first, invocation, context);
}

/** With --require-class, a class that is not reached is a no; for a folder, the class on evidence. */
function requireClass(judged: Judged, { values }: Invocation): Judged {
  const required = requiredClass(values.text("require-class"));
  if (required === undefined) return judged;
  const json = withRequiredClass(judged.json, required);
  const report = withRequiredClassFirst(judged.report, judged.answer.evaluation.class, required);
  return { ...judged, exitCode: json.exitCode, report, json };
}

function requiredClass(value: string | undefined): OpennessClass | undefined {
  switch (value) {
    case "1":
      return 1;
    case "2":
      return 2;
    case "3":
      return 3;
    default:
      return undefined;
  }
}

/** Only what a folder answers is asked of folders. Throws USAGE. */
function checkOptions(invocation: Invocation, { cwd }: CommandContext): void {
  const { arguments: files, values } = invocation;
  if (values.text("badge") !== undefined && files.length > 1) {
    throw new AssayError("USAGE", `--badge is for one model, and ${files.length} were named`);
  }
  const forFolders = values.flag("write") === true ? "write" : values.text("signature") === undefined ? undefined : "signature";
  if (forFolders === undefined) return;
  const file = files.find((path) => glanceAt(resolve(cwd, path))?.isDirectory() !== true);
  if (file !== undefined) {
    throw new AssayError("USAGE", `--${forFolders} is for a model's folder, and ${file} is not a folder`);
  }
}

async function judgeAll(invocation: Invocation, context: CommandContext): Promise<CommandResult> {
  const reports: Report[] = [];
  const documents: (OpennessDocument | ErrorDocument)[] = [];
  const warnings: Warning[] = [];
  let exitCode: ExitCode = 0;
  for (const path of invocation.arguments) {
    try {
      const judged = await present(requireClass(await judge(path, invocation, context), invocation), path, invocation, context);
      reports.push(judged.report);
      documents.push(judged.json);
      warnings.push(...judged.warnings);
      exitCode = worse(exitCode, judged.exitCode);
    } catch (thrown) {
      const error = asAssayError(thrown);
      if (error.code === "ABORTED" || error.code === "INTERNAL") throw error;
      const code = EXIT_CODE_OF_ERROR[error.outcome];
      exitCode = worse(exitCode, code);
      reports.push([answer("no", invocation.spec.refusal, error.message), ...adviceLines(error)]);
      documents.push(errorDocument(error, { command: "openness", hintOf: adviceText }));
    }
  }
  const report = reports.flatMap((blocks, index): Report => (index === 0 ? blocks : [{ kind: "blank" }, ...blocks]));
  return { exitCode, report, json: documents, warnings };
}

function worse(a: ExitCode, b: ExitCode): ExitCode {
  return a >= b ? a : b;
}

async function judge(path: string, invocation: Invocation, context: CommandContext): Promise<Judged> {
  const { values } = invocation;
  const strict = values.flag("strict") === true;
  const licenses = shippedLicenses();
  if (glanceAt(resolve(context.cwd, path))?.isDirectory() === true) {
    return judgeFolder({ licenses, strict }, invocation, context, path);
  }
  const bytes = readBounded(resolve(context.cwd, path), "file", MOST_YAML_BYTES, "YAML_TOO_LARGE");
  const { model, unknownFields } = readDescription(bytes, path);
  const evaluation = evaluate(model, licenses, { strict });
  return {
    exitCode: 0,
    answer: { model, evaluation },
    report: (values.flag("full") === true ? opennessReport : shortOpennessReport)(model, evaluation, {
      file: path,
      strict,
      unknownFields,
      verbose: values.flag("verbose") === true,
    }),
    json: opennessFileDocument({ file: resolve(context.cwd, path), strict, model, evaluation, unknownFields }),
    warnings: [],
  };
}

/** As `readModelFile`; of a file that is not called YAML, such as a card or weights, the error suggests its folder. */
function readDescription(bytes: Uint8Array, path: string): ReturnType<typeof readModelFile> {
  try {
    return readModelFile(bytes, path);
  } catch (error) {
    if (!(error instanceof AssayError) || error.hint !== undefined || /\.ya?ml$/i.test(path)) throw error;
    throw new AssayError(error.code, error.message, {
      cause: error,
      suggestion: {
        lead: "a mof.yml is expected here; for all that the folder shows",
        line: shellCommand(["assay", "openness", dirname(path)]),
      },
    });
  }
}

/** As text, or as the section for a README; with the badge written where one is wanted. */
async function present(judged: Judged, path: string, { values }: Invocation, context: CommandContext): Promise<Judged> {
  const badge = values.text("badge");
  const { evaluation } = judged.answer;
  const written = badge === undefined ? [] : [await badgeRow(badge, evaluation.class, context, values.flag("force") === true)];
  if (values.flag("markdown") !== true) return { ...judged, report: [...judged.report, ...written] };
  const section = opennessSection(evaluation, { badge, command: `assay openness ${path} --markdown` });
  return { ...judged, report: [{ kind: "finished", text: escapeLines(section) }] };
}

async function badgeRow(
  file: string,
  openness: OpennessAnswer["evaluation"]["class"],
  context: CommandContext,
  force: boolean,
): Promise<Block> {
  await writeBadge(file, openness, { cwd: context.cwd, signal: context.signal, force });
  return row("badge", file);
}
