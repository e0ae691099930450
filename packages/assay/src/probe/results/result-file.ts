import { namesResult } from "./metrics.ts";
import { findResultTable } from "./result-table.ts";

/** What a file of results reports; undefined where it reports none. `text` may be its beginning only. */
export function resultsInFile(name: string, text: string): string | undefined {
  if (/\.(?:md|markdown|rst)$/i.test(name)) return findResultTable(text)?.names;
  return /\.(?:csv|tsv)$/i.test(name) ? inTable(text) : inFields(text);
}

/** A header that names a metric, over a row with a figure. */
function inTable(text: string): string | undefined {
  const [header = "", ...rows] = text.split("\n", 20);
  const named = header.split(/[,;\t]/).find((cell) => namesResult(cell.replaceAll('"', "")));
  return named !== undefined && rows.some((row) => /[,;\t]"?-?\d/.test(row)) ? named.replaceAll('"', "").trim() : undefined;
}

const FIELD = /["']?([A-Za-z][\w@+.,/ -]{0,60})["']?\s{0,4}[:=]\s{0,4}["']?-?\d{1,6}(?:\.\d{1,20})?/g;
const MAX_FIELDS = 5_000;

/** A field that is named after a metric or benchmark and holds a number: `"acc_norm": 0.42`, `mmlu = 61`. */
function inFields(text: string): string | undefined {
  let count = 0;
  for (const [, key = ""] of text.matchAll(FIELD)) {
    if ((count += 1) > MAX_FIELDS) return undefined;
    if (
      namesResult(key) ||
      namesResult(key.replace(/[_-](?:stderr|norm|none|mean|std|avg|score).*$/i, "")) ||
      key.split(/[_/. -]/).some((word) => namesResult(word))
    )
      return key;
  }
  return undefined;
}
