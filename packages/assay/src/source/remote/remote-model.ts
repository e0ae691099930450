import type { PieceListener } from "../../network/streamed-answer.ts";
import type { Change } from "../change.ts";
import type { FileInModel, Inventory } from "../inventory.ts";
import type { Model } from "../open-model.ts";
import type { WalkOptions } from "../options.ts";
import type { ReferenceKind } from "../reference.ts";

/** Where a model is, for an answer: the pinned form is what was read. */
export interface SourceFacts {
  readonly kind: Exclude<ReferenceKind, "file">;
  /** As the caller wrote it. */
  readonly given: string;
  /** With the commit or digest that the given revision was resolved to, once. */
  readonly pinned: string;
  /** The server: host and, where it is not the usual one, port. */
  readonly host: string;
}

/** The digest that a server gives of a file. */
export type ServerDigest =
  /** Of the bytes: git-LFS. `isUnbound`: what else the server says does not lead to it, so that it attests nothing. */
  | { readonly kind: "sha256"; readonly hex: string; readonly isUnbound?: boolean }
  /** Of a git blob: SHA-1 over its header and the bytes. */
  | { readonly kind: "git-blob"; readonly hex: string };

/** Where the digest of a file is from: its bytes, which were read and hashed here, or the word of its server. */
export type DigestOrigin = "computed" | "attested";

/** A file of a model on a server. */
export interface RemoteFile extends FileInModel {
  /** Undefined where the server gives none, as a bucket does. */
  readonly digest: ServerDigest | undefined;
}

/** A signature that is attached to a model and is not a file of it: a referrer of an OCI manifest. */
export interface AttachedSignature {
  /** `sha256:` and 64 hex digits: what the server has it under. */
  readonly digest: string;
  /** Its own reference. */
  readonly pinned: string;
  readonly bytes: Uint8Array;
}

/** What is attached to a model. */
export interface Attachments {
  /** Bundles that are a model's signature. */
  readonly signatures: readonly AttachedSignature[];
  /** The digests of bundles about something else, as an image's signature. */
  readonly others: readonly string[];
}

/** What a walk of a remote model is asked; links do not exist there. */
export interface RemoteWalkRequest extends Pick<WalkOptions, "ignorePaths" | "ignoreGitPaths"> {
  /** The name of the signature, which is not part of the model. */
  readonly signature?: string | undefined;
  readonly signed?: { readonly ignorePaths: readonly string[]; readonly files: ReadonlyMap<string, unknown> } | undefined;
}

/** A model on a server. Its files are those of one commit, so that nothing changes while it is read. */
export interface RemoteModel extends Omit<Model, "inventory" | "read"> {
  readonly kind: "directory";
  readonly source: SourceFacts;
  /** All files, in code-point order of names. */
  readonly files: readonly RemoteFile[];
  /** True where the server does not list its files: `files` are those that are known so far, and others cannot be seen. */
  readonly isUnlisted?: boolean;
  inventory(request?: RemoteWalkRequest): Promise<Inventory<RemoteFile>>;
  /** As of a local model; small reads use ranges. Throws what `stream` throws. */
  read(file: FileInModel, from: number, length: number): Promise<Uint8Array>;
  /**
   * The bytes of a file as they arrive, from its start or from `from` on; `onPiece` keeps none beyond its promise. A connection that breaks is opened again where it broke off.
   *
   * Throws REMOTE_CHANGED where the server sends more than it listed or another commit's file, REMOTE_TRUNCATED, SERVER_UNREACHABLE,
   * SERVER_ANSWER, REMOTE_DENIED, REMOTE_LIMIT, ADDRESS_REFUSED, ABORTED.
   */
  stream(file: RemoteFile, onPiece: PieceListener, from?: number): Promise<void>;
  /** The SHA-256 of a file whose bytes were all read when the model was opened, as those of a compressed archive are. */
  digestRead?(file: RemoteFile): string | undefined;
  /** Groups of these files that arrive in one stream: one reading costs no more than reading them one by one. */
  together?(files: readonly RemoteFile[]): readonly (readonly RemoteFile[])[];
  /**
   * The bytes of the files of such a group, each whole, one after the other in the order of the archive. A piece is used again when the
   * listener returns. Throws as `stream`, and REMOTE_DIGEST after the last byte where what holds them is not what was listed.
   */
  streamTogether?(files: readonly RemoteFile[], onPiece: (file: RemoteFile, piece: Uint8Array) => void): Promise<void>;
  /** The second look: what is not as it was listed. Missing where a revision fixes the files. Throws what opening throws. */
  changes?(): Promise<readonly Change[]>;
  /** Signatures beside the files of the model. Absent where this kind of server has no such thing. Throws REMOTE_DIGEST and as `stream`. */
  attachments?(): Promise<Attachments>;
  /** The one under this digest. Throws SIGNATURE_NOT_FOUND where it is missing. */
  attachedByDigest?(digest: string): Promise<AttachedSignature>;
  /** Attaches a bundle to the model, and returns its own reference. Throws REMOTE_DENIED, SERVER_ANSWER and as `stream`. */
  attach?(bundle: Uint8Array): Promise<string>;
}
