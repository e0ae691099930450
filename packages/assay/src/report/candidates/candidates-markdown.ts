import type { ModelComparison } from "../../api/compare-models.ts";
import type { Sector } from "../../api/init-policy.ts";
import { plainText } from "../markdown-text.ts";
import { candidateTable } from "./candidate-rows.ts";

/** Models side by side as a Markdown table, for a ticket or a page. */
export function candidatesMarkdown(comparison: ModelComparison, sector?: Sector): string {
  const { names, groups, why } = candidateTable(comparison, sector);
  return [
    line(["", ...names.map(plainText)]),
    line(["---", ...names.map(() => "---")]),
    ...groups.flatMap(({ title, rows }) => [
      line([`**${plainText(title)}**`, ...names.map(() => "")]),
      ...rows.map((row) => line([plainText(row.title), ...row.cells.map(({ text }) => plainText(text))])),
    ]),
    "",
    ...(why === "" ? [] : [`Order: ${plainText(why)}.`, ""]),
    "Results are what the models' own cards claim. No score adds the answers up.",
    "",
  ].join("\n");
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
