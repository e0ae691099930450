import type { FileExamination } from "../../risk/findings.ts";

const RAW = "raw tensors";
/** Names that exporters give to files of raw numbers, though other formats use the extension. */
const RAW_NAME = /(?:^|\/)(?:group\d+-shard\d+of\d+|weights|[^/]*\.weights)\.bin$/;

/**
 * The examination of a file that another file of the model reads as plain numbers. It is data where nothing else knows
 * it: a file that has a format of its own, or a name under which another loader would open it, keeps its findings.
 */
export function asClaimed(examined: FileExamination): FileExamination {
  const isUnknown = examined.findings.every(({ reason }) => reason === "file/unknown-format");
  const isMistaken = RAW_NAME.test(examined.file) && examined.findings.every(({ reason }) => MISTAKEN.has(reason));
  if (examined.findings.length === 0 || !(isUnknown || isMistaken)) return examined;
  return { ...examined, format: RAW, findings: [], facts: {} };
}

/** What a reader says of numbers that it takes for its own format because of the name. */
const MISTAKEN: ReadonlySet<string> = new Set(["file/unknown-format", "file/malformed", "file/disguised"]);
