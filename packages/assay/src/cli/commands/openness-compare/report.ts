import { sourcePhrase } from "../../text/source.ts";
import { comparedRows, hasStar, modelNames, STAR_MEANS } from "../../../report/compared-rows.ts";
import { SHORT_CLASS_NAMES } from "../../../report/openness-words.ts";
import type { OpennessComparison } from "../../../index.ts";
import { escapeName, escapeText } from "../../text/escape.ts";
import { answer, text, type GridColumn, type Report } from "../../text/report.ts";

const FROM = { file: "as its mof.yml says", folder: "by the files in the folder", catalog: "a public evaluation" } as const;

/** Models side by side; on a narrow terminal one block for each component. */
export function compareReport(comparison: OpennessComparison): Report {
  const { models } = comparison;
  const rows = comparedRows(comparison);
  const names = modelNames(models).map(escapeName);
  const columns: GridColumn[] = [{ heading: "" }, ...names.map((heading) => ({ heading, shrinkTo: 16 }))];
  const cells = rows.map(({ title, cells: own }) => [{ text: title }, ...own.map((cell) => ({ ...cell, text: escapeText(cell.text) }))]);
  return [
    answer("neutral", "", summary(comparison, names)),
    { kind: "blank" },
    { kind: "grid", columns, rows: cells },
    { kind: "blank" },
    ...(hasStar(rows) ? [text(STAR_MEANS, "dim")] : []),
    text(
      models
        .map(
          ({ kind, source }, index) =>
            `${names[index] ?? ""}: ${source === undefined ? FROM[kind] : `by its files, ${sourcePhrase(source)}`}`,
        )
        .join("; "),
      "dim",
    ),
  ];
}

function summary({ models, components }: OpennessComparison, names: readonly string[]): string {
  const classes = models.map(({ evaluation }) => (evaluation.class === null ? "of no class yet" : SHORT_CLASS_NAMES[evaluation.class]));
  const differing = components.filter(({ isSame }) => !isSame).length;
  const differ = differing === 0 ? "no component differs" : `${differing} of ${components.length} components differ`;
  const [first = ""] = classes;
  if (classes.every((name) => name === first)) return `${listOf(names)} are ${models.length === 2 ? "both" : "all"} ${first}; ${differ}`;
  return `${names.map((name, index) => `${name} is ${classes[index] ?? ""}`).join(", ")}; ${differ}`;
}

function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}
