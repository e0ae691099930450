import { stat } from "node:fs/promises";
import { join } from "node:path";
import { AssayError } from "../core/error.ts";
import type { Warning } from "../core/warning.ts";
import { isBundleFile } from "../files/signature-target.ts";
import type { WorkOptions } from "../hashing/work-options.ts";
import { comparable } from "../source/comparable.ts";
import { setEmptyFilesAside } from "../source/empty-files.ts";
import type { FileInModel, Inventory, LeftOut } from "../source/inventory.ts";
import { pointerWarnings } from "../source/lfs-pointer.ts";
import type { WalkOptions } from "../source/options.ts";
import { isRemoteReference } from "../source/reference.ts";
import type { RemoteOptions } from "../source/remote/remote-options.ts";
import type { ServerDigest, SourceFacts } from "../source/remote/remote-model.ts";
import { seeSignature } from "../source/see.ts";
import { Seen } from "../source/seen.ts";
import type { SignatureAside } from "../source/signature-aside.ts";
import { Turns } from "../source/turns.ts";
import type { FileDigests, Serialization } from "../statement/manifest.ts";
import { checkUnchanged } from "./check-unchanged.ts";
import { inspect } from "./inspect.ts";
import type { AnyModel, OpenedModel } from "./opened/opened-model.ts";
import { withOpened } from "./opened/with-opened.ts";
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
  /** Where it was read, of a model on a server. */
  readonly source: SourceFacts | undefined;
  /** The bytes of the signature that was left out of a model, by its name in it. */
  readonly aside: ReadonlyMap<string, Uint8Array>;
  /** The second look at a model. */
  readonly checkUnchanged: (signal: AbortSignal | undefined) => Promise<void>;
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
export async function readIfSignature(given: AnyModel): Promise<UnverifiedSignature | undefined> {
  if (typeof given !== "string" || isRemoteReference(given)) return undefined;
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
  return {
    kind: "signature",
    path,
    serialization,
    files,
    notCovered: [],
    warnings: said.warnings,
    said,
    source: undefined,
    aside: new Map(),
    checkUnchanged: async () => {},
  };
}

/** The side of a model that was walked, before any of its files is read. */
export interface WalkedSide {
  readonly source: SourceFacts | undefined;
  readonly serialization: Serialization;
  /** By name, with what the server lists. */
  readonly files: ReadonlyMap<string, ListedFile>;
  /** Hashes the files but those whose digests are `known`. */
  readonly hash: (known: ReadonlyMap<string, FileDigests>) => Promise<Side>;
}

/** A file of a model, and its digest by the word of the server. */
export interface ListedFile {
  readonly name: string;
  readonly size: number;
  readonly listed: ServerDigest | undefined;
}

type SideOptions = WalkOptions & WorkOptions & RemoteOptions & { readonly cwd?: string };

/** Walks the model of a side, as the signature on the `other` side says, where there is one; the model is open until the work is done. */
export async function withWalkedSide<Result>(
  given: AnyModel,
  other: UnverifiedSignature | undefined,
  options: SideOptions,
  work: (side: WalkedSide) => Promise<Result>,
): Promise<Result> {
  return withOpened(given, options, async (model) => work(await walkSide(model, other, options)));
}

async function walkSide<File extends FileInModel>(
  model: OpenedModel<File>,
  other: UnverifiedSignature | undefined,
  options: SideOptions,
): Promise<WalkedSide> {
  const aside = await signatureLeftOut(model, other);
  const signed = other?.said.manifest;
  const found = await model.inventory({ ...options, signature: aside.excludedFile, seen: aside.seen, signed });
  const walked = comparable(found, false);
  const serialization = signed?.serialization ?? WHOLE_FILES;
  const inventory = signed === undefined ? walked : setEmptyFilesAside(walked, serialization, "verify", signed.files);
  return {
    source: model.source,
    serialization,
    files: new Map(inventory.files.map((file) => [file.name, { name: file.name, size: file.size, listed: model.listed(file) }])),
    async hash(known) {
      const unknown = inventory.files.filter(({ name }) => !known.has(name));
      const requests = unknown.map((file) => ({ file, maxShards: Infinity }));
      const hashed = await model.hash(requests, serialization, { ...options, root: inventory.root }, "stop at failures");
      const pointers = model.seesBeginnings ? await model.readPointers(hashed.mayBePointers) : [];
      const leftOut = other === undefined ? model.leftOut(inventory) : inventory.leftOut;
      const digests = known.size === 0 ? hashed.digests : inOrder(inventory.files, [known, hashed.digests]);
      return {
        kind: "model",
        path: model.given,
        serialization,
        files: namedAs(digests, inventory, signed?.files),
        notCovered: [...leftOut, ...inventory.undecodable.map(undecodable)],
        warnings: [...aside.warnings, ...inventory.warnings, ...pointerWarnings(pointers, "the pointer was compared")],
        said: undefined,
        source: model.source,
        aside: await bytesAside(model, leftOut),
        checkUnchanged: async (signal) => checkUnchanged(model, walked, new Turns(signal)),
      };
    },
  };
}

function inOrder(files: readonly FileInModel[], parts: readonly ReadonlyMap<string, FileDigests>[]): Map<string, FileDigests> {
  const digests = new Map<string, FileDigests>();
  for (const { name } of files) {
    const own = parts.map((part) => part.get(name)).find((found) => found !== undefined);
    if (own !== undefined) digests.set(name, own);
  }
  return digests;
}

/** The other side is compared, wherever it is; any other signature in the model is only left out. */
async function signatureLeftOut(
  model: Pick<OpenedModel, "signatureAside">,
  other: UnverifiedSignature | undefined,
): Promise<SignatureAside> {
  if (other === undefined) return model.signatureAside(undefined);
  return { excludedFile: other.path, seen: other.seen, warnings: [] };
}

/** The reference names the only file of a single-file model "."; here it gets the same name to be compared. */
function namedAs(
  digests: ReadonlyMap<string, FileDigests>,
  { kind }: Inventory<FileInModel>,
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

async function bytesAside(
  model: Pick<OpenedModel, "given" | "source" | "readSignature">,
  leftOut: readonly LeftOut[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const bytes = new Map<string, Uint8Array>();
  for (const { name } of leftOut.filter(({ reason }) => reason === "signature")) {
    const named = model.source === undefined ? join(model.given, name) : name;
    bytes.set(name, (await model.readSignature(named, new Seen())).bytes);
  }
  return bytes;
}

/** A side as it is told: a signature that is the same bytes under the same name on the other side was compared. */
export function shownSide({ kind, path, notCovered, source, aside }: Side, other: Side): DiffSide {
  const isCompared = ({ name, reason }: LeftOut): boolean => {
    const [here, there] = [aside.get(name), other.aside.get(name)];
    return reason === "signature" && here !== undefined && there !== undefined && Buffer.compare(here, there) === 0;
  };
  return { kind, path, ...(source === undefined ? {} : { source }), notCovered: notCovered.filter((entry) => !isCompared(entry)) };
}
