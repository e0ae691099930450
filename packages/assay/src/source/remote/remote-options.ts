import type { HubAccess } from "../hub/hub-client.ts";

/** How a model on a server is read; none of it matters for one on this machine. */
export interface RemoteOptions extends Omit<HubAccess, "signal"> {
  /** Files that are read at once. Default 4. */
  readonly parallel?: number;
}
