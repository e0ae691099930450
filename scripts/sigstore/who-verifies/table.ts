import { readFileSync } from "node:fs";
import type { Attempt } from "./clients.ts";

export interface Row {
  readonly client: string;
  /** What became of signing on today's Rekor 2; undefined for what only verifies. */
  readonly logged: { readonly worked: true; readonly kind: string } | Attempt | undefined;
  readonly verified: readonly Attempt[];
}

/** The kind and version of a bundle's only log entry. */
export function entryKind(bundle: string): string {
  const { verificationMaterial } = JSON.parse(readFileSync(bundle, "utf8")) as {
    verificationMaterial: { tlogEntries: { kindVersion: { kind: string; version: string } }[] };
  };
  return verificationMaterial.tlogEntries.map(({ kindVersion: { kind, version } }) => `${kind} ${version}`).join(", ");
}

/** A Markdown table, and below it the reasons in the clients' own words. */
export function renderTable(titles: readonly string[], rows: readonly Row[]): string {
  const reasons: string[] = [];
  const cell = (attempt: Attempt): string => {
    if (attempt.worked) return "✔";
    const known = reasons.indexOf(attempt.why);
    return `✘ ${known === -1 ? reasons.push(attempt.why) : known + 1}`;
  };
  const lines = rows.map(({ client, logged, verified }) => {
    const first = logged === undefined ? "–" : "kind" in logged ? `✔ as ${logged.kind}` : cell(logged);
    return [client, first, ...verified.map(cell)];
  });
  const head = ["Client", "signs on Rekor 2.3.0", ...titles.map((title) => `verifies ${title}`)];
  const widths = head.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)));
  const row = (cells: readonly string[]): string => `| ${cells.map((text, column) => text.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const rule = widths.map((width) => "-".repeat(width));
  const table = [row(head), row(rule), ...lines.map(row)].join("\n");
  return `${table}\n\n${reasons.map((reason, index) => `${index + 1}. \`${reason.replaceAll("`", "'")}\``).join("\n")}\n`;
}
