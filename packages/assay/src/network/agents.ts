import { Agent as HttpAgent, type AgentOptions, type ClientRequest } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Duplex } from "node:stream";
import { Socket } from "node:net";

/** Shorter than servers keep idle connections, so that none is used in the moment in which it is closed. */
const IDLE_MS = 4000;

/**
 * Agents that keep connections for the next request and drop them when idle. Node's own `timeout` of an agent is
 * not used for that: it also ends a proxy's CONNECT that is slower.
 */
class KeepingHttpAgent extends HttpAgent {
  override keepSocketAlive(socket: Duplex): void {
    // Node's answer, whether the connection is kept, is missing in its types.
    const isKept = super.keepSocketAlive(socket);
    dropWhenIdle(socket);
    return isKept;
  }

  override reuseSocket(socket: Duplex, request: ClientRequest): void {
    if (socket instanceof Socket) socket.setTimeout(0);
    super.reuseSocket(socket, request);
  }
}

class KeepingHttpsAgent extends HttpsAgent {
  override keepSocketAlive(socket: Duplex): void {
    // Node's answer, whether the connection is kept, is missing in its types.
    const isKept = super.keepSocketAlive(socket);
    dropWhenIdle(socket);
    return isKept;
  }

  override reuseSocket(socket: Duplex, request: ClientRequest): void {
    if (socket instanceof Socket) socket.setTimeout(0);
    super.reuseSocket(socket, request);
  }
}

export function openAgent(protocol: string, options: AgentOptions & { readonly ca?: readonly string[] }): HttpAgent | HttpsAgent {
  const { ca, ...shared } = options;
  const kept = { ...shared, keepAlive: true };
  if (protocol === "http:") return new KeepingHttpAgent(kept);
  return new KeepingHttpsAgent(ca === undefined ? kept : { ...kept, ca: [...ca] });
}

function dropWhenIdle(socket: Duplex): void {
  if (socket instanceof Socket) socket.setTimeout(IDLE_MS, () => socket.destroy());
}
