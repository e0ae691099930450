import type { JsonNode } from "../../encoding/json.ts";
import type { Unavailable } from "../facts.ts";

// Values of a recorded document. What is not of its form fails with the code of the document.

/** The fields of an object that has exactly these. */
export function recordedFields<Name extends string>(node: JsonNode, names: readonly Name[]): (name: Name) => JsonNode {
  const known: ReadonlySet<string> = new Set(names);
  const fields = new Map<string, JsonNode>();
  for (const [key, value] of node.object().members()) {
    if (!known.has(key)) value.fail(`the field "${value.path}" is unknown`);
    fields.set(key, value);
  }
  return (name) => fields.get(name) ?? node.require(name);
}

export function recordedItems<Item>(node: JsonNode, read: (item: JsonNode) => Item): readonly Item[] {
  return Array.from(node.elements(), read);
}

export function recordedTexts(node: JsonNode): readonly string[] {
  return recordedItems(node, (item) => item.string());
}

/** Undefined for null. */
export function ifGiven<Value>(node: JsonNode, read: (node: JsonNode) => Value): Value | undefined {
  return node.kind === "null" ? undefined : read(node);
}

/** A fact, or why it could not be established. */
export function ifAvailable<Value>(node: JsonNode, read: (node: JsonNode) => Value): Value | Unavailable {
  if (node.kind !== "object" || node.get("unavailable") === undefined) return read(node);
  return { unavailable: recordedFields(node, ["unavailable"])("unavailable").string() };
}

export function recordedChoice<Choice extends string>(node: JsonNode, choices: readonly Choice[]): Choice {
  const text = node.string();
  return choices.find((known) => known === text) ?? node.fail(`"${node.path}" is ${JSON.stringify(text)}, expected ${choices.join(", ")}`);
}

export function recordedCount(node: JsonNode): number {
  return node.natural() ?? node.fail(`"${node.path}" is not a whole number from 0 on`);
}

export function recordedDigest(node: JsonNode): string {
  const text = node.string();
  return /^sha256:[0-9a-f]{64}$/.test(text) ? text : node.fail(`"${node.path}" is not sha256: and 64 lower-case hexadecimal digits`);
}

/** As `toISOString` writes it: moments are compared as texts. */
export function recordedMoment(node: JsonNode): string {
  const text = node.string();
  const time = new Date(text);
  if (!Number.isNaN(time.getTime()) && time.toISOString() === text) return text;
  return node.fail(`"${node.path}" is not a moment such as 2026-12-01T00:00:00.000Z`);
}
