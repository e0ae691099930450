import { modelChanged } from "../source/change.ts";
import { MAX_POINTER_BYTES, parsePointer, type PointerFile } from "../source/lfs-pointer.ts";
import type { RemoteFile, RemoteModel } from "../source/remote/remote-model.ts";
import { compareNames, sortByName } from "../statement/name-order.ts";
import type { FileDigests, Serialization } from "../statement/manifest.ts";
import type { FileWork } from "./file-work.ts";
import { hashStreams, type StreamHashOptions } from "./hash-stream.ts";

/** Files of a model on a server: hashed while they arrive. */
export function filesOnServer(model: RemoteModel, streaming: Pick<StreamHashOptions, "parallel">): FileWork<RemoteFile> {
  return {
    seesBeginnings: false,
    hash: async (requests, serialization, { onProgress }, mode) => {
      const files = requests.map(({ file }) => file);
      const { digests, failures } = await hashStreams(model, files, serialization, { ...streaming, onProgress });
      const [first] = [...failures].sort(([a], [b]) => compareNames(a, b));
      if (first !== undefined && mode === "stop at failures") throw first[1];
      return { digests: inOrder(files, digests), failures, mayBePointers: files.filter(isSmall), look: { rest: async () => [] } };
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
    hiddenSince: async () => [],
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

/** What the server lists, of which nothing was read. */
function listedDigests(files: readonly RemoteFile[], { method, hash }: Serialization): readonly FileDigests[] {
  if (method !== "files" || hash !== "sha256") return [];
  return files.flatMap(({ name, size, digest }) => (digest?.kind === "sha256" ? [{ name, size, digests: [digest.hex] }] : []));
}
