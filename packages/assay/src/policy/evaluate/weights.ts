import { formatBytes, formatSize } from "../../core/sizes.ts";
import type { RuleFinding } from "../decision.ts";
import { isUnavailable, type Facts } from "../facts.ts";
import { firstOf } from "./first-of.ts";

/** Whether every file of weights is of a format that is allowed. */
export function evaluateFormats({ weights }: Facts, allow: readonly string[]): RuleFinding {
  if (isUnavailable(weights)) return { outcome: "unknown", code: "FORMAT_NONE", message: weights.unavailable };
  if (weights.length === 0) return { outcome: "unknown", code: "FORMAT_NONE", message: "the model has no file of weights" };
  const others = weights.filter(({ format }) => format === undefined || !allow.includes(format));
  if (others.length === 0) return { outcome: "pass", message: [...new Set(weights.map(({ format }) => format))].toSorted().join(", ") };
  const lines = others.map(({ name, format }) => `${name} is ${format ?? "of an unknown format"}`).toSorted();
  return { outcome: "fail", code: "FORMAT_OTHER", message: firstOf(lines, ", and"), names: others.map(({ name }) => name).toSorted() };
}

/** Whether the model is not larger than allowed, on disk and in memory; exactly as large is allowed. Bounds in bytes. */
export function evaluateSize(facts: Facts, maxBytes: number | undefined, maxMemory: number | undefined): readonly RuleFinding[] {
  return [...onDisk(facts, maxBytes), ...inMemory(facts, maxMemory)];
}

function onDisk({ totalBytes }: Facts, max: number | undefined): readonly RuleFinding[] {
  if (max === undefined) return [];
  if (typeof totalBytes !== "number") return [unknown(totalBytes.unavailable)];
  return totalBytes > max
    ? [{ outcome: "fail", code: "SIZE_BYTES", message: tooLarge(totalBytes, max, "") }]
    : [{ outcome: "pass", message: formatSize(totalBytes) }];
}

/** What is known may be too much already, whatever the other files hold. */
function inMemory({ weights }: Facts, max: number | undefined): readonly RuleFinding[] {
  if (max === undefined) return [];
  if (isUnavailable(weights)) return [unknown(weights.unavailable)];
  if (weights.length === 0) return [unknown("the model has no file of weights")];
  const known = weights.reduce((sum, { memoryBytes = 0 }) => sum + memoryBytes, 0);
  const untold = weights
    .filter(({ memoryBytes }) => memoryBytes === undefined)
    .map(({ name }) => name)
    .toSorted();
  const findings: RuleFinding[] = [];
  if (known > max) findings.push({ outcome: "fail", code: "SIZE_MEMORY", message: tooLarge(known, max, " in memory") });
  if (untold.length > 0) findings.push(unknown(`${untold[0]} does not tell what it takes in memory`, untold));
  return findings.length > 0 ? findings : [{ outcome: "pass", message: `${formatSize(known)} in memory` }];
}

function unknown(message: string, names: readonly string[] = []): RuleFinding {
  return { outcome: "unknown", code: "SIZE_UNKNOWN", message, names };
}

/** Sizes for people, or exact ones where these are the same. */
function tooLarge(bytes: number, max: number, where: string): string {
  const format = formatSize(bytes) === formatSize(max) ? formatBytes : formatSize;
  return `${format(bytes)}${where}, at most ${format(max)} allowed`;
}
