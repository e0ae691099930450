import { opennessImportDocument } from "../../../report/json/openness-import.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { importedText, importReport } from "./report.ts";

/** `assay openness import SOURCE [FILE]`. */
export async function run({ arguments: names, values }: Invocation, { cwd, signal }: CommandContext): Promise<CommandResult> {
  const [source = "", file] = names;
  const { importModelFile } = await import("../../../api/import-model-file.ts");
  const imported = await importModelFile(source, { file, force: values.flag("force") === true, cwd, signal });
  return {
    exitCode: 0,
    report: file === undefined ? importedText(imported) : importReport(source, imported, file),
    json: opennessImportDocument(imported),
    warnings: [],
  };
}
