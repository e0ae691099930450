import { stat } from "node:fs/promises";
import { join } from "node:path";
import { MAX_BUNDLE_BYTES } from "../bundle/limits.ts";
import { AssayError } from "../core/error.ts";
import type { Warning } from "../core/warning.ts";
import { readBounded } from "../files/read-bounded.ts";
import { isBundleFile } from "../files/signature-target.ts";
import { hashAll } from "../hashing/hash.ts";
import type { WorkOptions } from "../hashing/work-options.ts";
import { comparable } from "../source/comparable.ts";
import { setEmptyFilesAside } from "../source/empty-files.ts";
import type { Inventory, LeftOut } from "../source/inventory.ts";
import { pointerWarnings } from "../source/lfs-pointer.ts";
import { withModel, type LocalModel } from "../source/open-model.ts";
import type { WalkOptions } from "../source/options.ts";
import { readPointers } from "../source/read-pointers.ts";
import { seeSignature } from "../source/see.ts";
import { Seen } from "../source/seen.ts";
import { leftOutWithSignature, signatureAside, type SignatureAside } from "../source/signature-aside.ts";
import type { FileDigests, Serialization } from "../statement/manifest.ts";
import { inspect } from "./inspect.ts";
import type { DiffSide, Inspection } from "./results.ts";

/** One of the two things that are compared, its files known. */
export interface Side {
  readonly kind: "model" | "signature";
  /** Absolute. */
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

/** A signature that was read, unverified. */
export interface UnverifiedSignature {
  readonly path: string;
  readonly said: Inspection;
  /** The file as it was before it was read. */
  readonly seen: Seen;
}

const WHOLE_FILES: Serialization = { method: "files", hash: "sha256" };

/** Undefined for a model. Throws FILE_NOT_FOUND, and what `inspect` throws for a file that looks like a bundle. */
export async function readIfSignature(given: string | LocalModel): Promise<UnverifiedSignature | undefined> {
  if (typeof given !== "string") return undefined;
  const stats = await stat(given).catch((cause: unknown) => {
    throw new AssayError("FILE_NOT_FOUND", `${given} does not exist`, { cause });
  });
  if (!stats.isFile() || !(await isBundleFile(given))) return undefined;
  const seen = new Seen();
  seeSignature(seen, given);
  return { path: given, said: await inspect(given), seen };
}

/** The side of a signature: what it lists. */
export function signatureSide({ path, said }: UnverifiedSignature): Side {
  const { serialization, files } = said.manifest;
  return { kind: "signature", path, serialization, files, notCovered: [], warnings: said.warnings, said, walked: undefined };
}

/** The side of a model: walked and hashed as the signature on the `other` side says, where there is one. */
export async function modelSide(
  given: string | LocalModel,
  other: UnverifiedSignature | undefined,
  options: WalkOptions & WorkOptions & { readonly cwd?: string },
): Promise<Side> {
  return withModel(given, options.cwd, async (model) => {
    const path = model.place.given;
    const aside = signatureLeftOut(path, other, model.cwd);
    const signed = other?.said.manifest;
    const found = await model.inventory({ ...options, signature: aside.excludedFile, seen: aside.seen, signed });
    const walked = comparable(found, false);
    const serialization = signed?.serialization ?? WHOLE_FILES;
    const inventory = signed === undefined ? walked : setEmptyFilesAside(walked, serialization, "verify", signed.files);
    const { digests, mayBePointers } = await hashAll(inventory.files, serialization, { ...options, root: inventory.root });
    const pointers = pointerWarnings(readPointers(mayBePointers), "the pointer was compared");
    const leftOut = other === undefined ? leftOutWithSignature(inventory) : inventory.leftOut;
    return {
      kind: "model",
      path,
      serialization,
      files: namedAs(digests, inventory, signed?.files),
      notCovered: [...leftOut, ...inventory.undecodable.map(undecodable)],
      warnings: [...aside.warnings, ...inventory.warnings, ...pointers],
      said: undefined,
      walked,
    };
  });
}

/** The other side is compared, wherever it is; any other signature in the model is only left out. */
function signatureLeftOut(path: string, other: UnverifiedSignature | undefined, cwd: string): SignatureAside {
  if (other === undefined) return signatureAside(path, undefined, cwd);
  return { excludedFile: other.path, seen: other.seen, warnings: [] };
}

/** The reference names the only file of a single-file model "."; here it gets the same name to be compared. */
function namedAs(
  digests: ReadonlyMap<string, FileDigests>,
  { kind }: Inventory,
  signed: ReadonlyMap<string, FileDigests> | undefined,
): ReadonlyMap<string, FileDigests> {
  const [only, ...others] = digests.values();
  if (kind !== "file" || signed?.has(".") !== true || only === undefined || others.length > 0) return digests;
  return new Map([[".", { ...only, name: "." }]]);
}

/** No manifest lists such a name, and nothing read the file. */
function undecodable({ name, size }: Inventory["undecodable"][number]): LeftOut {
  return { name, kind: "file", fileCount: 1, bytes: size, atLeast: false, reason: "name-not-utf8" };
}

/** A side as it is told: a signature that is the same bytes under the same name on the other side was compared. */
export function shownSide({ kind, path, notCovered }: Side, other: Side): DiffSide {
  const isCompared = ({ name, reason }: LeftOut): boolean =>
    reason === "signature" &&
    other.notCovered.some((entry) => entry.reason === reason && entry.name === name) &&
    Buffer.compare(signatureBytes(path, name), signatureBytes(other.path, name)) === 0;
  return { kind, path, notCovered: notCovered.filter((entry) => !isCompared(entry)) };
}

function signatureBytes(model: string, name: string): Uint8Array {
  return readBounded(join(model, name), "signature", MAX_BUNDLE_BYTES, "BUNDLE_TOO_LARGE");
}
