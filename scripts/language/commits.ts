// The subjects of commits: imperative, under 72 characters, no full stop. Older ones than the first checked are history.
import { spawnSync } from "node:child_process";

const LAST_UNCHECKED = "94f0bea";
const MAX_SUBJECT_LENGTH = 71;

/** Landed before the check was in everyone's hands. */
const TOO_LATE_TO_REWORD = new Set(["2fd8b8d", "9be24c1", "c38c70e", "c9f6822", "6d3fc3c", "86908c5", "2a6df3d"]);

/** First words that look like a past tense, a third person or a gerund, and are none of them. */
const IMPERATIVE =
  /^(?:Address|Bring|Bypass|Compress|Discuss|Embed|Express|Feed|Focus|Need|Pass|Press|Proceed|Process|Seed|Shed|Speed|String|Suppress)$/;

/** What is wrong with each subject since the language is checked; none where the history is not there (a shallow clone). */
export function subjectFaults(root: string): string[] {
  const log = spawnSync("git", ["log", "--no-merges", "--format=%h %s", `${LAST_UNCHECKED}..HEAD`], { cwd: root, encoding: "utf8" });
  if (log.status !== 0) return [];
  return log.stdout
    .split("\n")
    .filter((line) => line !== "")
    .flatMap((line) => {
      const [hash = "", ...words] = line.split(" ");
      if (TOO_LATE_TO_REWORD.has(hash.slice(0, 7))) return [];
      return faultsOf(words.join(" ")).map((fault) => `${hash}: ${fault}: ${words.join(" ")}`);
    });
}

/** What is wrong with one subject. */
export function faultsOf(subject: string): string[] {
  const first = /^\S+/.exec(subject)?.[0] ?? "";
  const faults: string[] = [];
  if (subject.length > MAX_SUBJECT_LENGTH) faults.push(`${subject.length} characters, at most ${MAX_SUBJECT_LENGTH}`);
  if (!/^[A-Z]/.test(first)) faults.push("begins with no capital");
  if (/(?:ed|ing|[^s]s|sses)$/.test(first) && !IMPERATIVE.test(first)) faults.push(`"${first}" is not imperative`);
  if (subject.endsWith(".")) faults.push("ends with a full stop");
  return faults;
}
