import type { FileWork } from "../hashing/file-work.ts";
import type { HashOptions } from "../hashing/hash.ts";
import { setEmptyFilesAside } from "../source/empty-files.ts";
import type { FileInModel, Inventory } from "../source/inventory.ts";
import { pointerWarnings } from "../source/lfs-pointer.ts";
import { signable } from "../source/signable.ts";
import { Turns } from "../source/turns.ts";
import { digestsOf } from "../statement/digests.ts";
import type { FileDigests } from "../statement/manifest.ts";
import { serializationFor, type SerializationOptions } from "../statement/serialization.ts";
import { checkUnchanged } from "./check-unchanged.ts";
import type { Digested } from "./results.ts";

/**
 * The digests of a model that was walked, by any question: hashes its files and takes the second look.
 *
 * `known`: files that were just hashed in the same way, which are not read again. Throws what `signable` and
 * hashing throw, FILE_CHANGED.
 */
export async function digestWalked<File extends FileInModel>(
  found: Inventory<File>,
  options: SerializationOptions & HashOptions,
  work: FileWork<File>,
  known: ReadonlyMap<string, FileDigests> = new Map(),
): Promise<Digested> {
  const serialization = serializationFor(options);
  const walked = signable(found);
  const inventory = setEmptyFilesAside(walked, serialization, "sign");
  const { files, root } = inventory;
  const unknown = known.size === 0 ? files : files.filter(({ name }) => !known.has(name));
  const requests = unknown.map((file) => ({ file, maxShards: Infinity }));
  const hashed = await work.hash(requests, serialization, { ...options, root }, "stop at failures");
  const pointers = work.seesBeginnings ? await work.readPointers(hashed.mayBePointers) : [];
  await checkUnchanged(work, walked, new Turns(options.signal), hashed.look);

  const digests = known.size === 0 ? hashed.digests : joined(files, hashed.digests, known);
  const { rootDigest, manifestDigest } = await digestsOf(digests, serialization);
  return {
    model: inventory.given,
    hash: serialization.hash,
    rootDigest,
    manifestDigest,
    files: files.map(({ name, size }) => ({ name, size, digests: digests.get(name)?.digests ?? [] })),
    totalBytes: files.reduce((sum, { size }) => sum + size, 0),
    notCovered: work.leftOut(inventory),
    warnings: [...inventory.warnings, ...pointerWarnings(pointers, "the digest covers the pointer")],
  };
}

function joined(
  files: readonly { readonly name: string }[],
  hashed: ReadonlyMap<string, FileDigests>,
  known: ReadonlyMap<string, FileDigests>,
): Map<string, FileDigests> {
  const found = files.map(({ name }) => hashed.get(name) ?? known.get(name));
  return new Map(found.filter((file) => file !== undefined).map((file) => [file.name, file]));
}
