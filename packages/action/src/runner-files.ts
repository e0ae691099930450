// The files by which a step tells the runner its outputs and its summary.
import { appendFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** What GitHub takes of one step's summary, in bytes of UTF-8. */
const MAX_SUMMARY = 1024 * 1024;
const CUT = "\n\n**This report is cut: it is too long for the summary of a job. The output `report` names the whole one.**\n";

/** Appends the outputs. `token` must be one that no value can have foreseen: it ends each value. Without the runner's file, none are written. */
export function writeOutputs(environment: Environment, outputs: ReadonlyMap<string, string>, token: string): void {
  const file = environment["GITHUB_OUTPUT"] ?? "";
  if (file === "") return;
  const text = [...outputs].map(([name, value]) => `${name}<<${token}\n${value}\n${token}\n`).join("");
  appendFileSync(file, text);
}

/** Appends to the summary of the job, at most what it takes. */
export function writeSummary(environment: Environment, markdown: string): void {
  const file = environment["GITHUB_STEP_SUMMARY"] ?? "";
  if (file !== "") appendFileSync(file, summaryText(markdown));
}

/** Cut at the end of a line. */
export function summaryText(markdown: string): string {
  const bytes = new TextEncoder().encode(markdown);
  if (bytes.length <= MAX_SUMMARY) return markdown;
  const fitting = bytes.subarray(0, MAX_SUMMARY - CUT.length);
  return new TextDecoder().decode(fitting.subarray(0, fitting.lastIndexOf(0x0a) + 1)) + CUT;
}

/** Puts a result where later steps of the job find it, and returns its path. */
export function keepResult(environment: Environment, files: Readonly<Record<string, string>>): (name: string) => string {
  const folder = mkdtempSync(join(environment["RUNNER_TEMP"] || tmpdir(), "assay-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return (name) => join(folder, name);
}
