import type { FoundTrust, HttpClient } from "../../index.ts";
import type { CommandContext, Invocation } from "../command.ts";
import { VERSION } from "../host/version.ts";
import { namedInstance } from "./instance-question.ts";

/** How the command reaches servers. */
export function serverAccess({ environment, signal }: CommandContext): {
  readonly environment: CommandContext["environment"];
  readonly signal: AbortSignal;
  readonly userAgent: string;
} {
  return { environment, signal, userAgent: `assay/${VERSION}` };
}

/** A client for the instance's servers, which tries again where that may help. */
export async function openHttp(context: CommandContext): Promise<HttpClient> {
  const { openServers } = await import("../../api/instance.ts");
  return openServers(serverAccess(context));
}

/**
 * The trusted root, and what else belongs to the instance that the options name: a file, a TUF repository,
 * the public instance, or its staging. Throws what `findTrust` throws.
 */
export async function chooseInstance(invocation: Invocation, context: CommandContext): Promise<FoundTrust> {
  const named = namedInstance(invocation);
  const api = await import("../../api/instance.ts");
  context.onStage("looking for the trusted root");
  const offline = invocation.values.flag("offline") === true;
  return api.findInstance({ ...named, ...serverAccess(context), offline, cwd: context.cwd });
}
