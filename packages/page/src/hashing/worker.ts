// The worker that hashes. It is given files and gives digests; it has no other way out than its messages.
import type { IHasher } from "hash-wasm";
import type { HashAlgorithm } from "../../../assay/src/statement/manifest.ts";
import { Digests, makeHasher } from "./hasher.ts";
import type { FileResult, HashTask, WorkerMessage } from "./messages.ts";
import { readPieces } from "./read-pieces.ts";

/** Smaller files are read in one go. */
const SMALL = 1024 * 1024;
/** Pointers of git-LFS are smaller. */
const POINTER = 1024;
const REPORT_EVERY = 8 * 1024 * 1024;

const hashers = new Map<HashAlgorithm, Promise<IHasher>>();
let unreported = 0;

addEventListener("message", ({ data }: MessageEvent<HashTask>) => {
  void hashAll(data);
});

async function hashAll({ files, hash, shardSize = Infinity }: HashTask): Promise<void> {
  const made = hashers.get(hash) ?? makeHasher(hash);
  hashers.set(hash, made);
  const hasher = await made;
  const results: FileResult[] = [];
  for (const { index, file } of files) results.push(await hashOne(index, file, new Digests(hasher, shardSize)));
  report(0, true);
  send({ kind: "done", results });
}

/** A browser refuses to read a file that changed since it was chosen. Fewer or more bytes than it had count as the same. */
async function hashOne(index: number, file: File, digests: Digests): Promise<FileResult> {
  try {
    if (file.size < SMALL) {
      const bytes = new Uint8Array(await file.arrayBuffer());
      if (bytes.length !== file.size) return { index, digests: undefined, small: undefined };
      digests.update(bytes);
      report(bytes.length);
      return { index, digests: digests.finish(), small: bytes.length < POINTER ? bytes : undefined };
    }
    let size = 0;
    await readPieces(file.stream(), (piece) => {
      digests.update(piece);
      size += piece.length;
      report(piece.length);
    });
    return { index, digests: size === file.size ? digests.finish() : undefined, small: undefined };
  } catch {
    return { index, digests: undefined, small: undefined };
  }
}

function report(bytes: number, isForced = false): void {
  unreported += bytes;
  if (unreported < REPORT_EVERY && !isForced) return;
  send({ kind: "bytes", bytes: unreported });
  unreported = 0;
}

function send(message: WorkerMessage): void {
  postMessage(message);
}
