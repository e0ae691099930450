import { FormatError } from "../../../formats/format-error.ts";
import type { Examiner, ExamineInput } from "../examiner.ts";
import { isLfsHook, programOfGit } from "../git-settings.ts";
import { hasControls } from "../text-bytes.ts";

/** What git and downloads keep beside a model. Loaders read none of it; the contents of git-LFS are examined by what they are. */
const KEPT =
  /(?:^|\/)\.git\/(?:(?:[A-Z]+_)?head$|config$|index$|packed-refs$|shallow$|description$|(?:logs|refs|objects|hooks|info|branches|lfs\/(?:cache|tmp|locks))\/)|(?:^|\/)\.cache\/huggingface\/(?:cachedir\.tag$|\.gitignore$|(?:download|upload)\/.*\.(?:lock|metadata)$)|(?:^|\/)\.no_exist\//i;
/** What a person wrote for git, or git for a person: texts of a working copy. */
const MESSAGE = /(?:^|\/)\.git\/(?:(?:COMMIT|MERGE|TAG|NOTES|BRANCH)_EDITMSG|(?:MERGE|SQUASH)_MSG|MERGE_MODE|AUTO_MERGE|gc\.log)$/i;
/** Where a download notes that a file does not exist: empty files. */
const MISSING = /(?:^|\/)\.no_exist\//i;
const SETTINGS = /(?:^|\/)\.git\/(?:config(?:\.worktree)?|modules\/.*\/config)$/i;
const HOOK = /(?:^|\/)\.git\/(?:modules\/.*\/)?hooks\/[^/]+$/i;
const MAX_TEXT_BYTES = 1024 * 1024;
const INCOMPLETE = /\.(?:incomplete|part|partial|crdownload|aria2|download)$/;

export const GIT_EXAMINER: Examiner = {
  format: "kept by git or a download",
  mayBeEmpty: true,
  isNamed: (name) => (KEPT.test(name) || MESSAGE.test(name)) && !INCOMPLETE.test(name),
  begins: () => false,
  isDistinctive: false,
  async examine(input) {
    const { name, head, report, setNotLoaded } = input;
    if (MISSING.test(name)) throw new FormatError("not-understood", "is not empty, as the note of a missing file is");
    if ((name.includes(".cache/") || MESSAGE.test(name)) && hasControls(head)) return report("text/not-text", "has bytes that no text has");
    setNotLoaded();
    await reportProgram(input);
  },
};

/** Git itself runs programs that its settings and hooks name, as soon as someone works in the folder. */
async function reportProgram({ name, file, report }: ExamineInput): Promise<void> {
  const isHook = HOOK.test(name) && !name.endsWith(".sample");
  if (!isHook && !SETTINGS.test(name)) return;
  const text = new TextDecoder().decode(await file.read(0, MAX_TEXT_BYTES));
  if (isHook) {
    if (!isLfsHook(text)) report("program/git", "is a script that git runs, and not one that git-lfs installs");
    return;
  }
  const line = programOfGit(text);
  if (line !== undefined) report("program/git", `has a setting that may name a program: ${line.slice(0, 120)}`);
  else if (file.size > MAX_TEXT_BYTES) report("program/git", "is longer than settings of git are");
}

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
