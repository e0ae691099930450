import type { Attempt } from "./clients.ts";

export interface Cell {
  readonly signer: string;
  readonly verifier: string;
  readonly signed: Attempt;
  readonly verified: Attempt | undefined;
}

export interface Row {
  readonly group: string;
  readonly name: string;
  readonly cells: readonly Cell[];
}

const MAX_QUOTE = 240;

/**
 * Markdown: a table for each group, every "no" with a number, and the reasons below in the clients' own words.
 * "(✔)" is a yes of the client's library where its command says no.
 */
export function renderMatrix(rows: readonly Row[], clients: readonly string[]): string {
  const reasons: string[] = [];
  const parts: string[] = [];
  for (const group of new Set(rows.map((row) => row.group))) {
    const pairs = clients.flatMap((signer) => clients.map((verifier) => `${signer} → ${verifier}`));
    parts.push(`## ${group}\n`, line([group, ...pairs]), line([group, ...pairs].map(() => "---")));
    for (const row of rows.filter((candidate) => candidate.group === group)) {
      parts.push(line([row.name, ...row.cells.map((cell) => textOf(cell, reasons))]));
    }
    parts.push("");
  }
  if (reasons.length > 0)
    parts.push("## Why not, in the clients' own words\n", ...reasons.map((reason, index) => `${index + 1}. ${reason}`));
  return parts.join("\n");
}

function textOf({ signer, verifier, signed, verified }: Cell, reasons: string[]): string {
  if (!signed.worked) return `– ${numberOf(`${signer}, signing: ${quote(signed.why)}`, reasons)}`;
  if (verified === undefined) return `– ${numberOf(`${signer} said that it signed and wrote no signature`, reasons)}`;
  if (!verified.worked) return `✘ ${numberOf(`${verifier}, verifying: ${quote(verified.why)}`, reasons)}`;
  return verified.byLibrary === true ? "(✔)" : "✔";
}

/** The same reason has one number. */
function numberOf(reason: string, reasons: string[]): number {
  const known = reasons.indexOf(reason);
  return known >= 0 ? known + 1 : reasons.push(reason);
}

function quote(text: string): string {
  const short = text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE)}…` : text;
  return `\`${short.replaceAll("`", "'")}\``;
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
