import type { OpennessComparison } from "../api/compare-openness.ts";
import { comparedRows, hasStar, modelNames, STAR_MEANS } from "./compared-rows.ts";
import { plainText, tableLine } from "./markdown-text.ts";

/** Models side by side as a Markdown table. */
export function compareMarkdown(comparison: OpennessComparison): string {
  const { models } = comparison;
  const rows = comparedRows(comparison);
  const lines = [
    tableLine(["Component", ...modelNames(models).map(plainText)]),
    tableLine(["Component", ...models].map(() => "---")),
    ...rows.map(({ title, cells }) => tableLine([title, ...cells.map((cell) => plainText(cell.text))])),
    ...(hasStar(rows) ? ["", plainText(STAR_MEANS)] : []),
    "",
  ];
  return lines.join("\n");
}
