import type { FileRisk, Scan } from "../../../index.ts";
import { escapeName, escapeText } from "../../text/escape.ts";
import { row, type Block, type Report } from "../../text/report.ts";
import { plural } from "../../text/sizes.ts";
import { sourceRows } from "../../text/source.ts";
import { scanAnswer } from "./answer.ts";
import { factRows } from "./facts.ts";
import { findingBlocks } from "./findings.ts";

/** For each model, under the name that was typed: the answer, what was allowed, facts, and every finding. */
export function scanReport(scans: readonly Scan[], names: readonly string[], isVerbose: boolean): Report {
  return scans.flatMap((scan, at): Block[] => [
    ...(at === 0 ? [] : [{ kind: "blank" } as const]),
    scanAnswer(names[at] ?? "", scan),
    ...scan.risk.waived.map(({ name, findings }) =>
      row("Allowed", `${escapeText(name)}, in ${plural(findings, "place")}, counts for nothing`),
    ),
    ...scan.risk.unusedWaivers.map((name) => row("Not found", `${escapeText(name)} is allowed, and no file names it`)),
    ...sourceRows(scan.source, "Read"),
    ...factRows(scan.risk.facts),
    ...findingBlocks(scan.risk),
    ...(isVerbose ? fileList(scan.risk.files) : []),
  ]);
}

function fileList(files: readonly FileRisk[]): Block[] {
  const rows = files.map(({ file, format, outcome, isLoaded }) => [
    isLoaded || outcome !== "data-only" ? outcome : "-",
    `${escapeName(file)} (${format ?? "unknown format"})`,
  ]);
  return [{ kind: "blank" }, { kind: "columns", rows, widths: [9] }];
}
