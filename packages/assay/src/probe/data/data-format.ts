import type { FilePart } from "../model-files.ts";
import { lfsPointer } from "../../formats/lfs-pointer.ts";

/** What kind of data a file holds, by its beginning; undefined where it does not hold what its name says. */
export function dataFormat(name: string, { bytes, size }: FilePart): string | undefined {
  if (size === 0) return undefined;
  const head = Buffer.from(bytes).toString("latin1");
  if (lfsPointer(bytes) !== undefined) return undefined;
  const extension = name.toLowerCase().slice(name.lastIndexOf(".") + 1);
  switch (extension) {
    case "parquet":
      return head.startsWith("PAR1") && size > 12 ? "Parquet" : undefined;
    case "arrow":
      return head.startsWith("ARROW1") || head.startsWith("\u00ff\u00ff\u00ff\u00ff") ? "Arrow" : undefined;
    case "jsonl":
      return /^\s*[{[]/.test(head) ? "JSON lines" : undefined;
    case "json":
      return /^\s*[{[]/.test(head) ? "JSON" : undefined;
    case "csv":
      return /^[^\n\0]{0,4000}[,;][^\n\0]{0,4000}\n/.test(head) ? "CSV" : undefined;
    case "tsv":
      return /^[^\n\0]{0,4000}\t[^\n\0]{0,4000}\n/.test(head) ? "TSV" : undefined;
    case "tfrecord":
      return size > 16 ? "TFRecord" : undefined;
    case "gz":
      return head.startsWith("\u001f\u008b") ? "gzip" : undefined;
    case "zst":
      return head.startsWith("\u0028\u00b5\u002f\u00fd") ? "Zstandard" : undefined;
    case "txt":
      return /[^\s\0]/.test(head) && !head.includes("\0") ? "text" : undefined;
    default:
      return undefined;
  }
}
