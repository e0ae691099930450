import { AssayError } from "../../../core/error.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { readEvaluationOptions } from "../../inputs/evaluation-options.ts";
import { listCsv } from "./csv.ts";
import { listJson } from "./document.ts";
import { readFilter } from "./filter.ts";
import { listReport } from "./report.ts";

/** `assay openness list`. An empty list is a no, as for a search. */
export async function run(invocation: Invocation, context: CommandContext): Promise<CommandResult> {
  const { values } = invocation;
  const isCsv = values.flag("csv") === true;
  if (isCsv && values.flag("json") === true) {
    throw new AssayError("USAGE", "--csv and --json print the list in two ways; one can be had at a time");
  }
  const filter = readFilter(invocation);
  const { listEvaluations } = await import("../../../api/evaluations.ts");
  const list = await listEvaluations(filter, readEvaluationOptions(invocation, context));
  const exitCode = list.evaluations.length === 0 ? 1 : 0;
  return {
    exitCode,
    report: isCsv ? [{ kind: "finished", text: listCsv(list.evaluations) }] : listReport(list),
    json: listJson(list, exitCode),
    warnings: list.warnings,
  };
}
