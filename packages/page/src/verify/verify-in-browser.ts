import { AssayError } from "../../../assay/src/core/error.ts";
import type { Change } from "../../../assay/src/source/change.ts";
import type { FileInModel } from "../../../assay/src/source/inventory.ts";
import { parsePointer, type PointerFile } from "../../../assay/src/source/lfs-pointer.ts";
import { listedInventory } from "../../../assay/src/source/listed-inventory.ts";
import type { FileDigests, Serialization } from "../../../assay/src/statement/manifest.ts";
import type { Trust } from "../../../assay/src/trust/trust.ts";
import { proveBundle } from "../../../assay/src/verdict/prove.ts";
import { VerificationRecord } from "../../../assay/src/verdict/record.ts";
import type { Verification } from "../../../assay/src/verdict/verification.ts";
import { verifyListed } from "../../../assay/src/verdict/verify-listed.ts";
import type { Listing, PageFile } from "../files/listing.ts";
import { hashFiles, type HashProgress } from "../hashing/crew.ts";
import { platform } from "./platform.ts";

/** A signature, and its name in the model where it is there. */
export interface PageSignature {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly nameInModel: string | undefined;
}

/** Whose signature, of what. */
export interface PageQuestion {
  readonly listing: Listing;
  readonly signature: PageSignature;
  readonly trust: Trust;
  readonly expectDigest: string | undefined;
  readonly ignoreUnsignedFiles: boolean;
  /** Names in the model. */
  readonly ignorePaths: readonly string[];
  readonly now: Date;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: HashProgress) => void;
}

/**
 * The command's `verify` for a model that a browser handed over: the same gates, comparison and verdict, with files hashed by
 * workers. Throws for the question itself, and ABORTED.
 */
export async function verifyInBrowser(question: PageQuestion): Promise<Verification> {
  const { listing, signature, trust, expectDigest, now } = question;
  const record = new VerificationRecord(listing.name);
  return record.attempt(async () => {
    checkShown(listing);
    const source = { path: signature.name, found: signature.nameInModel !== undefined, bytes: signature.bytes.length };
    const read = { bytes: signature.bytes, source, warnings: [] };
    const pin = expectDigest === undefined ? {} : { expectDigest };
    const proven = await proveBundle(read, { trust, now, platform: platform(), ...pin }, record);
    const { manifest } = proven;
    const place = { kind: listing.kind, given: listing.name, modelName: listing.name };
    const inventory = listedInventory(place, listing.files, {
      ignorePaths: question.ignorePaths,
      signature: signature.nameInModel,
      signed: manifest,
    });
    const digests = {
      ofSigned: (files: readonly PageFile[]) => hashSigned(files, manifest.serialization, question),
      ofCandidates: async (files: readonly PageFile[]) => (await hashSigned(files, manifest.serialization, question)).digests.values(),
      changes: () => changesOf(listing),
    };
    const rules = { ignoreUnsignedFiles: question.ignoreUnsignedFiles, leavesOutLinks: listing.kind === "directory" };
    return verifyListed(proven, inventory, digests, rules, record);
  });
}

/** What the browser says it could not list makes a yes impossible, and a name that it had to change makes any answer so. */
function checkShown({ unlisted, files, name }: Listing): void {
  const [first] = unlisted;
  if (first !== undefined) throw new AssayError("FILE_UNREADABLE", `the browser cannot list the folder ${first}`);
  const odd = files.find((file) => file.name.includes("\ufffd"));
  if (odd !== undefined) {
    throw new AssayError("FILE_UNREADABLE", `the browser does not tell the name of ${odd.name}: it may not be UTF-8`);
  }
  if (files.length === 0)
    throw new AssayError("FILE_NOT_SHOWN", `the browser shows no file in ${name}: it is empty, or holds only symbolic links`);
}

interface HashedFiles {
  readonly digests: ReadonlyMap<string, FileDigests>;
  readonly failures: ReadonlyMap<string, AssayError>;
  readonly pointers: readonly PointerFile[];
}

async function hashSigned(
  files: readonly PageFile[],
  serialization: Serialization,
  { signal, onProgress }: PageQuestion,
): Promise<HashedFiles> {
  const { method, hash } = serialization;
  const shardSize = method === "shards" ? serialization.shardSize : undefined;
  const results = await hashFiles(files, { hash, shardSize, signal, onProgress });
  const digests = new Map<string, FileDigests>();
  const failures = new Map<string, AssayError>();
  const pointers: PointerFile[] = [];
  for (const { index, digests: found, small } of results) {
    const file = files[index];
    if (file === undefined) continue;
    const { name, size } = file;
    if (found === undefined) failures.set(name, unreadable(name));
    else digests.set(name, { name, digests: found, size });
    const pointer = small === undefined ? undefined : parsePointer(small);
    if (pointer !== undefined) pointers.push({ name, ...pointer });
  }
  return { digests, failures, pointers };
}

function unreadable(name: string): AssayError {
  return new AssayError("FILE_UNREADABLE", `the browser cannot read ${name}: it changed after it was chosen, or may not be read`, {
    hint: "choose the model again, while nothing writes to it",
  });
}

/** At once: each asks the browser's own process. */
const LOOKS = 32;

/** The second look: a browser refuses to read a file that changed; a dropped folder can be listed again. */
async function changesOf({ files, again }: Listing): Promise<readonly Change[]> {
  const changes: Change[] = [];
  const rest = files.values();
  const look = async (): Promise<void> => {
    for (const { name, file } of rest) {
      if (!(await isReadable(file))) changes.push({ name, what: "changed", isFolder: false });
    }
  };
  await Promise.all(Array.from({ length: LOOKS }, look));
  if (again === undefined) return changes;
  const now = new Set(await again());
  const before = new Set(files.map(({ name }) => name));
  for (const name of now) if (!before.has(name)) changes.push({ name, what: "was added", isFolder: false });
  for (const name of before) if (!now.has(name)) changes.push({ name, what: "was removed", isFolder: false });
  return changes;
}

async function isReadable(file: File): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

/** Total size of files, in bytes. */
export function sizeOf(files: readonly FileInModel[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}
