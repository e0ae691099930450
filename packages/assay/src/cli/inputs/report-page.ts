import { openOutputOfKind, type OutputFile } from "../../api/output-file.ts";
import type { CommandContext } from "../command.ts";
import type { OptionValues } from "../command-line/tokens.ts";

/**
 * The place of `--html`, opened before the work: a file that is there is replaced where it is a report of ours, or with
 * `--force`. Undefined without the option. Throws OUTPUT_EXISTS, OUTPUT_WRITE.
 */
export async function openReportPage(values: OptionValues, { cwd }: Pick<CommandContext, "cwd">): Promise<OutputFile | undefined> {
  const path = values.text("html");
  if (path === undefined) return undefined;
  const { isReportPage } = await import("../../report/html/page.ts");
  return openOutputOfKind(path, cwd, { what: "report of Assay", isSameKind: isReportPage, force: values.flag("force") === true });
}
