import { opennessListDocument } from "../../../report/json/openness-list.ts";
import { listCsv } from "../../../report/list-csv.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { readEvaluationOptions } from "../../inputs/evaluation-options.ts";
import { escapeText } from "../../text/escape.ts";
import { readFilter } from "./filter.ts";
import { listReport } from "./report.ts";

/** `assay openness list`. An empty list is a no, as for a search. */
export async function run(invocation: Invocation, context: CommandContext): Promise<CommandResult> {
  const { values } = invocation;
  const isCsv = values.flag("csv") === true;
  const filter = readFilter(invocation);
  const { listEvaluations } = await import("../../../api/evaluations.ts");
  const list = await listEvaluations(filter, readEvaluationOptions(invocation, context));
  const json = opennessListDocument(list);
  return {
    exitCode: json.exitCode,
    report: isCsv ? [{ kind: "finished", text: listCsv(list.evaluations, escapeText) }] : listReport(list),
    json,
    warnings: list.warnings,
  };
}
