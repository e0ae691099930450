import type { HttpClient } from "../network/http.ts";
import { webUrl } from "../network/url.ts";
import type { WitnessRequest } from "../signing/seal.ts";
import { checkLogs } from "../signing/sigstore/check-logs.ts";
import { detectLog } from "../signing/sigstore/services-from-urls.ts";
import type { WitnessStep } from "../signing/sigstore/witness.ts";
import type { WitnessTrust } from "../trust/trust.ts";
import { openServers, type ServerAccess } from "./instance.ts";

/** The servers that are to witness a signature by a key or certificate. */
export interface WitnessServers extends ServerAccess {
  /** URL of a timestamp authority (RFC 3161). */
  readonly timestampUrl?: string | undefined;
  /** URL of a transparency log (Rekor v1 or v2). */
  readonly logUrl?: string | undefined;
  /** With a trusted root, the log must be in it: checked before anything is signed. */
  readonly trust?: WitnessTrust | undefined;
  /** Default: a client that tries again. */
  readonly http?: HttpClient | undefined;
  /** Default: the system's clock. */
  readonly now?: Date | undefined;
  readonly onStep?: (step: WitnessStep) => void;
}

/**
 * Prepares the witnesses of a signature, for `sign`: asks the log which API it has, and checks that the trusted root
 * lists it. Nothing of a signature is public yet.
 *
 * Throws USAGE for a URL that cannot serve, LOG_UNKNOWN and TRUST_ROOT_STALE for a log that is not in the root,
 * SERVER_UNREACHABLE, SERVER_ANSWER, ABORTED.
 */
export async function openWitnesses(servers: WitnessServers): Promise<WitnessRequest> {
  const { timestampUrl, logUrl, trust, http = openServers(servers), now = new Date(), onStep } = servers;
  if (timestampUrl !== undefined) webUrl(timestampUrl);
  const logs = logUrl === undefined ? [] : [await detectLog(http, logUrl)];
  const root = trust?.trustedRoot;
  if (root !== undefined) await checkLogs(http, logs, root, now);
  return {
    timestampUrls: timestampUrl === undefined ? [] : [timestampUrl],
    logs,
    ...(root === undefined ? {} : { knownLogs: root.root.logs }),
    ...(trust === undefined ? {} : { trust }),
    http,
    ...(onStep === undefined ? {} : { onStep }),
  };
}
