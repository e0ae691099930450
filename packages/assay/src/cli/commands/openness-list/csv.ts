import type { ModelEvaluation } from "../../../index.ts";
import { COMPONENTS } from "../../../report/openness-words.ts";
import { escapeText } from "../../text/escape.ts";

const FACTS = [
  "file",
  "name",
  "version",
  "parameters",
  "organization",
  "type",
  "architecture",
  "date",
  "class",
  "progress III",
  "progress II",
  "progress I",
  "license",
] as const;

/**
 * The list as comma-separated values (RFC 4180): a line of headings, one for each evaluation, each ended by CRLF;
 * after the facts a column for each component, with its status.
 */
export function listCsv(shown: readonly ModelEvaluation[]): string {
  const headings = [...FACTS, ...COMPONENTS.map(({ name }) => name)];
  return [headings, ...shown.map(cellsOf)].map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("");
}

function cellsOf({ id, file, model, evaluation, parameters, type, license }: ModelEvaluation): string[] {
  const { release } = model;
  return [
    file ?? `${id}.yml`,
    release.name,
    release.version ?? "",
    parameters?.toString() ?? "",
    release.producer ?? "",
    type ?? "",
    release.architecture ?? "",
    release.date ?? "",
    evaluation.class?.toString() ?? "",
    String(evaluation.progress["3"]),
    String(evaluation.progress["2"]),
    String(evaluation.progress["1"]),
    license ?? "",
    ...evaluation.components.map(({ status }) => status),
  ];
}

/**
 * One cell: quoted where RFC 4180 asks for it. What a terminal must not get is escaped, and a spreadsheet does not
 * take it for a formula: one that begins like that gets an apostrophe, as OWASP advises against CSV injection.
 */
export function csvCell(text: string): string {
  const safe = escapeText(text.trim());
  const plain = /^[=+\-@]/.test(safe) ? `'${safe}` : safe;
  return /[",]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
