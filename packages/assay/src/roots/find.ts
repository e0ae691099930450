import { AssayError } from "../core/error.ts";
import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { readBounded } from "../files/read-bounded.ts";
import type { HttpClient } from "../network/http.ts";
import { readTrustedRoot } from "../trust/sigstore/trusted-root.ts";
import { userCacheFolder } from "./cache-place.ts";
import { cacheName, checkTufRoot, repositoryInstance, type SigstoreInstance } from "./instance.ts";
import { type NamedTrust, readNamedTrust } from "./named.ts";
import { shippedInstance } from "./shipped.ts";
import { type CachedTrust, TrustCache } from "./trust-cache.ts";
import type { TrustMaterial, TrustSource } from "../trust/sigstore/trust-source.ts";

/** Which Sigstore instance is meant, and how its trusted root is found. */
export interface TrustQuestion {
  /** A file with a trusted root, or with a trust configuration: the root in it is the answer. */
  readonly trustedRoot?: string | undefined;
  /** The same, whose signing configuration counts too. Of two files this one gives the signing configuration, the other the root. */
  readonly trustConfig?: string | undefined;
  /** A private TUF repository: its URL, and the file with the root metadata to start from. */
  readonly repository?: { readonly url: string; readonly root: string } | undefined;
  /** The staging of the public good instance instead of the instance itself. */
  readonly staging?: boolean | undefined;
  /** Use no network. */
  readonly offline?: boolean | undefined;
  /** The HTTP client; without one no network is used. Better one without retries: an older root is mostly at hand. */
  readonly http?: HttpClient | undefined;
  /** Where refreshed roots are kept; by default a folder of the user's own. */
  readonly cacheFolder?: string | undefined;
  /** A root that was refreshed longer ago than this, in milliseconds, is refreshed again. A day by default; 0 always asks. */
  readonly maxAge?: number | undefined;
  readonly now: Date;
  /** Where XDG_CACHE_HOME and HOME are read; the process's own by default. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** What relative paths are relative to. */
  readonly cwd?: string | undefined;
}

/** The trusted root that was found, and what else belongs to the instance. */
export interface FoundTrust {
  readonly material: TrustMaterial;
  /** The root as it is written, for a file that travels. */
  readonly trustedRoot: Uint8Array;
  /** JSON of a signing configuration, where one belongs to the root. */
  readonly signingConfig?: Uint8Array;
  /** Why a root that was just fetched is not kept for later, where it is not. */
  readonly notKept?: string;
  /** Of a root that was just fetched: the one in use before; undefined without one. */
  readonly previous?: () => TrustMaterial | undefined;
}

/** The repositories sign anew every few days; a day late is soon enough, and costs a request a day. */
const DAY_MS = 24 * 60 * 60 * 1000;
/** No file of root metadata that TUF clients take is larger. */
const TUF_ROOT_LIMIT = 512_000;

/**
 * Finds whom to trust: a file that was named; else the instance's root as TUF gives it, where the last
 * refresh is older than `maxAge`; else the cached or the shipped one, whichever is newer. Where a
 * refresh fails, the answer is one of the latter and says why: never what did not verify.
 *
 * Throws TRUST_UNAVAILABLE without any root, CACHE_UNSAFE, TRUSTED_ROOT_INVALID for a named
 * file, FILE_NOT_FOUND, FILE_UNREADABLE, USAGE, ABORTED.
 */
export async function findTrust(question: TrustQuestion): Promise<FoundTrust> {
  const named = readNamed(question);
  if (named !== undefined) return named;

  const instance = instanceOf(question);
  const { http, now, maxAge = DAY_MS } = question;
  const asks = question.offline === true ? undefined : http;
  const base = question.cacheFolder ?? userCacheFolder(question.environment);
  const cache = base === undefined ? undefined : TrustCache.open(base, cacheName(instance), asks !== undefined);
  const cached = cache?.current();
  if (asks === undefined || isFresh(cached, now, maxAge)) return fallback(instance, cached, undefined);
  const network = networkPlace(question.environment);
  const hasOther = cached !== undefined || instance.shipped !== undefined;
  const until = maxAge > 0 && hasOther ? cache?.restsUntil(network, now) : undefined;
  if (until !== undefined) {
    const problem = `the repository could not be reached a moment ago, and is not asked again before ${until.toISOString()}`;
    return fallback(instance, cached, problem);
  }
  const { refreshTrust } = await import("./refresh.ts");
  try {
    const refreshed = await refreshTrust({ instance, cache, http: asks, now });
    const answer = {
      ...found(refreshed, { kind: "refreshed", name: instance.name, date: now, isCurrent: true }),
      previous: () => previousOf(instance, cached),
    };
    const notKept =
      base === undefined
        ? "no folder of your own to keep it in"
        : cache === undefined
          ? `the folder ${resolve(base, cacheName(instance))} cannot be made`
          : refreshed.notKept;
    return notKept === undefined ? answer : { ...answer, notKept };
  } catch (error) {
    if (!(error instanceof AssayError) || error.code === "ABORTED" || (error.code === "USAGE" && question.repository !== undefined))
      throw error;
    if (error.code === "SERVER_UNREACHABLE") cache?.rest(network, now);
    return fallback(instance, cached, error.message);
  }
}

/** Names the way out of this machine: with another proxy, or none, the repository is asked again at once. */
function networkPlace(environment: TrustQuestion["environment"] = process.env): string {
  const value = ["https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY"].map((name) => environment[name] ?? "").join("\n");
  return createHash("sha256").update(value).digest("hex").slice(0, 16);
}

function readNamed({ trustedRoot, trustConfig, cwd }: TrustQuestion): FoundTrust | undefined {
  const config = trustConfig === undefined ? undefined : readNamedTrust(trustConfig, cwd);
  const root: NamedTrust | undefined = trustedRoot === undefined ? config : readNamedTrust(trustedRoot, cwd);
  if (root === undefined) return undefined;
  const source: TrustSource = { kind: "named", name: trustedRoot ?? trustConfig ?? "", date: undefined, isCurrent: true };
  const signingConfig = (config ?? root).signingConfig;
  const answer = { material: { root: root.root, source }, trustedRoot: root.trustedRoot };
  return signingConfig === undefined ? answer : { ...answer, signingConfig };
}

function instanceOf({ repository, staging, cwd = process.cwd() }: TrustQuestion): SigstoreInstance {
  if (repository === undefined) return shippedInstance(staging === true ? "sigstage.dev" : "sigstore.dev");
  const tufRoot = readBounded(resolve(cwd, repository.root), "TUF root", TUF_ROOT_LIMIT);
  checkTufRoot(tufRoot, repository.root);
  return repositoryInstance(repository.url, tufRoot);
}

/** A date in the future is not believed until then: the clock was wrong once. */
function isFresh(cached: CachedTrust | undefined, now: Date, maxAge: number): boolean {
  if (cached === undefined) return false;
  const age = now.getTime() - cached.date.getTime();
  return age >= 0 && age < maxAge;
}

function fallback(instance: SigstoreInstance, cached: CachedTrust | undefined, problem: string | undefined): FoundTrust {
  const { name, shipped } = instance;
  const because = problem === undefined ? {} : { problem };
  if (cached !== undefined && (shipped === undefined || cached.date > shipped.date)) {
    try {
      return found(cached, { kind: "cached", name, date: cached.date, isCurrent: false, ...because });
    } catch (error) {
      // A file that was damaged on this disk; what is shipped is older and whole.
      if (shipped === undefined)
        throw noRoot(name, `the one that was kept is damaged${problem === undefined ? "" : `; ${problem}`}`, error);
    }
  }
  if (shipped === undefined) throw noRoot(name, problem ?? "not fetched yet, and no network may be used");
  return found(shipped, { kind: "shipped", name, date: shipped.date, isCurrent: false, ...because });
}

/** What `findTrust` gave before the refresh. */
function previousOf(instance: SigstoreInstance, cached: CachedTrust | undefined): TrustMaterial | undefined {
  try {
    return fallback(instance, cached, undefined).material;
  } catch (error) {
    if (error instanceof AssayError && error.code === "TRUST_UNAVAILABLE") return undefined;
    throw error;
  }
}

function found(
  { trustedRoot, signingConfig }: { readonly trustedRoot: Uint8Array; readonly signingConfig: Uint8Array | undefined },
  source: TrustSource,
): FoundTrust {
  const answer = { material: { root: readTrustedRoot(trustedRoot), source }, trustedRoot };
  return signingConfig === undefined ? answer : { ...answer, signingConfig };
}

function noRoot(name: string, why: string, cause?: unknown): AssayError {
  return new AssayError("TRUST_UNAVAILABLE", `no trusted root of ${name}: ${why}`, {
    cause,
    remedy: "go-online-or-name-root",
  });
}
