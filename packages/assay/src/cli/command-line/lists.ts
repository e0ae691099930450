/**
 * The values of a repeatable option that names paths, with comma-separated lists taken apart as the
 * Go client does it: `a,b`, and `"a,1",b` where a path holds a comma.
 *
 * The Python reference takes every value whole. So a value with a comma that exists as a path, as it
 * stands, is that path; any other is a list. Nobody's command line changes its meaning but that of a
 * person who names a path with a comma that does not exist.
 */
export function splitPathLists(values: readonly string[], exists: (path: string) => boolean): string[] {
  const paths: string[] = [];
  for (const value of values) {
    if (!value.includes(",") || exists(value)) paths.push(value);
    else paths.push(...splitList(value));
  }
  return paths;
}

/** One CSV record (RFC 4180); what is no well-formed record is taken apart at its commas. Empty fields vanish. */
export function splitList(value: string): string[] {
  const fields = value.includes('"') ? (splitQuoted(value) ?? value.split(",")) : value.split(",");
  return fields.filter((field) => field !== "");
}

function splitQuoted(value: string): string[] | undefined {
  const fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;
  for (;;) {
    const match = field.exec(value);
    if (match === null) return undefined;
    fields.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] === "") return fields;
  }
}
