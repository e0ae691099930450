import type { ModelEvaluation } from "../api/evaluations.ts";
import { COMPONENTS } from "../openness/components.ts";

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

/** Makes a text safe for where it is printed: a terminal, for example. */
export type EscapeText = (text: string) => string;

/**
 * The list as comma-separated values (RFC 4180): a line of headings, one for each evaluation, each ended by CRLF;
 * after the facts a column for each component, with its status.
 */
export function listCsv(shown: readonly ModelEvaluation[], escape: EscapeText = (text) => text): string {
  const headings = [...FACTS, ...COMPONENTS.map(({ name }) => name)];
  return [headings, ...shown.map(cellsOf)].map((cells) => `${cells.map((cell) => csvCell(cell, escape)).join(",")}\r\n`).join("");
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
 * One cell: quoted where RFC 4180 asks for it. A spreadsheet must not take it for a formula: one that begins like that
 * gets an apostrophe, as OWASP advises against CSV injection.
 */
export function csvCell(text: string, escape: EscapeText = (cell) => cell): string {
  const safe = escape(text.trim());
  const plain = /^[=+\-@]/.test(safe) ? `'${safe}` : safe;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
