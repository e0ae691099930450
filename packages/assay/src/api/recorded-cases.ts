import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { AssayError } from "../core/error.ts";
import { systemCode } from "../core/system-code.ts";
import { readBounded } from "../files/read-bounded.ts";
import { readExpected, type ExpectedDecision } from "../policy/record/expected-decision.ts";
import { readFacts } from "../policy/record/read-facts.ts";
import type { RecordedFacts } from "../policy/record/recorded-facts.ts";

/** A case of a policy: what was recorded of a model, and what should be decided about it. */
export interface RecordedCase {
  /** The name of its folder. */
  readonly name: string;
  readonly recorded: RecordedFacts;
  readonly expected: ExpectedDecision;
}

const FACTS = "facts.json";
const EXPECTED = "expected.json";
/** Facts name every file that is not signed. */
const MAX_FACTS = 64 * 1024 * 1024;
const MAX_EXPECTED = 1024 * 1024;

/**
 * Every folder in `folder` is a case, with facts.json and expected.json, in the order of their names. Throws USAGE for a folder
 * without a case or a case without one of the files, FILE_NOT_FOUND, FILE_UNREADABLE, FACTS_SYNTAX and JSON_*.
 */
export function readCases(folder: string, cwd: string): readonly RecordedCase[] {
  const names = entriesOf(folder, cwd)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
  if (names.length === 0) throw new AssayError("USAGE", `${folder} holds no case: a case is a folder with ${FACTS} and ${EXPECTED}`);
  return names.map((name) => {
    const file = (own: string): string => join(folder, name, own);
    const expected = readBounded(resolve(cwd, file(EXPECTED)), "expected decision", MAX_EXPECTED);
    return { name, recorded: readRecorded(file(FACTS), cwd), expected: readExpected(expected, file(EXPECTED)) };
  });
}

/** Recorded facts: a file, or a case, which is a folder with one. Throws as `readCases`. */
export function readRecorded(path: string, cwd: string): RecordedFacts {
  return readFacts(readBounded(resolve(cwd, path), "file of facts", MAX_FACTS), path);
}

/** The files of facts that a caller means by a path: itself, or those in it and in its folders. */
export function recordedFiles(path: string, cwd: string): readonly string[] {
  if (!isFolder(path, cwd)) return [path];
  const entries = entriesOf(path, cwd);
  const own = entries.some(({ name }) => name === FACTS) ? [join(path, FACTS)] : [];
  const inside = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(path, name, FACTS))
    .toSorted();
  const files = [...own, ...inside];
  if (files.length === 0) throw new AssayError("USAGE", `${path} holds no ${FACTS}`);
  return files;
}

function isFolder(path: string, cwd: string): boolean {
  try {
    readdirSync(resolve(cwd, path));
    return true;
  } catch {
    // Reading it as a file says what is wrong.
    return false;
  }
}

function entriesOf(folder: string, cwd: string): ReturnType<typeof list> {
  try {
    return list(resolve(cwd, folder));
  } catch (cause) {
    const code = systemCode(cause);
    if (code === "ENOENT") throw new AssayError("FILE_NOT_FOUND", `the folder of cases ${folder} does not exist`, { cause });
    if (code === "ENOTDIR") throw new AssayError("USAGE", `${folder} is not a folder of cases`, { cause });
    throw new AssayError("FILE_UNREADABLE", `the folder of cases ${folder} cannot be read: ${code ?? "unknown"}`, { cause });
  }
}

function list(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
}
