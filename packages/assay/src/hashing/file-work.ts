import type { DigestOrigin } from "../source/remote/remote-model.ts";
import type { Change } from "../source/change.ts";
import type { FileInModel, Inventory, LeftOut } from "../source/inventory.ts";
import type { PointerFile } from "../source/lfs-pointer.ts";
import type { ServerDigest } from "../source/remote/remote-model.ts";
import type { FileLook } from "../source/second-look.ts";
import type { Turns } from "../source/turns.ts";
import type { FileDigests, Serialization } from "../statement/manifest.ts";
import type { FailureMode } from "./hash-run.ts";
import type { HashOptions } from "./hash.ts";
import type { HashOutcome } from "./hashed.ts";
import type { HashRequest } from "./pieces.ts";

/**
 * What is done with the files of a model that was walked: here models on this machine and models on servers differ, and in no
 * question that is asked of them.
 */
export interface FileWork<File extends FileInModel> {
  /** Whether `hash` looks at the first bytes of small whole files, so that `mayBePointers` is short. */
  readonly seesBeginnings: boolean;
  /** What the server lists of the bytes of a file, which nothing here proves; undefined where it lists nothing, as for files on this machine. */
  listed(file: File): ServerDigest | undefined;
  /** As `hashEach`. */
  hash(
    requests: readonly HashRequest<File>[],
    serialization: Serialization,
    options: HashOptions,
    mode: FailureMode,
  ): Promise<HashOutcome<File>>;
  /** Of the files that were hashed so far, where each digest is from. Missing where all are computed. */
  digestOrigins?(): ReadonlyMap<string, DigestOrigin>;
  /** Digests by which a message names a missing file that has another name now; no answer rests on them. */
  hashCandidates(files: readonly File[], serialization: Serialization, options: HashOptions): Promise<Iterable<FileDigests>>;
  /** The git-LFS pointers among files. */
  readPointers(files: readonly File[]): Promise<PointerFile[]>;
  /** The second look, before the answer: what is not as it was read. Throws ABORTED; of a server, why a read failed. */
  changes(walked: Inventory<File>, turns: Turns, look?: FileLook): Promise<readonly Change[]>;
  /** What appeared since the walk in places that rules hide. */
  hiddenSince(walked: Inventory<File>, listed: Pick<ReadonlySet<string>, "has">, turns: Turns): Promise<readonly string[]>;
  /** What the walk left out, with the signature in the model. */
  leftOut(walked: Inventory<File>): readonly LeftOut[];
}
