/** Values of a card's front matter, taken as they come: any value may be anywhere. */

const MAX_TEXT = 500;
const MAX_ITEMS = 500;

/** A single text; undefined for anything else, and for one that is blank or too long to be meant. */
export function asText(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return undefined;
  const trimmed = value.trim();
  return trimmed === "" || trimmed.length > MAX_TEXT ? undefined : trimmed;
}

/** One text or a list of them. */
export function asTexts(value: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value.slice(0, MAX_ITEMS) : [value];
  return values.map(asText).filter((text) => text !== undefined);
}

export function asFields(value: unknown): ReadonlyMap<unknown, unknown> {
  if (value instanceof Map) return value;
  return typeof value === "object" && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : new Map();
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, MAX_ITEMS) : [];
}
