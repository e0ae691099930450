import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

export type State = "found" | "claimed" | "unknown";

/** What a person said of one component, before the tool was run. */
interface ComponentReading {
  readonly status: State;
  /** What is right as well, the status included. */
  readonly accept: readonly State[];
  readonly acceptLicense: readonly string[];
}

/** A person's reading of one public repository at one commit. */
export interface Reading {
  /** `owner/name` on GitHub. */
  readonly repo: string;
  readonly commit: string;
  /** Where a paper or report is claimed, either of the two components may carry it: neither is compared. */
  readonly paper?: string | null;
  readonly components: Readonly<Record<string, ComponentReading>>;
}

/** The readings of a folder with one file for each repository, or of one file with a list, in order of their names. */
export function loadReadings(path: string): Reading[] {
  const files = statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((name) => name.endsWith(".json"))
        .sort()
        .map((name) => join(path, name))
    : [path];
  return files.flatMap((file) => JSON.parse(readFileSync(file, "utf8")) as Reading | Reading[]);
}
