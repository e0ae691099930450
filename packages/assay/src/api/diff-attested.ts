import { attests } from "../source/remote/attests.ts";
import type { FileDigests } from "../statement/manifest.ts";
import type { ListedFile, WalkedSide } from "./diff-side.ts";

/** Digests of files that are not read: by the word of a server. */
export interface AttestedDigests {
  readonly a: ReadonlyMap<string, FileDigests>;
  readonly b: ReadonlyMap<string, FileDigests>;
  /** The servers whose word it is. */
  readonly hosts: readonly string[];
}

/** Where the digests of files on servers are from; undefined: of two versions at one server, only what it lists otherwise is read. */
export type DiffDigests = "computed" | "attested" | undefined;

/** Which files need not be read, and their digests. A side is undefined where it is a signature. */
export function attestedDigests(a: WalkedSide | undefined, b: WalkedSide | undefined, wanted: DiffDigests): AttestedDigests {
  const known = { a: new Map<string, FileDigests>(), b: new Map<string, FileDigests>() };
  if (wanted === "attested") {
    for (const [side, into] of [[a, known.a] as const, [b, known.b] as const]) addListed(side, into);
  }
  if (wanted !== "computed" && a !== undefined && b !== undefined && areAtOneServer(a, b)) addUnchanged(a, b, known);
  const hosts = [a, b].flatMap((side, index) => {
    const isRelied = (index === 0 ? known.a : known.b).size > 0;
    return side?.source === undefined || !isRelied ? [] : [side.source.host];
  });
  return { ...known, hosts: [...new Set(hosts)] };
}

/** The SHA-256 of whole files is what a server may attest. */
function addListed(side: WalkedSide | undefined, known: Map<string, FileDigests>): void {
  if (side === undefined || side.serialization.method !== "files" || side.serialization.hash !== "sha256") return;
  for (const file of side.files.values()) if (attests(file.listed)) known.set(file.name, digestsOf(file));
}

function areAtOneServer({ source: a }: WalkedSide, { source: b }: WalkedSide): boolean {
  return a !== undefined && b !== undefined && a.kind === b.kind && a.host === b.host;
}

/** What one server lists alike in both, and what only one has, for which nothing but another name is looked for. */
function addUnchanged(
  a: WalkedSide,
  b: WalkedSide,
  known: { readonly a: Map<string, FileDigests>; readonly b: Map<string, FileDigests> },
): void {
  for (const file of a.files.values()) {
    const other = b.files.get(file.name);
    if (file.listed === undefined || (other !== undefined && !isListedAlike(file, other))) continue;
    known.a.set(file.name, digestsOf(file));
    if (other !== undefined) known.b.set(file.name, digestsOf(other));
  }
  for (const file of b.files.values()) if (!a.files.has(file.name) && file.listed !== undefined) known.b.set(file.name, digestsOf(file));
}

function isListedAlike(file: ListedFile, other: ListedFile): boolean {
  // Of git-LFS, the blob that the commit has must lead to the digest in both.
  if ([file, other].some(({ listed }) => listed?.kind === "sha256" && !attests(listed))) return false;
  return file.size === other.size && file.listed?.kind === other.listed?.kind && file.listed?.hex === other.listed?.hex;
}

/** A digest of a git blob is never compared with another kind: files of one name are read where their kinds differ. */
function digestsOf({ name, size, listed }: ListedFile): FileDigests {
  return { name, size, digests: [listed?.hex ?? ""] };
}
