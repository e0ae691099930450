import { lstatSync, readdirSync, realpathSync, statSync, type Stats } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { MAX_BUNDLE_BYTES } from "../bundle/limits.ts";
import { AssayError } from "../core/error.ts";
import { readBounded } from "../files/read-bounded.ts";
import { hubCacheOf } from "./hub-cache.ts";
import { seeSignature } from "./see.ts";
import { Seen } from "./seen.ts";
import { linkedSignature } from "./signature-entry.ts";
import { DEFAULT_SIGNATURE, isModelBundle, isSignatureName, KAGGLE_SIGNATURE } from "./signature-names.ts";

export interface FoundSignature {
  readonly path: string;
  /** `model.sig` in the current directory, where the signature in the model was taken instead. */
  readonly passedOver: string | undefined;
}

/** Something in a model that is named like a signature. */
interface Candidate {
  /** From the model's folder. */
  readonly name: string;
  readonly path: string;
  /** Whether it is a link, or behind one: then it is not a signature of this model. */
  readonly isLinked: boolean;
}

/**
 * Finds the signature of a model when none was named: in the model's folder (for a single file: beside
 * it) under any of the names in use, else `model.sig` in the current directory. Where several files have
 * such a name, those that are bundles count.
 *
 * Throws SIGNATURE_NOT_FOUND, SIGNATURE_AMBIGUOUS where several are there, FILE_NOT_FOUND where the model is
 * not, LINK_NOT_ALLOWED where the only one in the model is a link.
 */
export function findSignature(model: string, cwd: string): FoundSignature {
  const { folder, candidates } = candidatesOf(model);
  const here = isSameFolder(cwd, folder) ? undefined : signatureIn(cwd);
  const files = candidates.filter(({ isLinked }) => !isLinked);
  // A single one need not be parsed here: its reader reports what is wrong with it.
  const bundles = files.length + (here === undefined ? 0 : 1) === 1 ? files : files.filter(({ path }) => isBundle(path));
  const [found, ...others] = bundles;
  if (found !== undefined) {
    if (others.length > 0) throw ambiguous(folder, bundles);
    return { path: found.path, passedOver: here };
  }
  if (here !== undefined) return { path: here, passedOver: undefined };
  if (files.length > 0) throw ambiguous(folder, files);
  const [link] = candidates;
  if (link !== undefined) throw linkedSignature(link.name);
  throw new AssayError("SIGNATURE_NOT_FOUND", `no signature: neither in ${folder}, nor ${DEFAULT_SIGNATURE} in the current folder`, {
    remedy: "name-signature",
    details: { folder },
  });
}

/** A bundle in a model's folder, with its state for the second look. */
export interface BundleInModel {
  readonly name: string;
  readonly path: string;
  readonly seen: Seen;
}

/** The bundles in a model's folder that are regular files with a name that signatures have, in order of names. */
export function signaturesInModel(model: string): readonly BundleInModel[] {
  if (statsOf(model)?.isDirectory() !== true) return [];
  return candidatesOf(model).candidates.flatMap(({ name, path, isLinked }) => {
    const seen = isLinked ? undefined : bundleAt(path);
    return seen === undefined ? [] : [{ name, path, seen }];
  });
}

/** Reads a file as a bundle; undefined where it is not one. The state noted is that from before it was read. */
export function bundleAt(path: string): Seen | undefined {
  const seen = new Seen();
  seeSignature(seen, path);
  return isBundle(path) ? seen : undefined;
}

/** Whether a file can be read as the bundle of a model's signature: a bundle about something else is a file of the model. */
export function isBundle(path: string): boolean {
  try {
    return isModelBundle(readBounded(path, "signature", MAX_BUNDLE_BYTES, "BUNDLE_TOO_LARGE"));
  } catch {
    return false;
  }
}

function ambiguous(folder: string, candidates: readonly Candidate[]): AssayError {
  const names = candidates.map(({ name }) => name);
  return new AssayError("SIGNATURE_AMBIGUOUS", `${folder} holds ${candidates.length} signatures: ${names.join(", ")}`, {
    remedy: "choose-signature",
    details: { folder, names },
  });
}

function candidatesOf(model: string): { readonly folder: string; readonly candidates: readonly Candidate[] } {
  const stats = statsOf(model);
  if (stats === undefined) throw new AssayError("FILE_NOT_FOUND", `the model ${model} does not exist`);
  const folder = stats.isDirectory() ? model : dirname(model);
  const names = [...namesIn(folder).filter(isSignatureName).sort(), KAGGLE_SIGNATURE];
  // Beside a single file, a link hides nothing: only that file is the model.
  const candidates = names.flatMap((name) => candidateAt(folder, name, stats.isDirectory()));
  return { folder, candidates };
}

/** Pipes and folders are not signatures, whatever their names. */
function candidateAt(folder: string, name: string, isInModel: boolean): Candidate[] {
  const path = join(folder, name);
  const stats = isInModel ? lstatOf(path) : statsOf(path);
  if (stats === undefined) return [];
  if (isInModel && name === KAGGLE_SIGNATURE && lstatOf(dirname(path))?.isSymbolicLink() === true) return [{ name, path, isLinked: true }];
  if (stats.isFile()) return [{ name, path, isLinked: false }];
  if (!stats.isSymbolicLink()) return [];
  const root = realpathSync.native(folder);
  return [{ name, path, isLinked: hubCacheOf(root)?.owns(join(root, name)) !== true }];
}

/** None where the folder cannot be read: the walk that follows says why. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function signatureIn(cwd: string): string | undefined {
  const path = resolve(cwd, DEFAULT_SIGNATURE);
  return statsOf(path)?.isFile() === true ? path : undefined;
}

function isSameFolder(a: string, b: string): boolean {
  const [ofA, ofB] = [statsOf(a), statsOf(b)];
  return ofA !== undefined && ofB !== undefined && ofA.ino === ofB.ino && ofA.dev === ofB.dev;
}

function statsOf(path: string): Stats | undefined {
  return attempt(() => statSync(path, { throwIfNoEntry: false }));
}

function lstatOf(path: string): Stats | undefined {
  return attempt(() => lstatSync(path, { throwIfNoEntry: false }));
}

/** For the search, what cannot be examined does not exist. */
function attempt(look: () => Stats | undefined): Stats | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
