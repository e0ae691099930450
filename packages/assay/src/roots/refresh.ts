import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TargetFile, Updater } from "tuf-js";
import type { HttpClient } from "../network/http.ts";
import { AssayError } from "../core/error.ts";
import { readTrustedRoot } from "../trust/sigstore/trusted-root.ts";
import { badTufRoot, type SigstoreInstance } from "./instance.ts";
import { cannotWork, refreshFailure } from "./refresh-failure.ts";
import { CACHED, type TrustCache } from "./trust-cache.ts";
import { TufFetcher } from "./tuf-fetcher.ts";
import { copyMetadata, keepMetadata, keepTrust, makeWorkFolder, type RefreshedTrust, takesNoFiles } from "./work-folder.ts";

export interface RefreshRequest {
  readonly instance: SigstoreInstance;
  /** What earlier refreshes left, which protects from going back behind it; without one nothing is kept. */
  readonly cache: TrustCache | undefined;
  readonly http: HttpClient;
  readonly now: Date;
  /** For all of it, in milliseconds. By default 20 seconds: a person waits, and an older root is at hand. */
  readonly timeoutMs?: number | undefined;
}

const TARGETS = { trustedRoot: "trusted_root.json", signingConfig: "signing_config.v0.2.json" } as const;
const DEFAULT_TIMEOUT_MS = 20_000;

/** Sizes as tuf-js has them by default, spelled out because they are a promise; its 256 root rotations are more than there will be. */
const LIMITS = {
  maxRootRotations: 64,
  maxDelegations: 8,
  rootMaxLength: 512_000,
  timestampMaxLength: 16_384,
  snapshotMaxLength: 2_000_000,
  targetsMaxLength: 5_000_000,
};

/**
 * Fetches the newest trusted root of an instance: the client workflow of the TUF specification (section
 * 5), by tuf-js. It works on a copy of the cached metadata; what was verified is then put in place file
 * by file, so that a refresh that stops halfway, or two at once, leave nothing half-written.
 *
 * Throws SERVER_UNREACHABLE, SERVER_ANSWER for metadata that does not hold (signature, version, expiry,
 * size, form), TRUSTED_ROOT_INVALID for a root that is verified and still cannot be read,
 * TRUST_UNAVAILABLE where this machine is the obstacle, ABORTED.
 */
export async function refreshTrust(request: RefreshRequest): Promise<RefreshedTrust> {
  try {
    return await refreshBeside(request.cache, request);
  } catch (error) {
    if (request.cache === undefined || !(error instanceof AssayError) || error.code !== "TRUST_UNAVAILABLE") throw error;
    // The disk of the cache is full or takes no files: that costs what is kept, not the answer.
    return { ...(await refreshBeside(undefined, request)), notKept: takesNoFiles(request.cache, error.cause) };
  }
}

/** Works in a folder of the cache, so that what it leaves can be put in place; without one, in the system's own. */
async function refreshBeside(place: TrustCache | undefined, request: RefreshRequest): Promise<RefreshedTrust> {
  const { cache, instance } = request;
  const folder = await makeWorkFolder(place).catch((cause: unknown) => {
    throw cannotWork(instance, cause);
  });
  try {
    const refreshed = await refreshIn(folder, request);
    return cache === undefined ? refreshed : { ...refreshed, notKept: await keepTrust(cache, folder, refreshed, request.now) };
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function refreshIn(folder: string, request: RefreshRequest): Promise<RefreshedTrust> {
  const { instance, cache, http, timeoutMs = DEFAULT_TIMEOUT_MS } = request;
  const [{ Updater }, { DownloadHTTPError, PersistError }] = await Promise.all([import("tuf-js"), import("tuf-js/dist/error.js")]);
  const statusError = (message: string, status: number): Error => new DownloadHTTPError(message, status);
  const fetcher = new TufFetcher({ http, folder, statusError, timeoutMs });
  const open = (): Updater =>
    new Updater({
      metadataDir: folder,
      metadataBaseUrl: instance.repository,
      targetBaseUrl: `${instance.repository.replace(/\/+$/u, "")}/targets`,
      fetcher,
      config: LIMITS,
    });
  let isWhole = true;
  try {
    await copyMetadata(cache, folder);
    const updater = await openWithBestRoot(folder, request, open);
    await updater.refresh();
    const trustedRoot = await target(updater, TARGETS.trustedRoot, folder, cache?.read(CACHED.trustedRoot));
    if (trustedRoot === undefined) throw new Error(`it lists no ${TARGETS.trustedRoot}`);
    readTrustedRoot(trustedRoot);
    const signingConfig = await target(updater, TARGETS.signingConfig, folder, cache?.read(CACHED.signingConfig));
    return { trustedRoot, signingConfig };
  } catch (error) {
    // What the disk did not take whole must not be kept.
    if (error instanceof PersistError) isWhole = false;
    throw refreshFailure(error, fetcher.failure, instance);
  } finally {
    // TUF wants verified metadata kept even where a later step fails: so that it cannot be rolled back.
    if (cache !== undefined && isWhole) await keepMetadata(cache, folder);
  }
}

/** Starts from the newer of the given and the cached root metadata; a cached one that is damaged does not count. */
async function openWithBestRoot(folder: string, { instance, cache }: RefreshRequest, open: () => Updater): Promise<Updater> {
  const cached = cache?.read("root.json");
  if (cached !== undefined && versionOf(cached) > versionOf(instance.tufRoot)) {
    await writeFile(join(folder, "root.json"), cached);
    try {
      return open();
    } catch {
      // Then from the one that came with the package, or with the caller.
    }
  }
  await writeFile(join(folder, "root.json"), instance.tufRoot);
  try {
    return open();
  } catch (error) {
    // What ships with the package is right; a file that the caller named may not be.
    if (instance.shipped !== undefined) throw error;
    throw badTufRoot("the TUF root", error instanceof Error ? error.message.slice(0, 200) : String(error));
  }
}

/** A file of the repository, downloaded where the cached one is not the one that the metadata lists. */
async function target(updater: Updater, name: string, folder: string, cached: Uint8Array | undefined): Promise<Uint8Array | undefined> {
  const info = await updater.getTargetInfo(name);
  if (info === undefined) return undefined;
  requireHash(info);
  const path = join(folder, `target-${name}`);
  if (cached !== undefined) await writeFile(path, cached);
  const found = await updater.findCachedTarget(info, path);
  return new Uint8Array(await readFile(found ?? (await updater.downloadTarget(info, path))));
}

/** tuf-js compares the hashes that there are: of a file listed with none it would compare the length alone. */
function requireHash({ path, hashes }: TargetFile): void {
  if ("sha256" in hashes || "sha512" in hashes) return;
  throw new Error(`it lists ${path} without a SHA-256 or SHA-512 hash`);
}

function versionOf(root: Uint8Array): number {
  try {
    const metadata: unknown = JSON.parse(new TextDecoder().decode(root));
    const signed = isObject(metadata) ? metadata["signed"] : undefined;
    const version = isObject(signed) ? signed["version"] : undefined;
    return typeof version === "number" ? version : 0;
  } catch {
    return 0;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
