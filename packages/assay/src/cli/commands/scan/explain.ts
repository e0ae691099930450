import type { ScanRulesDocument } from "../../../report/json/documents.ts";
import { escapeText } from "../../text/escape.ts";
import { text, type Block, type Report } from "../../text/report.ts";

/** `assay scan --explain`: what is allowed, and every reason. */
export function explainReport({ allowlists, reasons }: ScanRulesDocument): Report {
  return [
    { kind: "heading", text: "What is not known to be data is not called data." },
    ...allowlists.flatMap(({ what, source, date, names }): Block[] => [
      { kind: "blank" },
      { kind: "heading", text: `Allowed: ${what}` },
      text(`${escapeText(source)} Compared on ${date}.`, "dim"),
      text(names.join(", ")),
    ]),
    ...(["code", "invalid", "unknown", "note"] as const).flatMap((outcome): Block[] => [
      { kind: "blank" },
      { kind: "heading", text: HEADINGS[outcome] },
      ...reasons
        .filter((reason) => reason.outcome === outcome)
        .map(({ id, title, advice }): Block => ({ kind: "entry", term: id, text: `${title} → ${advice}`, column: 30 })),
    ]),
    { kind: "blank" },
    text("docs/scan.md has a section for each: what it means, how it is abused, what to do."),
  ];
}

const HEADINGS = {
  code: "Code: loading runs or names code",
  invalid: "Invalid: not a file of its format",
  unknown: "Unknown: not understood in full",
  note: "Named, without effect on the answer",
} as const;
