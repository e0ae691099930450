import { AssayError } from "../core/error.ts";
import type { FileDigests, Serialization } from "../statement/manifest.ts";
import type { CacheSystem } from "./cache-binding.ts";
import type { DigestCache } from "./digest-cache.ts";
import type { FileAccess } from "../source/file-access.ts";
import { Crew, FILE_OVERHEAD } from "./crew.ts";
import { runHashing, type FailureMode } from "./hash-run.ts";
import type { HashOutcome } from "./hashed.ts";
import { DIGEST_LENGTHS } from "./hasher.ts";
import { MAX_POINTER_BYTES } from "../source/lfs-pointer.ts";
import type { InventoryFile } from "../source/inventory.ts";
import { compareNames } from "../statement/name-order.ts";
import type { WorkOptions } from "./work-options.ts";
import { cutPieces, digestsWanted, pieceCount, type HashRequest } from "./pieces.ts";
import { ProgressReport } from "./progress-report.ts";
import { digestCount } from "../statement/serialization.ts";
import { throwIfAborted } from "../source/turns.ts";
import { layOutWork } from "./work-list.ts";

export interface HashOptions extends WorkOptions {
  /** The model's root, which the cache must not be in. */
  readonly root?: string;
  /** The system calls; with others than Node's, everything happens in the calling thread. */
  readonly access?: FileAccess;
  /** Threads of the caller, which ends them; default: some for this call, where they pay. */
  readonly crew?: Crew;
  /** What the cache asks of the system. Default: this one. */
  readonly cacheSystem?: CacheSystem;
  /** The clock that says whether a file is too fresh for the cache: milliseconds of Unix time. */
  readonly clock?: () => number;
}

const MAX_DIGESTS = 20_000_000;

/**
 * Hashes files that a walk found, whole or in shards. OMS section 6.3.
 *
 * The digests are in the order of `files`; with shards, a zero-byte file has none.
 * Throws FILE_CHANGED for a file that is not, or does not stay, what the walk saw; FILE_UNREADABLE;
 * USAGE for shards so small that their digests would fill the memory; CACHE_UNSAFE; ABORTED.
 */
export async function hashAll(
  files: readonly InventoryFile[],
  serialization: Serialization,
  options: HashOptions = {},
): Promise<HashOutcome> {
  const requests = files.map((file) => ({ file, maxShards: Infinity }));
  return hashEach(requests, serialization, options, "stop at failures");
}

/** Like `hashAll`, with a bound on shards for each file, and failures kept where that is asked for. */
export async function hashEach(
  requests: readonly HashRequest[],
  serialization: Serialization,
  options: HashOptions,
  mode: FailureMode,
): Promise<HashOutcome> {
  throwIfAborted(options.signal);
  const crew = options.crew ?? new Crew(options.threads);
  try {
    return await hashWith(crew, requests, serialization, options, mode);
  } finally {
    if (options.crew === undefined) await crew.stop();
  }
}

async function hashWith(
  crew: Crew,
  requests: readonly HashRequest[],
  serialization: Serialization,
  options: HashOptions,
  mode: FailureMode,
): Promise<HashOutcome> {
  checkDigestCount(requests, serialization);
  const startedNs = BigInt(Math.floor((options.clock ?? Date.now)())) * 1_000_000n;
  const cache = await loadCache(serialization, options);
  const { known, rest } = lookUp(cache, requests);

  const digestLength = DIGEST_LENGTHS[serialization.hash];
  const pieces = cutPieces(rest, serialization, digestLength);
  const threads = options.access === undefined ? await crew.threadsFor(workOf(rest), pieceCount(pieces)) : undefined;
  const digestBytes = rest.reduce((sum, request) => sum + digestsWanted(request, serialization), 0) * digestLength;
  const list = layOutWork(rest, pieces, serialization, digestBytes, 1 + (threads?.count ?? 0));
  const progress = new ProgressReport(list, rest, [...known.values()], options.onProgress);
  const outcome = await runHashing(list, rest, serialization, threads, mode, progress, options);
  outcome.mayBePointers.push(...smallAndUnread(requests, known, serialization));
  const [first] = [...outcome.failures].sort(([a], [b]) => compareNames(a, b));
  if (first !== undefined && mode === "stop at failures") throw first[1];
  if (cache === undefined) return outcome;

  const { digests, failures, mayBePointers, look } = outcome;
  for (const { file, maxShards } of rest) {
    const found = digests.get(file.name)?.digests;
    if (found !== undefined && digestCount(file.size, serialization) <= maxShards) cache.add(file, found, startedNs);
  }
  await cache.save();
  return { digests: inOrder(requests, known, digests), failures, mayBePointers, look };
}

/** What hashing looked at in no whole piece: files in shards, and files whose digests are from the cache. */
function smallAndUnread(
  requests: readonly HashRequest[],
  known: ReadonlyMap<string, FileDigests>,
  { method }: Serialization,
): InventoryFile[] {
  const unread = ({ file: { name, size } }: HashRequest): boolean => size < MAX_POINTER_BYTES && (method === "shards" || known.has(name));
  return requests.filter(unread).map(({ file }) => file);
}

/** Loaded on use, with `node:fs/promises` behind it: that takes longer to load than a small model to hash. */
async function loadCache(serialization: Serialization, { cache, root, cacheSystem }: HashOptions): Promise<DigestCache | undefined> {
  if (cache === undefined) return undefined;
  const [{ CacheBinding }, { CacheFolder }, { DigestCache }] = await Promise.all([
    import("./cache-binding.ts"),
    import("./cache-folder.ts"),
    import("./digest-cache.ts"),
  ]);
  return DigestCache.load(new CacheFolder(cache, root), serialization, new CacheBinding(cacheSystem));
}

function lookUp(
  cache: DigestCache | undefined,
  requests: readonly HashRequest[],
): { known: Map<string, FileDigests>; rest: readonly HashRequest[] } {
  const known = new Map<string, FileDigests>();
  if (cache === undefined) return { known, rest: requests };
  const rest = requests.filter(({ file, maxShards }) => {
    const digests = cache.lookUp(file);
    if (digests !== undefined) known.set(file.name, { name: file.name, digests: digests.slice(0, maxShards), size: file.size });
    return digests === undefined;
  });
  return { known, rest };
}

function inOrder(requests: readonly HashRequest[], ...parts: readonly ReadonlyMap<string, FileDigests>[]): Map<string, FileDigests> {
  const digests = new Map<string, FileDigests>();
  for (const { file } of requests) {
    const own = parts.map((part) => part.get(file.name)).find((found) => found !== undefined);
    if (own !== undefined) digests.set(file.name, own);
  }
  return digests;
}

function workOf(requests: readonly HashRequest[]): number {
  return requests.reduce((sum, { file }) => sum + file.size + FILE_OVERHEAD, 0);
}

function checkDigestCount(requests: readonly HashRequest[], serialization: Serialization): void {
  if (serialization.method === "files") return;
  const count = requests.reduce((sum, request) => sum + digestsWanted(request, serialization), 0);
  if (count <= MAX_DIGESTS) return;
  throw new AssayError(
    "USAGE",
    `shards of ${serialization.shardSize} bytes would cut this model into ${count.toLocaleString("en-US")} pieces`,
    {
      hint: "take a larger shard size; 1000000000 is usual",
    },
  );
}
