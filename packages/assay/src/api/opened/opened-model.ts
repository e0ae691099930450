import type { Comparison } from "../../comparison/difference.ts";
import type { Warning } from "../../core/warning.ts";
import type { FileWork } from "../../hashing/file-work.ts";
import type { FileInModel, Inventory } from "../../source/inventory.ts";
import type { LocalModel, Model } from "../../source/open-model.ts";
import type { RemoteModel, SourceFacts } from "../../source/remote/remote-model.ts";
import type { DigestOriginOptions, RemoteOptions } from "../../source/remote/remote-options.ts";
import type { Seen } from "../../source/seen.ts";
import type { SignatureAside } from "../../source/signature-aside.ts";
import type { WalkRequest } from "../../source/walk.ts";
import type { Manifest } from "../../statement/manifest.ts";
import type { ReadSignature } from "../../verdict/prove.ts";

/** A model as the functions of `api` take it: a path or a reference, or one that was opened, which stays open. */
export type AnyModel = string | LocalModel | RemoteModel;

/** A bundle that was attached to a model. */
export interface AttachedBundle {
  /** Its own reference. */
  readonly reference: string;
  /** The digests of other signatures that are attached too: one of several must be named to verify. */
  readonly others: readonly string[];
}

/** A model that was opened, wherever it is, with all that questions ask of it. */
export interface OpenedModel<File extends FileInModel = FileInModel> extends FileWork<File>, Pick<Model, "kind" | "name" | "read"> {
  /** For answers and messages: the absolute path as the caller named it, or the pinned reference. */
  readonly given: string;
  /** Undefined for one on this machine. */
  readonly source: SourceFacts | undefined;
  /** What the caller's relative paths are relative to. */
  readonly cwd: string;
  /** As `walkModel`. The signature is a path, or its name in a model on a server. */
  inventory(request: WalkRequest): Promise<Inventory<File>>;
  /** Which signature is not part of the model, for a question that is not about it. */
  signatureAside(named: string | undefined): Promise<SignatureAside>;
  /** As `readModelSignature`; of one found on a server, the path is its name there. */
  readSignature(named: string | Uint8Array | undefined, seen: Seen): Promise<ReadSignature>;
  /** Attaches a bundle to the model; absent where nothing can be attached. */
  readonly attach?: ((bundle: Uint8Array) => Promise<AttachedBundle>) | undefined;
  /** What is to be said of the older signatures in a model that is signed. */
  olderSignatures(inventory: Inventory<File>): Promise<readonly Warning[]>;
  /** What is to be said of signatures in the model besides the one at `path`. */
  otherSignatures(manifest: Manifest, comparison: Comparison, path: string | undefined): Promise<readonly Warning[]>;
}

/** How a model is opened. */
export interface OpeningOptions extends RemoteOptions, DigestOriginOptions {
  readonly cwd?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The folder of `cache`, also for models on servers: only for questions that read whole files and nothing else of them. */
  readonly remoteCache?: string | undefined;
}

/** The source of an answer about a model on a server; nothing for one on this machine. */
export function sourceOf({ source }: Pick<OpenedModel, "source">): { readonly source?: SourceFacts } {
  return source === undefined ? {} : { source };
}
