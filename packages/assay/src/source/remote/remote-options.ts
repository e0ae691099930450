import type { RemoteAccess } from "./remote-server.ts";

/** How a model on a server is read; none of it matters for one on this machine. */
export interface RemoteOptions extends Omit<RemoteAccess, "signal"> {
  /** Files that are read at once. Default 4. */
  readonly parallel?: number;
}
