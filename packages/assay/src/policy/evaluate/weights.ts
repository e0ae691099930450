import type { Finding } from "../decision.ts";
import { isUnavailable, type Facts } from "../facts.ts";

/** Whether every file of weights is of a format that is allowed. */
export function evaluateFormats({ weights }: Facts, allow: readonly string[]): Finding {
  if (isUnavailable(weights)) return { outcome: "unknown", code: "FORMAT_NONE", message: weights.unavailable };
  if (weights.length === 0) return { outcome: "unknown", code: "FORMAT_NONE", message: "the model has no file of weights" };
  const others = weights.filter(({ format }) => format === undefined || !allow.includes(format));
  if (others.length === 0) return { outcome: "pass", message: [...new Set(weights.map(({ format }) => format))].toSorted().join(", ") };
  const lines = others.map(({ name, format }) => `${name} is ${format ?? "of an unknown format"}`).toSorted();
  const more = lines.length === 1 ? "" : `, and ${lines.length - 1} more`;
  return { outcome: "fail", code: "FORMAT_OTHER", message: `${lines[0]}${more}`, names: others.map(({ name }) => name).toSorted() };
}

/** Whether the model is not larger than allowed, on disk and in memory; exactly as large is allowed. Bounds in bytes. */
export function evaluateSize(facts: Facts, maxBytes: number | undefined, maxMemory: number | undefined): Finding {
  const parts = [onDisk(facts, maxBytes), inMemory(facts, maxMemory)].filter((part) => part !== undefined);
  return (
    parts.find(({ outcome }) => outcome === "fail") ??
    parts.find(({ outcome }) => outcome === "unknown") ?? { outcome: "pass", message: parts.map(({ message }) => message).join(", ") }
  );
}

function onDisk({ totalBytes }: Facts, max: number | undefined): Finding | undefined {
  if (max === undefined) return undefined;
  if (typeof totalBytes !== "number") return { outcome: "unknown", code: "SIZE_UNKNOWN", message: totalBytes.unavailable };
  return totalBytes > max
    ? { outcome: "fail", code: "SIZE_BYTES", message: `${counted(totalBytes)}, at most ${counted(max)} allowed` }
    : { outcome: "pass", message: counted(totalBytes) };
}

function inMemory({ weights }: Facts, max: number | undefined): Finding | undefined {
  if (max === undefined) return undefined;
  if (isUnavailable(weights)) return { outcome: "unknown", code: "SIZE_UNKNOWN", message: weights.unavailable };
  const known = weights.reduce((sum, { memoryBytes = 0 }) => sum + memoryBytes, 0);
  // What is known may be too much already, whatever the other files hold.
  if (known > max) return { outcome: "fail", code: "SIZE_MEMORY", message: `${counted(known)} in memory, at most ${counted(max)} allowed` };
  const unknown = weights.filter(({ memoryBytes }) => memoryBytes === undefined).map(({ name }) => name);
  if (weights.length === 0) return { outcome: "unknown", code: "SIZE_UNKNOWN", message: "the model has no file of weights" };
  if (unknown.length > 0) {
    const names = unknown.toSorted();
    return { outcome: "unknown", code: "SIZE_UNKNOWN", message: `${names[0]} does not tell what it takes in memory`, names };
  }
  return { outcome: "pass", message: `${counted(known)} in memory` };
}

function counted(bytes: number): string {
  return `${bytes.toLocaleString("en-US")} bytes`;
}
