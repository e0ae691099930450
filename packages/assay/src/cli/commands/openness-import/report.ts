import type { ImportedModelFile } from "../../../index.ts";
import { escapeName, escapeLines } from "../../text/escape.ts";
import { answer, command, row, type Block, type Report } from "../../text/report.ts";

/** The YAML alone, so that it can go into a file. */
export function importedText({ text }: ImportedModelFile): Report {
  return [{ kind: "finished", text: escapeLines(text) }];
}

/** That it was written, and what is left for a person. */
export function importReport(source: string, imported: ImportedModelFile, file: string): Report {
  const { taken, toFillIn, toConfirm, notSaid } = imported;
  const isWhole = toFillIn.length + toConfirm.length === 0;
  return [
    answer(
      isWhole ? "yes" : "partly",
      "Imported",
      `${escapeName(source)} into ${escapeName(file)}${isWhole ? "" : "; some is left for you, marked in the file"}`,
    ),
    ...listRow("taken", taken),
    ...listRow("to fill in", toFillIn),
    ...listRow("to confirm", toConfirm),
    ...listRow("not said", notSaid),
    command("See how open that is:", ["assay", "openness", file]),
  ];
}

function listRow(label: string, names: readonly string[]): Block[] {
  return names.length === 0 ? [] : [row(label, names.join(", "))];
}
