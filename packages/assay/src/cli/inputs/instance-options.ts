import type { HttpClient } from "../../network/http.ts";
import type { FoundTrust } from "../../roots/find.ts";
import type { CommandContext, Invocation } from "../command.ts";
import { namedInstance } from "./instance-question.ts";
import { VERSION } from "../host/version.ts";

/** A client for the instance's servers, which tries again where that may help. */
export async function openHttp(context: CommandContext): Promise<HttpClient> {
  const { retryingClient } = await import("../../network/retry.ts");
  return retryingClient(await openHttpOnce(context), { signal: context.signal });
}

/** A client that asks once. */
async function openHttpOnce({ environment, signal }: CommandContext, connectTimeoutMs?: number): Promise<HttpClient> {
  const { httpClient } = await import("../../network/http.ts");
  return httpClient({
    signal,
    environment,
    userAgent: `assay/${VERSION}`,
    ...(connectTimeoutMs === undefined ? {} : { connectTimeoutMs }),
  });
}

/**
 * There is a root to fall back to: a person without a network should not wait long to be told. A proxy gets all of
 * its time: it makes a connection of its own first.
 */
const REFRESH_CONNECT_MS = 4000;

/**
 * The trusted root, and what else belongs to the instance that the options name: a file, a TUF repository,
 * the public instance, or its staging. Throws what `findTrust` throws.
 */
export async function findInstance(invocation: Invocation, context: CommandContext): Promise<FoundTrust> {
  const named = namedInstance(invocation);
  const { findTrust } = await import("../../roots/find.ts");
  const offline = invocation.values.flag("offline") === true;
  context.onStage("looking for the trusted root");
  const { proxyOf, proxySettings } = await import("../../network/proxy.ts");
  const proxied = proxyOf(proxySettings(context.environment, "https:")) !== undefined;
  return findTrust({
    ...named,
    offline,
    http: offline ? undefined : await openHttpOnce(context, proxied ? undefined : REFRESH_CONNECT_MS),
    now: new Date(),
    environment: context.environment,
    cwd: context.cwd,
  });
}
