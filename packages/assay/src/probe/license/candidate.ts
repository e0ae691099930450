import { roleOf, writingOf, type Writing } from "../role.ts";
import type { Doubt } from "./terms/sounds.ts";
import { termsByName, termsByPlace, type NamedTerms } from "./terms/terms-name.ts";

/** A file that may hold terms, by its name alone. */
export interface Candidate {
  readonly path: string;
  readonly named: NamedTerms | undefined;
  readonly inPlace: boolean;
  readonly writing: Writing;
  /** 0 for names that say terms, then documents, code, records. */
  readonly rank: number;
  readonly depth: number;
}

const RANKS: Readonly<Record<Writing, number>> = { prose: 1, code: 2, records: 3 };

export function candidateOf(path: string): Candidate {
  const named = termsByName(path);
  const inPlace = termsByPlace(path);
  const writing = writingOf(path);
  const rank = named !== undefined || inPlace ? 0 : RANKS[writing];
  return { path, named, inPlace, writing, rank, depth: path.split("/").length };
}

/** What is most likely to hold terms first, and near the root: where there is too much to read, the rest is left out. */
export function inOrderOfPromise(candidates: Candidate[]): Candidate[] {
  return candidates.sort((a, b) => a.rank - b.rank || a.depth - b.depth || (a.path < b.path ? -1 : 1));
}

/** How sure the name is that the file holds terms; the less, the more its text must say so. */
export function doubtOf({ writing, named, inPlace }: Candidate, isPointedAt: boolean): Doubt {
  if (isPointedAt) return "named";
  // A program may be called so for what it does.
  if (writing === "code") return "code";
  if (inPlace || named === "license" || named === "terms") return "named";
  if (writing === "records") return "records";
  return named === "perhaps" ? "perhaps" : "document";
}

/** Documents for people, and archives of files: what else is closed is data, weights or pictures. */
export function isDocument(path: string, format: string): boolean {
  return (
    format === "a PDF" || /\.(?:txt|md|rst|html?|pdf|docx?|odt|rtf|pptx?|epub|pages|zip|tar|tgz|7z|rar)(?:\.[a-z0-9]{2,4})?$/i.test(path)
  );
}

/** Whether name and format together say that a file holds terms: `policy.pt` holds weights, and an image in a folder is an image. */
export function speaksForTerms({ path, named }: Candidate, format: string): boolean {
  const role = roleOf(path);
  if ((role === "weights" || role === "gguf" || role === "data") && named !== "license") return false;
  return format !== "an image" || named === "license" || named === "terms";
}

/** Code, data and weights: what a license file beside them is for. */
export function isWork(name: string): boolean {
  const role = roleOf(name);
  return role === "weights" || role === "gguf" || role === "data" || (writingOf(name) !== "prose" && role !== "license");
}
