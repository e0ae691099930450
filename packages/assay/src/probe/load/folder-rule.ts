import type { RandomAccess } from "../../formats/random-access.ts";
import type { FileExamination } from "../../risk/findings.ts";
import type { ReasonId } from "../../risk/reasons.ts";
import type { FindingPlace } from "./examiner.ts";

/** One look at all files of a model together, after each was examined. All are listed in folder-rules.ts. */
export interface FolderRule {
  readonly name: string;
  /** Reports what only the folder shows. Never throws about the content of a file. */
  readonly examine: (input: FolderInput) => Promise<void>;
}

export interface FolderInput {
  /** Of regular files, from the model's root, in code-point order. */
  readonly names: readonly string[];
  /** Undefined for a name that the model does not have. */
  readonly open: (name: string) => RandomAccess | undefined;
  /** What its examiner saw; undefined for a name that the model does not have. */
  readonly examination: (name: string) => FileExamination | undefined;
  /** Adds a finding to a file of the model. */
  readonly report: (file: string, reason: ReasonId, what: string, place?: FindingPlace) => void;
}
