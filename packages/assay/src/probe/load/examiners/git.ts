import { hasControls } from "../text-bytes.ts";
import type { Examiner } from "../examiner.ts";

/** What git and downloads keep beside a model. Loaders read none of it; the contents of git-LFS are examined by what they are. */
const KEPT =
  /(?:^|\/)\.git\/(?:(?:[A-Z]+_)?head$|config$|index$|packed-refs$|shallow$|description$|(?:logs|refs|objects|hooks|info|branches|lfs\/(?:cache|tmp|locks))\/)|(?:^|\/)\.cache\/huggingface\/(?:cachedir\.tag$|\.gitignore$|(?:download|upload)\/.*\.(?:lock|metadata)$)/i;
const INCOMPLETE = /\.(?:incomplete|part|partial|crdownload|aria2|download)$/;

export const GIT_EXAMINER: Examiner = {
  format: "kept by git or a download",
  mayBeEmpty: true,
  isNamed: (name) => KEPT.test(name) && !INCOMPLETE.test(name),
  begins: () => false,
  isDistinctive: false,
  async examine({ name, head, report, setNotLoaded }) {
    if (name.includes(".cache/") && hasControls(head)) return report("text/not-text", "has bytes that no text has");
    setNotLoaded();
  },
};

/** A download that did not end. */
export const INCOMPLETE_EXAMINER: Examiner = {
  format: "incomplete download",
  isNamed: (name) => INCOMPLETE.test(name),
  isNameDecisive: true,
  begins: () => false,
  isDistinctive: false,
  async examine({ report }) {
    report("folder/incomplete-download", "is a download that did not end");
  },
};
