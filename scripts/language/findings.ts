// Where a word of the lists is used, in every file of the repository that is ours.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { partsOfCode } from "./scan.ts";
import { ALLOWED, NAME_WORDS, OTHERS_DATA, OTHERS_WORDS, SPELLINGS, WORDS, type Word } from "./words.ts";

/** Who reads it: users (messages, help, docs), or contributors. */
export const KINDS = ["text", "comment", "test name", "identifier", "file name"] as const;
export type Kind = (typeof KINDS)[number];

/** One use of a word: where, and what to write instead. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly kind: Kind;
  readonly word: string;
  readonly instead: string;
  readonly excerpt: string;
}

const CODE = /\.(?:[cm]?[jt]s|d\.mts)$/;
const COMMENTS_OF_HASH = /(?:\.(?:sh|ya?ml|py)|^assay|\/run)$/;
const GENERATED = "<!-- Generated";
const PROSE: readonly Word[] = [...WORDS, ...SPELLINGS];

/** Every finding in the files that git lists below `root`, in their order. */
export function findings(root: string): Finding[] {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root, encoding: "utf8" });
  const files = listed.split("\0").filter((file) => file !== "" && existsSync(join(root, file)));
  const ours = files.filter((file) => !OTHERS_DATA.some((pattern) => pattern.test(file)));
  return ours.flatMap((file) => [...inFileName(file), ...inFile(file, readFileSync(join(root, file), "utf8"))]);
}

/** The folder that a file's findings are counted under: a top-level folder of src or of test, or of the repository. */
export function areaOf(file: string): string {
  const inPackage = /^packages\/[^/]+\/(?:src|test)\/(?:[^/]+(?=\/))?/.exec(file);
  if (inPackage !== null) return inPackage[0].replace(/\/$/, "");
  const inPackages = /^packages\/[^/]+(?:\/[^/]+(?=\/))?/.exec(file);
  return inPackages?.[0] ?? file.split("/")[0] ?? file;
}

/** The findings in one file, by what kind of file its name says it is. */
export function inFile(file: string, source: string): Finding[] {
  const search = (part: string, kind: Kind, words: readonly Word[]): Finding[] => inPart({ file, source, part, kind, words });
  if (file.endsWith(".md")) return source.startsWith(GENERATED) ? [] : search(source.replaceAll(/\]\([^)\n]*\)/g, blank), "text", PROSE);
  // Others' schemas, kept for tests, have the words of their standards.
  if (/package\.json$|^(?!.*\/test\/).*\/schemas\/[^/]+\.json$/.test(file)) return search(source, "text", PROSE);
  if (file.endsWith("/licenses-models.json")) return search(onlyReasons(source), "text", PROSE);
  if (file.endsWith(".go") || COMMENTS_OF_HASH.test(file)) return search(onlyComments(file, source), "comment", PROSE);
  if (!CODE.test(file)) return [];
  const parts = partsOfCode(source);
  const isForeign = /^packages\/[^/]+\/test\//.test(file) || OTHERS_WORDS.some((pattern) => pattern.test(file));
  return [
    ...(isForeign ? [] : search(parts.text, "text", PROSE)),
    ...search(parts.comments, "comment", PROSE),
    ...search(parts.testNames, "test name", PROSE),
    ...parts.names.flatMap(({ name, at }) =>
      inName(name).map((found) => ({ file, line: lineAt(source, at), kind: "identifier" as const, ...found })),
    ),
  ].toSorted((a, b) => a.line - b.line);
}

function inPart({
  file,
  source,
  part,
  kind,
  words,
}: {
  file: string;
  source: string;
  part: string;
  kind: Kind;
  words: readonly Word[];
}): Finding[] {
  const lines = source.split("\n");
  let searched = part;
  for (const allowed of ALLOWED) {
    if (allowed.file === undefined || allowed.file === file) searched = searched.replaceAll(allowed.phrase, blank);
  }
  return words.flatMap(({ pattern, instead }) =>
    [...searched.matchAll(pattern)].map((match) => {
      const line = lineAt(searched, match.index);
      return { file, line, kind, word: match[0].replaceAll(/\s+/g, " "), instead, excerpt: lines[line - 1]?.trim() ?? "" };
    }),
  );
}

function inFileName(file: string): Finding[] {
  const name = file.slice(file.lastIndexOf("/") + 1);
  return inName(name).map((found) => ({ file, line: 0, kind: "file name", ...found }));
}

function inName(name: string): { word: string; instead: string; excerpt: string }[] {
  let words = name.replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2").replaceAll(/[_.$-]+/g, " ");
  for (const { file, phrase } of ALLOWED) if (file === undefined) words = words.replaceAll(phrase, blank);
  return [...NAME_WORDS, ...SPELLINGS].flatMap(({ pattern, instead }) =>
    [...words.matchAll(pattern)].map((match) => ({ word: match[0], instead, excerpt: name })),
  );
}

/** Of data on licenses, the reasons that the command prints: they are ours. */
function onlyReasons(source: string): string {
  return source.replaceAll(/"(?:[^"\\]|\\.)*"(?:: )?|[^"\n]/g, (part, at: number) =>
    source.slice(Math.max(0, at - 10), at).endsWith('"reason": ') ? part : blank(part),
  );
}

function onlyComments(file: string, source: string): string {
  const mark = file.endsWith(".go") ? "//" : "#";
  return source.replaceAll(/^.*$/gm, (line) => {
    const at = line.indexOf(mark);
    return at === -1 ? blank(line) : blank(line.slice(0, at + mark.length)) + line.slice(at + mark.length);
  });
}

/** The same length and lines, nothing to find. A mark in the middle keeps the words around it apart. */
function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, "\u0001");
}

function lineAt(source: string, at: number): number {
  let line = 1;
  for (let i = source.indexOf("\n"); i !== -1 && i < at; i = source.indexOf("\n", i + 1)) line++;
  return line;
}
