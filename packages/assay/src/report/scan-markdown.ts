import { plural } from "../core/sizes.ts";
import type { LoadFindingPart, ScanDocument, ScannedFilePart } from "./json/documents.ts";
import { codeSpan, listLines, plainText } from "./markdown-text.ts";

const LEADS = { "data-only": "✔ Data only", code: "✘ Runs code", unknown: "? Unknown", invalid: "✘ Invalid" } as const;
const ORDER = { code: 0, invalid: 1, unknown: 2, "data-only": 3 } as const;

/** A scan as Markdown: the answer for each model, then every file that is not data only, the worst first, with what to do. */
export function scanMarkdown({ models, files }: ScanDocument, names: readonly string[] = models.map(({ model }) => model)): string {
  return models
    .flatMap(({ model, outcome, findings }, index) => {
      const own = files.filter((file) => file.model === model);
      const open = own.filter((file) => file.outcome !== "data-only").toSorted((a, b) => ORDER[a.outcome] - ORDER[b.outcome]);
      return [
        `## ${LEADS[outcome]}: ${codeSpan(names[index] ?? model)}`,
        "",
        `${plural(own.length, "file")} examined, ${open.length === 0 ? "no finding" : `${plural(open.length, "file")} with findings`}.`,
        "",
        ...listLines(findings, findingLine),
        ...listLines(open, fileLine),
        "",
      ];
    })
    .join("\n");
}

function fileLine({ file, outcome, findings }: ScannedFilePart): string {
  const first = findings.find((finding) => finding.outcome === outcome && !finding.waived);
  return `**${outcome}** ${codeSpan(file)}${first === undefined ? "" : ` ${placeOf(first)}${plainText(first.what)} → ${plainText(first.advice)}`}`;
}

function findingLine(finding: LoadFindingPart): string {
  return `**${finding.outcome}** ${plainText(finding.what)} → ${plainText(finding.advice)}`;
}

function placeOf({ member, offset }: LoadFindingPart): string {
  const parts = [...(member === null ? [] : [codeSpan(member)]), ...(offset === null ? [] : [`byte ${offset}`])];
  return parts.length === 0 ? "" : `(${parts.join(", ")}) `;
}
