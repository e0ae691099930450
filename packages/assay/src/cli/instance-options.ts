import type { HttpClient } from "../network/http.ts";
import type { FoundTrust } from "../roots/find.ts";
import type { Invocation } from "./arguments.ts";
import type { CommandContext } from "./command.ts";
import { VERSION } from "./version.ts";

/** A client for the instance's servers, which tries again where that may help. */
export async function openHttp({ environment, signal }: CommandContext): Promise<HttpClient> {
  const [{ httpClient }, { retryingClient }] = await Promise.all([import("../network/http.ts"), import("../network/retry.ts")]);
  return retryingClient(httpClient({ signal, environment, userAgent: `assay/${VERSION}` }), { signal });
}

/**
 * The trusted root, and what else belongs to the instance that the options name: a file, the public
 * instance, or its staging. Throws what `findTrust` throws.
 */
export async function findInstance({ values }: Invocation, context: CommandContext): Promise<FoundTrust> {
  const { findTrust } = await import("../roots/find.ts");
  const offline = values.flag("offline") === true;
  context.onStage("looking for the trusted root");
  return findTrust({
    trustedRoot: values.text("trusted-root"),
    trustConfig: values.text("trust-config"),
    staging: values.flag("use-staging"),
    offline,
    http: offline ? undefined : await openHttp(context),
    now: new Date(),
    cwd: context.cwd,
  });
}
