import { evaluateAll } from "../../../catalog/evaluated.ts";
import { filterEvaluations } from "../../../catalog/filter.ts";
import { shippedLicenses } from "../../../catalog/licenses.ts";
import { byOpenness } from "../../../catalog/order.ts";
import { AssayError } from "../../../core/error.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { readEvaluations } from "../../inputs/evaluations.ts";
import { listJson } from "./document.ts";
import { listCsv } from "./csv.ts";
import { listReport } from "./report.ts";
import { readFilter } from "../../inputs/read-filter.ts";

/** `assay openness list`: the evaluations that are as asked for, the most open first. Nothing found is a no, as for a search. */
export async function run(invocation: Invocation, context: CommandContext): Promise<CommandResult> {
  const { values } = invocation;
  if (values.flag("csv") === true && values.flag("json") === true) {
    throw new AssayError("USAGE", "--csv and --json print the list in two ways; one can be had at a time");
  }
  const { entries, sources, warnings } = await readEvaluations(invocation, context);
  const filter = readFilter(invocation, entries);
  const licenses = shippedLicenses();
  const all = evaluateAll(entries, licenses, { strict: values.flag("strict") === true });
  const shown = filterEvaluations(all, filter, licenses).sort(byOpenness);
  const listed = { shown, total: entries.length, sources, warnings };
  const exitCode = shown.length === 0 ? 1 : 0;
  return {
    exitCode,
    report: values.flag("csv") === true ? [{ kind: "finished", text: listCsv(shown) }] : listReport(listed),
    json: listJson(listed, exitCode),
    warnings,
  };
}
