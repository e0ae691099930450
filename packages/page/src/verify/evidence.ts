import { VERSION } from "../../../assay/src/core/version.ts";
import { verifyDocument } from "../../../assay/src/report/json/verify.ts";
import type { Verification } from "../../../assay/src/verdict/verification.ts";

/**
 * How much of a model a browser lets a page see. `file`: all of it. `files-shown`: the files that the browser showed of a folder;
 * symbolic links, names that are not UTF-8, and in a chosen folder files that were added meanwhile, it does not show.
 */
export type Level = "file" | "files-shown";

/** What a page keeps of a verification: the command's own document, and what it may be taken for. */
export interface PageEvidence {
  readonly madeBy: "assay page";
  readonly version: string;
  readonly level: Level;
  readonly levelMeans: string;
  readonly checkedAt: string;
  /** As `assay verify --json` writes it. */
  readonly verification: ReturnType<typeof verifyDocument>;
}

const MEANINGS: Readonly<Record<Level, string>> = {
  file: "The one file of the model was read whole, by a browser.",
  "files-shown":
    "The files that a browser showed of a folder were compared. Symbolic links in the folder, and files whose names are not UTF-8, which a browser does not show, were not seen. Not signed by anyone.",
};

/** The evidence of an answer; `time` is when it was given. */
export function evidenceOf(verification: Verification, level: Level, time: Date): PageEvidence {
  return {
    madeBy: "assay page",
    version: VERSION,
    level,
    levelMeans: MEANINGS[level],
    checkedAt: time.toISOString(),
    verification: verifyDocument(verification),
  };
}
