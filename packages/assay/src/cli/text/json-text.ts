import type { JsonDocument } from "../../report/json/documents.ts";
import { escapeJson } from "./escape.ts";

/** One JSON document, or a list of them where several things were asked about; for a file or a terminal. */
export function jsonText(document: JsonDocument | readonly JsonDocument[]): string {
  return `${escapeJson(JSON.stringify(document, undefined, 2))}\n`;
}
