import type { DigestOrigin } from "./remote-model.ts";
import type { RemoteAccess } from "./remote-server.ts";

/** How a model on a server is read; none of it matters for one on this machine. */
export interface RemoteOptions extends Omit<RemoteAccess, "signal"> {
  /** Files that are read at once. Default 4. */
  readonly parallel?: number;
}

/** Where the digests of a model on a server may be from. */
export interface DigestOriginOptions {
  /**
   * `attested`: SHA-256 that the server gives of a file counts, and the file is not read; a file without is read and hashed. The
   * word of the server is then believed, and the answer carries the warning DIGESTS_ATTESTED. Default `computed`: all are read.
   */
  readonly digests?: DigestOrigin;
}
