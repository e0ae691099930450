import { spawnSync } from "node:child_process";
import { measure, median, type Command } from "./measure.ts";
import { ASSAY_COMMAND, type Subject } from "./tools.ts";

/**
 * What the progress line costs: the same verification with and without it, in turn, on a terminal that
 * `script` pretends to be. Nothing where `script` (util-linux) is not installed.
 */
export function progressCost(subject: Subject, runs: number): string | undefined {
  if (!/util-linux/.test(spawnSync("script", ["--version"], { encoding: "utf8" }).stdout ?? "")) return undefined;
  const given = ["verify", "key", "--signature", subject.bundle, "--public-key", subject.publicKey, subject.model];
  const shown = onTerminal([process.execPath, ASSAY_COMMAND, ...given]);
  const hidden = onTerminal([process.execPath, ASSAY_COMMAND, ...given, "--no-progress"]);
  const cpu: number[] = [];
  const wall: number[] = [];
  for (let round = 0; round < runs; round += 1) {
    const withLine = measure(shown);
    const without = measure(hidden);
    wall.push(withLine.wallSeconds / without.wallSeconds);
    if (withLine.cpuSeconds !== undefined && without.cpuSeconds !== undefined) cpu.push(withLine.cpuSeconds / without.cpuSeconds);
  }
  const cpuText = cpu.length === 0 ? "" : `CPU ${percent(median(cpu))}, `;
  return `progress line, ${subject.shape.name}, with against without: ${cpuText}wall ${percent(median(wall))} (goal: under +1 %)`;
}

function onTerminal(words: readonly string[]): Command {
  const quoted = words.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(" ");
  return { file: "script", arguments: ["-qec", quoted, "/dev/null"] };
}

function percent(ratio: number | undefined): string {
  if (ratio === undefined) return "unknown";
  const value = (ratio - 1) * 100;
  return `${value < 0 ? "" : "+"}${value.toFixed(1)} %`;
}
