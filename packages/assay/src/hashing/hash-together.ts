import { asAssayError, type AssayError } from "../core/error.ts";
import type { RemoteFile, RemoteModel } from "../source/remote/remote-model.ts";
import type { FileDigests, Serialization } from "../statement/manifest.ts";
import { loadHasher } from "./hasher.ts";
import { Shards } from "./shards.ts";

/** What was hashed, and the files that are to be read one by one. */
export interface HashedTogether {
  readonly digests: ReadonlyMap<string, FileDigests>;
  readonly failures: ReadonlyMap<string, AssayError>;
  readonly rest: readonly RemoteFile[];
}

/**
 * Hashes the files of a remote model that arrive in one stream, as those of an archive do; of those whose bytes were read before, the
 * digest is known. A failure that is about an archive is one of each of its files: REMOTE_DIGEST, REMOTE_CHANGED, REMOTE_TRUNCATED.
 */
export async function hashTogether(
  model: RemoteModel,
  files: readonly RemoteFile[],
  serialization: Serialization,
  isOfFiles: (error: AssayError) => boolean,
  onBytes: (file: RemoteFile, bytes: number) => void,
): Promise<HashedTogether> {
  const digests = new Map<string, FileDigests>();
  const failures = new Map<string, AssayError>();
  const { method, hash } = serialization;
  const shardSize = serialization.method === "shards" ? serialization.shardSize : undefined;
  if (method === "files" && hash === "sha256") {
    for (const file of files) {
      const known = model.digestRead?.(file);
      if (known === undefined) continue;
      digests.set(file.name, { name: file.name, digests: [known], size: file.size });
      onBytes(file, file.size);
    }
  }
  const unknown = files.filter(({ name }) => !digests.has(name));
  for (const group of model.together?.(unknown) ?? []) {
    const hasher = await loadHasher(hash);
    let current: { readonly file: RemoteFile; readonly shards: Shards } | undefined;
    const begun = new Map<RemoteFile, readonly string[]>();
    const finish = (): void => {
      if (current !== undefined) begun.set(current.file, current.shards.finish(current.file.size));
      current = undefined;
    };
    try {
      await model.streamTogether?.(group, (file, piece) => {
        if (current?.file !== file) {
          finish();
          current = { file, shards: new Shards(hasher, shardSize) };
        }
        current.shards.update(piece);
        onBytes(file, piece.length);
      });
      finish();
      for (const file of group) {
        // A file without bytes has no piece.
        const own = begun.get(file) ?? new Shards(hasher, shardSize).finish(file.size);
        digests.set(file.name, { name: file.name, digests: own, size: file.size });
      }
    } catch (thrown) {
      const error = asAssayError(thrown);
      if (!isOfFiles(error)) throw error;
      for (const { name } of group) failures.set(name, error);
    }
  }
  return { digests, failures, rest: unknown.filter(({ name }) => !digests.has(name) && !failures.has(name)) };
}
