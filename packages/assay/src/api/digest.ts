import { withCrew } from "../hashing/crew.ts";
import { hashAll } from "../hashing/hash.ts";
import { pointerWarnings } from "../source/lfs-pointer.ts";
import { readPointers } from "../source/read-pointers.ts";
import type { WalkOptions } from "../source/options.ts";
import type { WorkOptions } from "../hashing/work-options.ts";
import { setEmptyFilesAside } from "../source/empty-files.ts";
import { checkUnchanged } from "../source/second-look.ts";
import { Turns } from "../source/turns.ts";
import { withModel, type LocalModel } from "../source/open-model.ts";
import { signable } from "../source/signable.ts";
import type { Digested } from "./results.ts";
import { leftOutWithSignature, signatureAside } from "../source/signature-aside.ts";
import { digestsOf } from "../statement/digests.ts";
import type { FileDigests } from "../statement/manifest.ts";
import { serializationFor, type SerializationOptions } from "../statement/serialization.ts";

/** What is left out of a model, and how it is hashed. */
export interface DigestOptions extends WalkOptions, WorkOptions, SerializationOptions {
  /** The signature that is not part of the model. Without it, the only one in the model under a usual name. */
  readonly signature?: string;
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
}

/**
 * A model's identity before anyone signs: the root digest that `sign` would record (OMS section 6.5.1)
 * and the manifest digest, which covers names too.
 *
 * The signature in the model is left out, as `sign` and `verify` do, so that the digest is the same before
 * and after signing: only a file that is a bundle, and it is in `notCovered`. Throws what walking and hashing throw.
 */
export async function digest(model: string | LocalModel, options: DigestOptions = {}): Promise<Digested> {
  return digestKnowing(model, options, new Map());
}

/** The same for a model of which some files were just hashed, in the same way: those are not read again. */
export async function digestKnowing(
  model: string | LocalModel,
  options: DigestOptions,
  known: ReadonlyMap<string, FileDigests>,
): Promise<Digested> {
  return withModel(model, options.cwd, async (opened) => digestOpened(opened, options, known));
}

async function digestOpened(model: LocalModel, options: DigestOptions, known: ReadonlyMap<string, FileDigests>): Promise<Digested> {
  const path = model.place.given;
  const serialization = serializationFor(options);
  const { excludedFile, seen, warnings } = signatureAside(path, options.signature, model.cwd);
  const { inventory, hashed, pointers } = await withCrew(options.threads, path, async (crew) => {
    const walked = signable(await model.inventory({ ...options, signature: excludedFile, seen }));
    const inventory = setEmptyFilesAside(walked, serialization, "sign");
    const unknown = inventory.files.filter(({ name }) => !known.has(name));
    const { digests, mayBePointers, look } = await hashAll(unknown, serialization, { ...options, root: inventory.root, crew });
    const pointers = pointerWarnings(readPointers(mayBePointers), "the digest covers the pointer");
    await checkUnchanged(walked, new Turns(options.signal), look);
    return { inventory, hashed: digests, pointers };
  });
  const digests = known.size === 0 ? hashed : joined(inventory.files, hashed, known);
  const { rootDigest, manifestDigest } = await digestsOf(digests, serialization);
  return {
    model: path,
    hash: serialization.hash,
    rootDigest,
    manifestDigest,
    files: inventory.files.map(({ name, size }) => ({ name, size, digests: digests.get(name)?.digests ?? [] })),
    totalBytes: inventory.files.reduce((sum, { size }) => sum + size, 0),
    notCovered: leftOutWithSignature(inventory),
    warnings: [...warnings, ...inventory.warnings, ...pointers],
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
