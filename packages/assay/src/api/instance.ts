import { httpClient, type HttpClient } from "../network/http.ts";
import { proxyOf, proxySettings } from "../network/proxy.ts";
import { retryingClient } from "../network/retry.ts";
import { findTrust, type FoundTrust, type TrustQuestion } from "../roots/find.ts";

export { compileIdentityPattern, type IdentityPattern } from "../trust/identity-pattern.ts";

/** How servers are reached. */
export interface ServerAccess {
  /** Ends every request. */
  readonly signal?: AbortSignal | undefined;
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are read. Default: the process's. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** The program that asks, as servers log it. Default: `assay`. */
  readonly userAgent?: string | undefined;
}

/** A client for the servers of a Sigstore instance, which tries again where that may help. Throws USAGE for an unusable proxy. */
export function openServers(access: ServerAccess): HttpClient {
  return retryingClient(openOnce(access), access.signal === undefined ? {} : { signal: access.signal });
}

/**
 * There is a root to fall back to: a person without a network should not wait long to be told. A proxy gets all of
 * its time: it makes a connection of its own first.
 */
const REFRESH_CONNECT_MS = 4000;

/** A client for refreshing a root that has a fallback: it asks once, and gives up early on a connection. */
function openForRefresh(access: ServerAccess): HttpClient {
  const isProxied = proxyOf(proxySettings(access.environment ?? process.env, "https:")) !== undefined;
  return openOnce(access, isProxied ? undefined : REFRESH_CONNECT_MS);
}

/** A client that asks once. */
export function openOnce({ signal, environment, userAgent }: ServerAccess, connectTimeoutMs?: number): HttpClient {
  return httpClient({
    signal,
    ...(environment === undefined ? {} : { environment }),
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(connectTimeoutMs === undefined ? {} : { connectTimeoutMs }),
  });
}

/** Which Sigstore instance is meant; the public one where nothing is named. */
export interface InstanceQuestion extends Pick<
  TrustQuestion,
  "trustedRoot" | "trustConfig" | "repository" | "staging" | "cacheFolder" | "http" | "cwd"
> {
  /** Default: the system's clock. */
  readonly now?: Date | undefined;
}

/**
 * The trusted root to verify or sign with now, and what else belongs to the instance: a named file, or the root as
 * TUF gives it, refreshed at most once a day. Throws what `findTrust` throws.
 */
export async function findInstance(question: InstanceQuestion & ServerAccess & { readonly offline?: boolean }): Promise<FoundTrust> {
  const { offline = false } = question;
  const http = offline ? undefined : (question.http ?? openForRefresh(question));
  return findTrust({ ...trustQuestion(question), offline, http });
}

/** The question for `findTrust`, but for how it is asked. */
export function trustQuestion(question: InstanceQuestion & ServerAccess): TrustQuestion {
  const { trustedRoot, trustConfig, repository, staging, cacheFolder, environment, cwd, now = new Date() } = question;
  return { trustedRoot, trustConfig, repository, staging, cacheFolder, environment, cwd, now };
}
