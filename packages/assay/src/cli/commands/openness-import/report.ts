import type { ImportedModel } from "../../../catalog/imported-model.ts";
import { escapeName, escapeLines } from "../../text/escape.ts";
import { head, type JsonObject } from "../../../report/json.ts";
import { answer, command, row, type Block, type Report } from "../../text/report.ts";

/** What `assay openness import --json` prints: schemas/openness-import.v1.json. `file` is where it was written. */
export function importJson(source: string, from: "card" | "tool", imported: ImportedModel, file: string | undefined): JsonObject {
  const { text, taken, toFillIn, toConfirm, notSaid } = imported;
  return {
    ...head("openness-import"),
    exitCode: 0,
    source,
    from,
    file: file ?? null,
    text,
    taken,
    toFillIn,
    toConfirm,
    notSaid,
    warnings: [],
  };
}

/** The YAML alone, so that it can go into a file. */
export function importedText({ text }: ImportedModel): Report {
  return [{ kind: "finished", text: escapeLines(text) }];
}

/** That it was written, and what is left for a person. */
export function importReport(source: string, imported: ImportedModel, file: string): Report {
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
