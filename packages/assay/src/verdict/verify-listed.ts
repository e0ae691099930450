import { compareDigests, type FoundDigests } from "../comparison/compare-digests.ts";
import { compare } from "../comparison/compare.ts";
import { pairFiles, renameCandidates } from "../comparison/pair-files.ts";
import type { Difference } from "../comparison/difference.ts";
import { Uncertain } from "../comparison/uncertain.ts";
import { AssayError } from "../core/error.ts";
import type { Change } from "../source/change.ts";
import { setEmptyFilesAside } from "../source/empty-files.ts";
import type { FileInModel, Inventory } from "../source/inventory.ts";
import type { PointerFile } from "../source/lfs-pointer.ts";
import type { FileDigests } from "../statement/manifest.ts";
import { conclude, verdictOf } from "./conclude.ts";
import type { ProvenBundle } from "./prove.ts";
import type { VerificationRecord } from "./record.ts";
import type { Verification } from "./verification.ts";

/** Names in one message. */
const MAX_NAMES = 5;

/** How the files of a listed model get their digests, each as the manifest says. */
export interface ListedDigests<File extends FileInModel> {
  /** Of the files that are signed and there. */
  readonly ofSigned: (files: readonly File[]) => Promise<FoundDigests & { readonly pointers?: readonly PointerFile[] }>;
  /** Of the files that may be missing ones under another name, as far as they can be told. */
  readonly ofCandidates: (files: readonly File[]) => Promise<Iterable<FileDigests>>;
  /** What changed while the files were read. Absent where nothing can. */
  readonly changes?: () => Promise<readonly Change[]>;
}

/** What of the model must be covered. */
export interface ListedRules {
  readonly ignoreUnsignedFiles?: boolean;
  readonly requireAll?: boolean;
  /** Whether the list leaves out symbolic links without a word, as a browser's does. Default false. */
  readonly leavesOutLinks?: boolean;
}

/**
 * Are the files of a model that was listed (on a server, in a browser) the ones that a proven signature covers? As
 * `verifyFiles` for one on disk. Of a list that leaves out links, FILE_NOT_SHOWN where nothing differs but files are missing.
 * Throws what `compare` throws, and MODEL_MISMATCH.
 */
export async function verifyListed<File extends FileInModel>(
  proven: ProvenBundle,
  listed: Inventory<File>,
  digests: ListedDigests<File>,
  { ignoreUnsignedFiles = false, requireAll = false, leavesOutLinks = false }: ListedRules,
  record: VerificationRecord,
): Promise<Verification> {
  const { manifest } = proven;
  const inventory = setEmptyFilesAside(listed, manifest.serialization, "verify", manifest.files);
  const pairing = pairFiles(manifest, inventory);
  const hashed = await digests.ofSigned(pairing.files);
  const candidates = renameCandidates(pairing);
  const observed = {
    inventory,
    ...pairing,
    ...compareDigests(pairing, hashed, manifest.serialization),
    candidates: candidates.length === 0 ? [] : await digests.ofCandidates(candidates),
    pointers: hashed.pointers ?? [],
    uncertain: new Uncertain(hashed.failures, (await digests.changes?.()) ?? []),
  };
  const comparison = compare(manifest, observed, { ignoreUnsignedFiles });
  record.warnings.push(...comparison.warnings);
  const { differences } = comparison;
  // What is missing from such a list may be there as a link: that is neither a yes nor a no.
  if (leavesOutLinks && differences.length > 0 && differences.every(mayBeLink)) {
    return record.incomplete(notShown(differences));
  }
  return conclude(proven, verdictOf(manifest, comparison, inventory.root, requireAll), requireAll, record);
}

/** Whether nothing is known to be in the place of a signed file. */
function mayBeLink(difference: Difference): boolean {
  return difference.kind === "missing" && difference.why === undefined;
}

function notShown(missing: readonly Difference[]): AssayError {
  const names = missing.slice(0, MAX_NAMES).map(({ name }) => name);
  const more = missing.length > MAX_NAMES ? ` and ${missing.length - MAX_NAMES} more` : "";
  const what = missing.length === 1 ? "1 signed file is" : `${missing.length} signed files are`;
  return new AssayError(
    "FILE_NOT_SHOWN",
    `${what} not in the list of the model's files: ${names.join(", ")}${more}: missing, or a symbolic link`,
    {
      hint: "verify the folder with the command, which sees links",
    },
  );
}
