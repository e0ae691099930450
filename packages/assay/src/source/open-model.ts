import { resolve } from "node:path";
import { AssayError } from "../core/error.ts";
import { FileReader } from "./file-reader.ts";
import type { Inventory, InventoryFile, FileInModel } from "./inventory.ts";
import { findModel, type ModelPlace } from "./model-place.ts";
import { walkModel, type WalkRequest } from "./walk.ts";

/**
 * A model that was opened, wherever it is: what every question is asked of. Whatever is asked, a model is opened
 * once, walked once and closed:
 *
 *     const model = await openModel("granite", { cwd });
 *     try {
 *       const inventory = await model.inventory({ ignorePaths, signature, seen, signal });
 *       const { files } = signable(inventory);            // to sign and digest; `comparable` to verify
 *       const head = await model.read(file, 0, 4096);     // what probes need of a file
 *       const digests = await hashAll(files, serialization, { crew });
 *       await secondLook(inventory, turns, look);         // the second look, before the answer
 *     } finally {
 *       await model.close();
 *     }
 *
 * No folder is listed beside it: the inventory has the links that were not followed, what could not be looked
 * into, and what rules leave out. The functions of `api` take an open model in place of a path, and leave it open.
 */
export interface Model {
  /** As the caller named it: a path. */
  readonly reference: string;
  readonly kind: "directory" | "file";
  /** What a signer writes as the subject's name. */
  readonly name: string;
  /** What names exactly these bytes at their source: a commit, a digest. Undefined on disk, where nothing does. */
  readonly revision: string | undefined;
  /**
   * Walks the model. Once: a second call throws INTERNAL, so that no two parts of an answer are about different
   * walks. Problems in the model are in the inventory; throws LINK_NOT_ALLOWED and USAGE for the signature's own place, ABORTED.
   */
  inventory(request?: WalkRequest): Promise<Inventory<FileInModel>>;
  /**
   * At most `length` bytes from `from` on, fewer only at the file's end. The file is the one that was walked:
   * throws FILE_CHANGED where another is in its place or its size or times differ, FILE_UNREADABLE.
   */
  read(file: FileInModel, from: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** A model on this machine. */
export interface LocalModel extends Model {
  /** Where it is: for what is looked up beside it, as its signature is. */
  readonly place: ModelPlace;
  /** What the caller's relative paths are relative to. */
  readonly cwd: string;
  inventory(request?: WalkRequest): Promise<Inventory>;
  read(file: InventoryFile, from: number, length: number): Promise<Uint8Array>;
}

/**
 * Opens a model: a folder or a regular file. OMS sections 6.1 and 6.5 (the subject's name).
 *
 * `cwd` is what relative paths are relative to; default: the process's. Throws FILE_NOT_FOUND where nothing is
 * there, FILE_NOT_REGULAR for a pipe, socket or device, LINK_LOOP, FILE_UNREADABLE, USAGE for a path that cannot
 * be one and for a repository in a Hugging Face cache, which holds several models.
 */
export async function openModel(
  reference: string,
  { cwd = process.cwd() }: { readonly cwd?: string | undefined } = {},
): Promise<LocalModel> {
  const place = findModel(reference, resolve(cwd));
  const reader = new FileReader();
  let isWalked = false;
  return {
    reference,
    kind: place.kind,
    name: place.modelName,
    revision: undefined,
    place,
    cwd,
    inventory: async (request = {}) => {
      if (isWalked) throw new AssayError("INTERNAL", `the model ${place.given} was walked twice for one question`);
      isWalked = true;
      return walkModel(place, cwd, request);
    },
    read: async (file, from, length) => reader.read(file, from, length),
    close: async () => reader.close(),
  };
}

/** Runs some work on a model: opens one that is named and closes it afterwards; one that is already open stays open. */
export async function withModel<Result>(
  model: string | LocalModel,
  cwd: string | undefined,
  work: (model: LocalModel) => Promise<Result>,
): Promise<Result> {
  if (typeof model !== "string") return work(model);
  const opened = await openModel(model, { cwd });
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}
