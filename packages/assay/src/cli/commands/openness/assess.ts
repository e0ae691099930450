import { dirname } from "node:path";
import { AssayError } from "../../../core/error.ts";
import type { FolderAnswer } from "../../../index.ts";
import type { OpennessDocument } from "../../../report/json/documents.ts";
import { opennessFolderDocument } from "../../../report/json/openness-folder.ts";
import { opennessFileDocument } from "../../../report/json/openness.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import type { OptionValues } from "../../command-line/tokens.ts";
import type { Warning } from "../../../core/warning.ts";
import type { MarkdownOptions } from "../../../report/markdown.ts";
import { readModelOptions, readRemoteOptions, serverAccess } from "../../inputs/model-options.ts";
import { adviceText } from "../../text/advice.ts";
import { shellCommand } from "../../text/shell-quote.ts";
import { folderReport, shortFolderReport } from "./folder-report.ts";
import { isFolder, type SignatureOptions } from "./options.ts";
import { opennessReport, shortOpennessReport } from "./report.ts";
import { fewWarnings, groupWarnings } from "./short-report.ts";

/** One of the files or folders that were named, with its answer. */
export interface Assessed extends Omit<CommandResult, "json"> {
  readonly answer: FolderAnswer;
  /** Of a folder. */
  readonly folder?: MarkdownOptions["folder"];
  readonly json: OpennessDocument;
}

/** A mof.yml or a model's folder, by what is at the path. */
export async function assess(path: string, { values }: Invocation, signed: SignatureOptions, context: CommandContext): Promise<Assessed> {
  return isFolder(path, context.cwd) ? assessFolder(path, values, signed, context) : assessFile(path, values, context);
}

async function assessFolder(path: string, values: OptionValues, signed: SignatureOptions, context: CommandContext): Promise<Assessed> {
  const trust = await signed.trust();
  const signature = await signed.signature();
  const { assessOpenness } = await import("../../../api/assess-openness.ts");
  const assessment = await assessOpenness(path, {
    ...readModelOptions(values, context, path),
    ...readRemoteOptions(values),
    ...serverAccess(context),
    strict: values.flag("strict") === true,
    write: values.flag("write") === true,
    ...(trust === undefined ? {} : { trust }),
    ...(signature === undefined ? {} : { signature }),
  });
  const { asFound, warnings } = assessment;
  const json = opennessFolderDocument(assessment, { hintOf: adviceText });
  const isFull = values.flag("full") === true;
  const isVerbose = values.flag("verbose") === true;
  return {
    exitCode: json.exitCode,
    answer: asFound,
    folder: { ifClaimsHold: assessment.ifClaimsHold.evaluation, notRead: assessment.notRead },
    report: (isFull ? folderReport : shortFolderReport)(assessment, isVerbose),
    json,
    warnings: shownWarnings(warnings, values, assessment.source !== undefined),
  };
}

/** What was not read is in the report, where one is printed. */
function shownWarnings(warnings: readonly Warning[], values: OptionValues, isRemote: boolean): readonly Warning[] {
  const isPrinted = values.flag("markdown") !== true && values.flag("quiet") !== true && values.flag("json") !== true;
  const inReport = new Set<Warning["code"]>(["EVIDENCE_NOT_ALL_READ", ...(isRemote ? (["EVIDENCE_NOT_BOUND"] as const) : [])]);
  const others = isPrinted ? warnings.filter(({ code }) => !inReport.has(code)) : warnings;
  if (values.flag("verbose") === true) return others;
  const grouped = groupWarnings(others);
  return values.flag("full") === true ? grouped : fewWarnings(grouped);
}

async function assessFile(path: string, values: OptionValues, { cwd }: CommandContext): Promise<Assessed> {
  const { assessModelFile } = await import("../../../api/assess-model-file.ts");
  const strict = values.flag("strict") === true;
  const assessment = await assessModelFile(path, { cwd, strict }).catch((error: unknown) => {
    throw withFolder(error, path);
  });
  const { model, evaluation, unknownFields } = assessment;
  const verbose = values.flag("verbose") === true;
  return {
    exitCode: 0,
    answer: assessment,
    report: (values.flag("full") === true ? opennessReport : shortOpennessReport)(model, evaluation, {
      file: path,
      strict,
      unknownFields,
      verbose,
    }),
    json: opennessFileDocument(assessment),
    warnings: [],
  };
}

/** Of a file that is not called YAML, such as a card or weights, the error suggests its folder. */
function withFolder(error: unknown, path: string): unknown {
  if (!(error instanceof AssayError) || !error.code.startsWith("YAML_") || /\.ya?ml$/i.test(path)) return error;
  return new AssayError(error.code, error.message, {
    cause: error,
    suggestion: {
      lead: "a mof.yml is expected here; for all that the folder shows",
      line: shellCommand(["assay", "openness", dirname(path)]),
    },
  });
}
