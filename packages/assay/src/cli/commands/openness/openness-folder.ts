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
import { readNamedSignature } from "../../inputs/signature.ts";
import { readModelOptions } from "../../inputs/model-options.ts";
import { readCoverageTrust } from "./openness-trust.ts";
import type { OpennessDocument } from "../../../report/json/documents.ts";
import { opennessFolderDocument } from "../../../report/json/openness-folder.ts";
import { adviceText } from "../../text/advice.ts";
import { folderReport, shortFolderReport } from "./folder-report.ts";
import { fewWarnings } from "./short-report.ts";

/** `assay openness DIR`: both answers, what they rest on, and the digest that binds them. `path` is the folder as given. */
export async function judgeFolder(
  judgment: Pick<FolderOptions, "licenses" | "strict">,
  invocation: Invocation,
  context: CommandContext,
  path: string,
): Promise<Omit<CommandResult, "json"> & { readonly answer: FolderAnswer; readonly json: OpennessDocument }> {
  const { values } = invocation;
  const trust = await readCoverageTrust(values, context);
  const named = values.text("signature");
  const signature = named === undefined || trust === undefined ? undefined : await readNamedSignature(named);
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
  const json = opennessFolderDocument({
    inspection,
    strict: judgment.strict === true,
    binding: bound.binding,
    coverage,
    written: written?.name,
    warnings,
    hintOf: adviceText,
  });
  return {
    exitCode: json.exitCode,
    answer: asFound,
    report: (values.flag("full") === true ? folderReport : shortFolderReport)({
      inspection,
      binding: bound.binding,
      coverage,
      written: written === undefined ? undefined : { ...written, path: written.name },
      verbose: values.flag("verbose") === true,
    }),
    json,
    warnings: values.flag("full") === true || values.flag("verbose") === true ? warnings : fewWarnings(warnings),
  };
}
