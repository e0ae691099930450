import { DerReader, TAG } from "../../encoding/der.ts";
import { aboutFile, describeFile, type GivenFile, nameOf, readingFile } from "../../encoding/given-file.ts";
import { recognizeFormat } from "../../encoding/known-format.ts";
import { type BrokenBlock, decodePemBlocks } from "../../encoding/pem.ts";
import { mistaken, mistakenFile } from "../../encoding/mistaken-file.ts";
import { AssayError } from "../../core/error.ts";
import type { Warning } from "../../core/warning.ts";
import type { Certificate } from "./certificate.ts";
import { MAX_LIST_BYTES, parseRevocationList, type RevocationList } from "./crl.ts";
import { type DistinguishedName, readName, sameName } from "./name.ts";
import type { PathProfile } from "./profile.ts";
import { readSigned } from "./signed.ts";

/**
 * The revocation lists in a file: one in DER, or any number of PEM blocks `X509 CRL` (RFC 7468 section
 * 6) among others. Throws CRL_INVALID for a list that is malformed or of a kind that is not supported,
 * for a file without any and for one of over 64 MiB; PEM_INVALID.
 */
export function readRevocationLists(file: Uint8Array | string): RevocationList[] {
  return listBlocks(file).map((block) => {
    if ("problem" in block) throw block.problem;
    return parseRevocationList(block.bytes);
  });
}

/** A list that cannot be read. */
interface SkippedList {
  readonly which: string;
  readonly problem: AssayError;
  /** Undefined where not even that can be read. */
  readonly issuer: DistinguishedName | undefined;
}

export interface RevocationFiles {
  readonly lists: readonly RevocationList[];
  readonly skipped: readonly SkippedList[];
}

/**
 * Reads the caller's revocation lists. One that cannot be read is set aside until the path is known: see
 * `listsForPath`. A file without any list throws CRL_INVALID or PEM_INVALID, with the outcome `usage`; in
 * the profile `strict`, so does a list that departs from DER.
 */
export function readRevocationFiles(files: readonly GivenFile[], profile: PathProfile): RevocationFiles {
  const lists: RevocationList[] = [];
  const skipped: SkippedList[] = [];
  for (const file of files) {
    const blocks = readingFile(ROLE, file, (content) => listBlocks(content, nameOf(file)));
    for (const [index, block] of blocks.entries()) {
      try {
        if ("problem" in block) throw block.problem;
        lists.push(refuseDepartures(parseRevocationList(block.bytes), profile));
      } catch (problem) {
        // A list of a kind that is not supported can be understood, and may speak for other issuers: it is not set aside.
        const isMalformed = problem instanceof AssayError && problem.cause instanceof AssayError && problem.cause.code === "DER_INVALID";
        if (!isMalformed || "problem" in block || blocks.length === 1) throw aboutFile(ROLE, file, problem);
        const which = `revocation list ${index + 1} of ${blocks.length} in ${describeFile(ROLE, file)}`;
        skipped.push({ which, problem, issuer: issuerOf(block.bytes) });
      }
    }
  }
  return { lists, skipped };
}

const ROLE = "revocation list";

/**
 * The lists for a path. A list that cannot be read might be the one that names a certificate of the path:
 * unless its issuer is known not to be on the path, it is CRL_INVALID. The others can be left out.
 */
export function listsForPath({ lists, skipped }: RevocationFiles, path: readonly Certificate[]): readonly RevocationList[] {
  for (const { which, problem, issuer } of skipped) {
    const mayMatter = issuer === undefined || path.slice(1).some(({ subject }) => sameName(subject, issuer));
    if (!mayMatter) continue;
    throw new AssayError("CRL_INVALID", `${which} cannot be read, and may be for this path: ${problem.message}`, { outcome: "usage" });
  }
  return lists;
}

export function skippedListWarning({ which, problem }: SkippedList): Warning {
  return { code: "CRL_SKIPPED", message: `${which} was skipped: ${problem.message}` };
}

function refuseDepartures(list: RevocationList, profile: PathProfile): RevocationList {
  const [departure] = profile === "strict" ? list.departures : [];
  if (departure === undefined) return list;
  throw new AssayError("CRL_INVALID", `a revocation list is not strict DER: ${departure}`);
}

function listBlocks(file: Uint8Array | string, name?: string): ({ readonly bytes: Uint8Array } | BrokenBlock)[] {
  if (file.length > MAX_LIST_BYTES) {
    throw new AssayError("CRL_INVALID", `a file of revocation lists of ${file.length} bytes; at most ${MAX_LIST_BYTES}`);
  }
  const kind = recognizeFormat(file);
  if (kind !== undefined && kind !== "revocation-list" && !holdsLists(file)) {
    throw new AssayError("CRL_INVALID", mistaken(kind, ROLE), mistakenFile(kind, ROLE, name));
  }
  if (typeof file !== "string" && file[0] === TAG.sequence) return [{ bytes: file }];
  const blocks = decodePemBlocks(file).filter(({ label }) => label === "X509 CRL");
  if (blocks.length === 0) throw new AssayError("CRL_INVALID", "it holds no revocation list, neither PEM nor DER");
  return blocks;
}

/** A PEM text may hold lists beside what it begins with. */
function holdsLists(file: Uint8Array | string): boolean {
  const text = typeof file === "string" ? file : new TextDecoder().decode(file);
  return text.includes("-----BEGIN X509 CRL-----");
}

/** The issuer of a list that cannot be read as a whole. */
function issuerOf(der: Uint8Array): DistinguishedName | undefined {
  try {
    const { tbs } = readSigned(new DerReader(der).next().der, () => {});
    const fields = tbs.children();
    fields.optional(TAG.integer);
    fields.next();
    return readName(fields.next());
  } catch (error) {
    if (error instanceof AssayError) return undefined;
    throw error;
  }
}
