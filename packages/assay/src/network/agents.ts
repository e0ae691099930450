import { Agent as HttpAgent, type AgentOptions, type ClientRequest } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Duplex } from "node:stream";
import { Socket } from "node:net";

/** Shorter than servers keep idle connections, so that none is used in the moment in which it is closed. */
const IDLE_MS = 4000;

/**
 * An agent that keeps connections for the next request and drops them when idle. Node's own `timeout` of an agent is
 * not used for that: it also ends a proxy's CONNECT that is slower.
 */
export function openAgent(protocol: string, options: AgentOptions & { readonly ca?: readonly string[] }): HttpAgent | HttpsAgent {
  const { ca, ...shared } = options;
  const kept = { ...shared, keepAlive: true };
  if (protocol === "http:") return dropIdle(new HttpAgent(kept));
  // Said, so that NODE_TLS_REJECT_UNAUTHORIZED does not turn it off.
  const checked = { ...kept, rejectUnauthorized: true };
  return dropIdle(new HttpsAgent(ca === undefined ? checked : { ...checked, ca: [...ca] }));
}

function endIdle(this: Socket): void {
  this.destroy();
}

/** The two classes of agents are told the same, each on its instance. */
function dropIdle<Agent extends HttpAgent>(agent: Agent): Agent {
  const keep = agent.keepSocketAlive.bind(agent);
  const reuse = agent.reuseSocket.bind(agent);
  agent.keepSocketAlive = (socket: Duplex): void => {
    // Node's answer, whether the connection is kept, is missing in its types.
    const isKept = keep(socket);
    if (socket instanceof Socket) socket.setTimeout(IDLE_MS, endIdle);
    return isKept;
  };
  agent.reuseSocket = (socket: Duplex, request: ClientRequest): void => {
    if (socket instanceof Socket) socket.setTimeout(0, endIdle);
    reuse(socket, request);
  };
  return agent;
}
