import { AssayError } from "../core/error.ts";
import { modelChanged } from "../source/change.ts";
import { MAX_POINTER_BYTES, parsePointer, type PointerFile } from "../source/lfs-pointer.ts";
import { attests } from "../source/remote/attests.ts";
import type { DigestOrigin, RemoteFile, RemoteModel } from "../source/remote/remote-model.ts";
import type { DigestOriginOptions } from "../source/remote/remote-options.ts";
import { compareNames, sortByName } from "../statement/name-order.ts";
import type { FileDigests, Serialization } from "../statement/manifest.ts";
import type { FileWork } from "./file-work.ts";
import { RemoteDigestCache } from "./remote-cache.ts";
import { hashStreams, type StreamHashOptions } from "./hash-stream.ts";

/** How files of a model on a server are hashed. */
interface ServerWorkOptions extends Pick<StreamHashOptions, "parallel">, DigestOriginOptions {
  /**
   * A folder for digests of files that were read before. Only for a question that reads whole files and nothing else of them: parts
   * that are read by themselves are compared with the bytes that are hashed, which does not happen for a file that is not read again.
   */
  readonly remoteCache?: string | undefined;
}

/** Files of a model on a server: hashed while they arrive, or with `attested` digests not read where the server gives their SHA-256. */
export function filesOnServer(model: RemoteModel, { digests: wanted, remoteCache, ...streaming }: ServerWorkOptions): FileWork<RemoteFile> {
  const origins = new Map<string, DigestOrigin>();
  return {
    seesBeginnings: false,
    digestOrigins: () => origins,
    listed: ({ digest }) => digest,
    hash: async (requests, serialization, { onProgress }, mode) => {
      const files = requests.map(({ file }) => file);
      const attested = wanted === "attested" ? attestedDigests(files, serialization) : [];
      for (const { name } of attested) origins.set(name, "attested");
      const cache = remoteCache === undefined ? undefined : await RemoteDigestCache.load(remoteCache, model, serialization);
      const known = [...attested, ...cachedDigests(cache, files)];
      const knownNames = new Set(known.map(({ name }) => name));
      const unread = files.filter(({ name }) => !knownNames.has(name));
      const { digests, failures } = await hashStreams(model, unread, serialization, { ...streaming, onProgress });
      for (const file of unread) {
        const computed = digests.get(file.name);
        if (computed !== undefined) cache?.add(file, computed);
      }
      await cache?.save();
      const all = new Map([...known.map((file) => [file.name, file] as const), ...digests]);
      for (const name of all.keys()) if (origins.get(name) !== "attested") origins.set(name, "computed");
      const [first] = [...failures].sort(([a], [b]) => compareNames(a, b));
      if (first !== undefined && mode === "stop at failures") throw first[1];
      return { digests: inOrder(files, all), failures, mayBePointers: files.filter(isSmall), look: { rest: async () => [] } };
    },
    hashCandidates: async (files, serialization) => listedDigests(files, serialization),
    readPointers: async (files) => {
      const found: PointerFile[] = [];
      for (const file of files.filter(isSmall)) {
        const pointer = parsePointer(await model.read(file, 0, file.size));
        if (pointer !== undefined) found.push({ name: file.name, ...pointer });
      }
      return found;
    },
    changes: async () => {
      const changes = (await model.changes?.()) ?? [];
      if (changes.length > 0) throw modelChanged(changes, "REMOTE_CHANGED");
      return [];
    },
    hiddenSince: async () => {
      if (model.isUnlisted !== true) return [];
      throw new AssayError("REMOTE_NOT_LISTED", `${model.source.host} does not list its files: whether all are covered cannot be told`);
    },
    leftOut: ({ leftOut, ignoreRules }) => {
      const signatures = model.files.filter(({ name }) => ignoreRules.get(name) === "signature");
      const aside = signatures.map(
        ({ name, size }) => ({ name, kind: "file", fileCount: 1, bytes: size, atLeast: false, reason: "signature" }) as const,
      );
      return aside.length === 0 ? leftOut : sortByName([...leftOut, ...aside]);
    },
  };
}

function isSmall({ size }: RemoteFile): boolean {
  return size < MAX_POINTER_BYTES;
}

function inOrder(files: readonly RemoteFile[], digests: ReadonlyMap<string, FileDigests>): Map<string, FileDigests> {
  const found = files.map(({ name }) => digests.get(name));
  return new Map(found.filter((file) => file !== undefined).map((file) => [file.name, file]));
}

function cachedDigests(cache: RemoteDigestCache | undefined, files: readonly RemoteFile[]): readonly FileDigests[] {
  return cache === undefined ? [] : files.map((file) => cache.lookUp(file)).filter((found) => found !== undefined);
}

/** What the server attests. Throws USAGE where that cannot be compared with what is asked for. */
function attestedDigests(files: readonly RemoteFile[], serialization: Serialization): readonly FileDigests[] {
  const { method, hash } = serialization;
  const attested = files.filter(({ digest }) => attests(digest));
  if (method === "files" && hash === "sha256") return listedDigests(attested, serialization);
  const what = method === "shards" ? "pieces of files" : hash;
  throw new AssayError("USAGE", `the digests to compare are of ${what}, and servers attest SHA-256 of whole files`, {
    hint: "leave out attested digests, so that the files are read",
  });
}

/** What the server lists, of which nothing was read. */
function listedDigests(files: readonly RemoteFile[], { method, hash }: Serialization): readonly FileDigests[] {
  if (method !== "files" || hash !== "sha256") return [];
  return files.flatMap(({ name, size, digest }) => (digest?.kind === "sha256" ? [{ name, size, digests: [digest.hex] }] : []));
}
