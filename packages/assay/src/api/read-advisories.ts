import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { AssayError } from "../core/error.ts";
import { systemCode } from "../core/system-code.ts";
import { parseJson } from "../encoding/json.ts";
import { readBounded } from "../files/read-bounded.ts";
import type { Advisory } from "../policy/advisories/advisory.ts";
import type { AdvisoryCollection } from "../policy/advisories/match-advisories.ts";
import { MAX_ADVISORY_BYTES, readAdvisory } from "../policy/advisories/read-advisory.ts";
import type { AdvisorySource } from "../policy/facts.ts";
import { momentOf } from "../policy/read/times.ts";
import { listAdvisories } from "./list-advisories.ts";

/** How sources of advisories are found. */
export interface ReadAdvisoriesOptions {
  /** What relative paths are relative to. */
  readonly cwd: string;
  /** A source that does not exist is one with a problem, not an error: of a policy, which is read before it is known. Default false. */
  readonly mayBeAbsent?: boolean;
}

/** The file of a folder that says when the folder was made. */
const INDEX = "index.json";

/**
 * Reads sources of advisories: each path is an OSV document, or a folder of them: every `*.json` below it, but for its
 * `index.json`, whose `generated` says when it was made. What cannot be read is a problem of its source, and the rest of
 * it is read all the same: an advisory that fits counts whatever is beside it. The same files give the same result.
 *
 * Throws ADVISORY_SOURCE for a path that does not exist, unless `mayBeAbsent`.
 */
export function readAdvisories(paths: readonly string[], { cwd, mayBeAbsent = false }: ReadAdvisoriesOptions): AdvisoryCollection {
  const read = paths.map((path) => readSource(path, resolve(cwd, path), mayBeAbsent));
  return { sources: read.map(({ source }) => source), advisories: read.flatMap(({ advisories }) => advisories) };
}

interface Source {
  readonly source: AdvisorySource;
  readonly advisories: readonly Advisory[];
}

function readSource(path: string, place: string, mayBeAbsent: boolean): Source {
  const found = look(place);
  if ("why" in found) {
    if (found.isAbsent && !mayBeAbsent) throw new AssayError("ADVISORY_SOURCE", `the advisories ${path} do not exist`);
    return { source: { path, generated: undefined, problem: found.why }, advisories: [] };
  }
  const { names, problems } = found.isFolder ? listAdvisories(place) : { names: [""], problems: [] };
  const advisories: Advisory[] = [];
  let generated: string | undefined;
  for (const name of names) {
    try {
      const bytes = readBounded(join(place, name), "advisory", MAX_ADVISORY_BYTES);
      if (name === INDEX) generated = readIndex(bytes);
      else advisories.push(readAdvisory(bytes, name === "" ? "advisory" : `advisory ${name}`));
    } catch (error) {
      if (!(error instanceof AssayError)) throw error;
      problems.push(error.message);
    }
  }
  if (advisories.length === 0 && problems.length === 0) problems.push("holds no advisory");
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
  return { source: { path, generated, problem: first === undefined ? undefined : first + more }, advisories };
}

function look(place: string): { readonly isFolder: boolean } | { readonly why: string; readonly isAbsent: boolean } {
  try {
    return { isFolder: statSync(place).isDirectory() };
  } catch (error) {
    const isAbsent = ["ENOENT", "ENOTDIR"].includes(systemCode(error) ?? "");
    return { why: isAbsent ? "does not exist" : `cannot be read: ${systemCode(error)}`, isAbsent };
  }
}

/** Throws as `readAdvisory` does. */
function readIndex(bytes: Uint8Array): string | undefined {
  const node = parseJson(bytes, { what: INDEX, shapeCode: "ADVISORY_SOURCE" }).get("generated");
  if (node === undefined) return undefined;
  return momentOf(node.string()) ?? node.fail(`"generated" is not a time in UTC, such as 2026-12-01T00:00:00Z`);
}
