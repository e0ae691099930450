const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?Z$/;

/**
 * A moment in UTC as RFC 3339 writes it (`2026-12-01T00:00:00Z`, fractions allowed), in the one form that texts of moments
 * are compared in: milliseconds. Undefined for another form, and for a moment that does not exist.
 */
export function momentOf(text: string): string | undefined {
  const [, seconds = ""] = TIME.exec(text) ?? [];
  const time = Date.parse(`${seconds}Z`);
  // A day that does not exist is moved to the next month, or is not a time.
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(seconds)) return undefined;
  return new Date(text).toISOString();
}
