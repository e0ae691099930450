import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { MAX_BUNDLE_BYTES } from "../bundle/limits.ts";
import { AssayError } from "../core/error.ts";
import { readBounded } from "../files/read-bounded.ts";
import { isBundleFile } from "../files/signature-target.ts";
import { inspect } from "./inspect.ts";
import { compareManifests } from "../comparison/compare-manifests.ts";
import { setEmptyFilesAside } from "../source/empty-files.ts";
import { hashAll } from "../hashing/hash.ts";
import type { Inventory, LeftOut } from "../source/inventory.ts";
import { pointerWarnings } from "../source/lfs-pointer.ts";
import { readPointers } from "../source/read-pointers.ts";
import type { WalkOptions } from "../source/options.ts";
import type { WorkOptions } from "../hashing/work-options.ts";
import { checkUnchanged } from "../source/second-look.ts";
import { Seen } from "../source/seen.ts";
import { Turns } from "../source/turns.ts";
import { comparable } from "../source/comparable.ts";
import { openModel } from "../source/open-model.ts";
import type { Diff, DiffSide, Inspection } from "./results.ts";
import { leftOutWithSignature, signatureAside, type SignatureAside } from "../source/signature-aside.ts";
import type { FileDigests, Serialization } from "../statement/manifest.ts";
import type { Warning } from "../core/warning.ts";

/** How two things are compared. */
export interface DiffOptions extends WalkOptions, WorkOptions {
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
}

/** One side, its files known. */
interface Side {
  readonly kind: "model" | "signature";
  readonly path: string;
  readonly serialization: Serialization;
  readonly files: ReadonlyMap<string, FileDigests>;
  readonly notCovered: readonly LeftOut[];
  readonly warnings: readonly Warning[];
  /** What a signature says besides its files. */
  readonly said: Inspection | undefined;
  /** What a model was when it was walked. */
  readonly walked: Inventory | undefined;
}

const WHOLE_FILES: Serialization = { method: "files", hash: "sha256" };

/**
 * What changed between two models, two signatures, or a model and a signature. Nothing is verified.
 *
 * A folder is a model; a file is a signature where it is a Sigstore bundle, else a single-file model.
 * A model is hashed, and its ignore paths and links taken, as the signature on the other side says. What is left
 * out of a model was not compared: then the two are not known to be the same.
 * Throws what walking, hashing and `inspect` throw.
 */
export async function diff(a: string, b: string, options: DiffOptions = {}): Promise<Diff> {
  const cwd = options.cwd ?? process.cwd();
  const [pathA, pathB] = [resolve(cwd, a), resolve(cwd, b)];
  const [saidA, saidB] = [await readIfSignature(pathA), await readIfSignature(pathB)];
  const sideA = saidA === undefined ? await readModel(pathA, saidB, options, cwd) : fromSignature(pathA, saidA);
  const sideB = saidB === undefined ? await readModel(pathB, saidA, options, cwd) : fromSignature(pathB, saidB);
  const [shownA, shownB] = [shown(sideA, sideB), shown(sideB, sideA)];
  for (const { walked } of [sideA, sideB]) if (walked !== undefined) await checkUnchanged(walked, new Turns(options.signal));

  const { differences, notComparable, same } = compareManifests(sideA, sideB);
  return {
    a: shownA,
    b: shownB,
    same: same && shownA.notCovered.length + shownB.notCovered.length === 0,
    differences,
    notComparable,
    notes: notesOn(sideA, sideB),
    warnings: [...sideA.warnings, ...sideB.warnings],
  };
}

/** A side as it is told: a signature that is the same bytes under the same name on the other side was compared. */
function shown({ kind, path, notCovered }: Side, other: Side): DiffSide {
  const isCompared = ({ name, reason }: LeftOut): boolean =>
    reason === "signature" &&
    other.notCovered.some((entry) => entry.reason === reason && entry.name === name) &&
    Buffer.compare(signatureBytes(path, name), signatureBytes(other.path, name)) === 0;
  return { kind, path, notCovered: notCovered.filter((entry) => !isCompared(entry)) };
}

function signatureBytes(model: string, name: string): Uint8Array {
  return readBounded(join(model, name), "signature", MAX_BUNDLE_BYTES, "BUNDLE_TOO_LARGE");
}

interface ReadSignature {
  readonly said: Inspection;
  /** The file as it was before it was read. */
  readonly seen: Seen;
}

async function readIfSignature(path: string): Promise<ReadSignature | undefined> {
  const stats = await stat(path).catch((cause: unknown) => {
    throw new AssayError("FILE_NOT_FOUND", `${path} does not exist`, { cause });
  });
  if (!stats.isFile() || !(await isBundleFile(path))) return undefined;
  const seen = new Seen();
  seen.signature(path);
  return { said: await inspect(path), seen };
}

function fromSignature(path: string, { said }: ReadSignature): Side {
  const { serialization, files } = said.manifest;
  return { kind: "signature", path, serialization, files, notCovered: [], warnings: said.warnings, said, walked: undefined };
}

async function readModel(path: string, other: ReadSignature | undefined, options: DiffOptions, cwd: string): Promise<Side> {
  const manifest = other?.said.manifest;
  // The other side is compared, wherever it lies; any other signature in the model is only left out.
  const aside: SignatureAside =
    other === undefined
      ? signatureAside(path, undefined, cwd)
      : { excludedFile: other.said.signature.path, seen: other.seen, warnings: [] };
  const model = await openModel(path, { cwd });
  const walked = comparable(
    await model.inventory({ ...options, signature: aside.excludedFile, seen: aside.seen, signed: manifest }),
    false,
  );
  const serialization = manifest?.serialization ?? WHOLE_FILES;
  const inventory = manifest === undefined ? walked : setEmptyFilesAside(walked, serialization, "verify", manifest.files);
  const { digests, mayBePointers } = await hashAll(inventory.files, serialization, options);
  const pointers = pointerWarnings(readPointers(mayBePointers), "the pointer was compared");
  // The reference names the only file of a single-file model "."; here it gets the same name to be compared.
  const [only, ...others] = digests.values();
  const isReferenceSingleFile = inventory.kind === "file" && manifest?.files.has(".") === true && others.length === 0;
  const files = isReferenceSingleFile && only !== undefined ? new Map([[".", { ...only, name: "." }]]) : digests;
  const leftOut = other === undefined ? leftOutWithSignature(inventory) : inventory.leftOut;
  const notCovered = [...leftOut, ...inventory.undecodable.map(undecodable)];
  return {
    kind: "model",
    path,
    serialization,
    files,
    notCovered,
    warnings: [...aside.warnings, ...inventory.warnings, ...pointers],
    said: undefined,
    walked,
  };
}

/** No manifest lists such a name, and nothing read the file. */
function undecodable({ name, size }: Inventory["undecodable"][number]): LeftOut {
  return { name, kind: "file", fileCount: 1, bytes: size, atLeast: false, reason: "name-not-utf8" };
}

/** Differences that are not about files. */
function notesOn(a: Side, b: Side): string[] {
  const notes: string[] = [];
  const compare = (what: string, ofA: string | undefined, ofB: string | undefined): void => {
    if (ofA !== undefined && ofB !== undefined && ofA !== ofB) notes.push(`${what}: ${ofA} -> ${ofB}`);
  };
  compare("signer", signerOf(a), signerOf(b));
  compare("method", a.said?.method, b.said?.method);
  compare("model name", a.said?.manifest.modelName, b.said?.manifest.modelName);
  compare("ignore paths", a.said?.manifest.ignorePaths.join(", "), b.said?.manifest.ignorePaths.join(", "));
  compare("links followed", wordFor(a), wordFor(b));
  compare("hashing", hashingOf(a.serialization), hashingOf(b.serialization));
  return notes;
}

function signerOf({ said }: Side): string | undefined {
  if (said === undefined) return undefined;
  return said.claimed.kind === "key" ? `key ${said.claimed.hint ?? "without a name"}` : said.claimed.subject;
}

function wordFor({ said }: Side): string | undefined {
  if (said === undefined) return undefined;
  return said.manifest.allowSymlinks ? "yes" : "no";
}

function hashingOf(serialization: Serialization): string {
  const { method, hash } = serialization;
  return method === "files" ? `${hash}, whole files` : `${hash}, shards of ${serialization.shardSize} bytes`;
}
