import {
  bindInspection,
  checkInspection,
  coverageOf,
  inspectFolder,
  type FolderAnswer,
  type FolderOptions,
} from "../../../api/assess-openness.ts";
import { writeModelFile } from "../../../probe/model-file/write.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { readSignature } from "../../inputs/signature.ts";
import { readModelOptions } from "../../inputs/model-options.ts";
import { readCoverageTrust } from "./openness-trust.ts";
import type { JsonObject } from "../../../report/json.ts";
import { answerJson } from "../../../report/openness-document.ts";
import { folderJson } from "../../../report/openness-folder-document.ts";
import { folderReport, shortFolderReport } from "./folder-report.ts";
import { fewWarnings } from "./short-report.ts";
import { EXIT_CODE_OF_VERIFICATION } from "../../command-line/exit-codes.ts";
import { warningJson } from "../../../report/document-parts.ts";

/** `assay openness DIR`: both answers, what they rest on, and the digest that binds them. `path` is the folder as given. */
export async function judgeFolder(
  judgment: Pick<FolderOptions, "licenses" | "strict">,
  invocation: Invocation,
  context: CommandContext,
  path: string,
): Promise<Omit<CommandResult, "json"> & { readonly answer: FolderAnswer; readonly json: JsonObject }> {
  const { values } = invocation;
  const trust = await readCoverageTrust(values, context);
  const named = values.text("signature");
  const signature = named === undefined || trust === undefined ? undefined : await readSignature(named);
  const options: FolderOptions = {
    ...readModelOptions(values, context, path),
    ...judgment,
    ...(typeof signature === "string" ? { signature } : {}),
  };
  const inspection = await inspectFolder(path, options);
  const { findings, asFound, ifClaimsHold } = inspection;
  const coverage =
    trust === undefined
      ? undefined
      : await coverageOf(path, inspection, trust, { ...options, ...(signature === undefined ? {} : { signature }) });
  const wantsFile = values.flag("write") === true;
  if (wantsFile) await checkInspection(inspection, context.signal);
  const written = wantsFile ? await writeModelFile(findings, asFound.model, ifClaimsHold.model, context.signal) : undefined;
  const bound = await bindInspection(path, inspection, options, { written: written?.name, coverage });
  const warnings = [...inspection.warnings, ...bound.warnings, ...(coverage?.verification.warnings ?? [])];
  // A signature that was asked for and does not hold is a no, whatever the class.
  const exitCode = coverage === undefined ? 0 : EXIT_CODE_OF_VERIFICATION[coverage.verification.outcome];
  return {
    exitCode,
    answer: asFound,
    report: (values.flag("full") === true ? folderReport : shortFolderReport)({
      inspection,
      binding: bound.binding,
      coverage,
      written: written === undefined ? undefined : { ...written, path: written.name },
      verbose: values.flag("verbose") === true,
    }),
    json: {
      ...answerJson(asFound),
      exitCode,
      ...folderJson(inspection, bound.binding, coverage, written?.name),
      warnings: warnings.map(warningJson),
    },
    warnings: values.flag("full") === true || values.flag("verbose") === true ? warnings : fewWarnings(warnings),
  };
}
