import type { Scan } from "../../../index.ts";
import { escapeName, escapeText } from "../../text/escape.ts";
import { answer, row, type Block, type Mark, type Report } from "../../text/report.ts";
import { plural } from "../../text/sizes.ts";

const MARKS: Readonly<Record<Scan["risk"]["outcome"], Mark>> = { "data-only": "yes", code: "no", invalid: "unsure", unknown: "unsure" };
const LEADS: Readonly<Record<Scan["risk"]["outcome"], string>> = {
  "data-only": "Data only",
  code: "Code",
  invalid: "Invalid",
  unknown: "Unknown",
};

/** For each model: the answer, then every finding. */
export function scanReport(scans: readonly Scan[]): Report {
  return scans.flatMap(({ model, risk }): Block[] => [
    answer(MARKS[risk.outcome], LEADS[risk.outcome], `${escapeName(model)}: ${plural(risk.files.length, "file")} examined`),
    ...risk.files.flatMap(({ file, findings }) =>
      findings.map(({ what, member }) => row(escapeName(member === undefined ? file : `${file}: ${member}`), escapeText(what))),
    ),
  ]);
}
