import type { ModelComparison } from "../../../api/compare-models.ts";
import type { Sector } from "../../../api/init-policy.ts";
import { candidateTable } from "../../../report/candidates/candidate-rows.ts";
import { escapeName } from "../../text/escape.ts";
import { answer, text, type Cell, type GridColumn, type Report } from "../../text/report.ts";

/** Models side by side; where they do not fit, one block for each line. */
export function candidatesReport(comparison: ModelComparison, sector: Sector | undefined): Report {
  const { names, groups, why } = candidateTable(comparison, sector);
  const shown = names.map(escapeName);
  const columns: GridColumn[] = [
    { heading: "", shrinkTo: 20, least: 14 },
    ...shown.map((heading) => ({ heading, shrinkTo: 22, least: 16 })),
  ];
  const rows = groups.flatMap(({ title, rows: own }): Cell[][] => [
    [{ text: title, tone: "bold" }],
    ...own.map(({ title: label, cells }) => [{ text: `  ${label}` }, ...cells]),
  ]);
  return [
    answer("neutral", "", `${shown.join(", ")}: side by side${why === "" ? "" : `; ${why}`}`),
    { kind: "blank" },
    { kind: "grid", columns, rows },
    { kind: "blank" },
    text("Results are what the models' own cards claim. No score adds the answers up.", "dim"),
  ];
}
