import type { LogEntry } from "../../bundle/log-entry.ts";
import { addition, AssayError } from "../../core/error.ts";
import type { HttpClient } from "../../network/http.ts";
import type { TransparencyLog } from "../../trust/sigstore/trusted-root.ts";
import type { ContentToLog } from "./logged-content.ts";
import { logInRekorV1 } from "./rekor-v1.ts";
import { logInRekorV2 } from "./rekor-v2.ts";
import type { SelectedLog } from "./select-services.ts";
import { requestTimestamp } from "./timestamp-authority.ts";

/** Who is to witness a signature. */
export interface Witnesses {
  readonly logs: readonly SelectedLog[];
  /** Whole URLs. */
  readonly timestampUrls: readonly string[];
  /** Authorities to ask where one of these gives no usable timestamp, each once. */
  readonly otherTimestampUrls?: readonly string[] | undefined;
  /** The logs of the trusted root, where there is one: see `logInRekorV2`. */
  readonly knownLogs?: readonly TransparencyLog[];
  /** Rejects a timestamp that no verifier would believe, before anything is put into a log. */
  readonly checkTimestamp?: (response: Uint8Array) => Promise<unknown>;
}

export interface Witnessed {
  readonly timestamps: readonly Uint8Array[];
  readonly tlogEntries: readonly LogEntry[];
}

/** The server that a witness is asked for. */
export type WitnessStep = "timestamp" | "log";

/**
 * Has a signature timestamped, then logged: the timestamps first, because what is in a log stays there,
 * whatever fails after it. For keyless signatures, and for those by a key or certificate whose owner
 * wants them witnessed.
 *
 * An error says what is public by then. Throws ALGORITHM_FORBIDDEN, SERVER_UNREACHABLE, SERVER_REFUSED,
 * SERVER_ANSWER, ABORTED.
 */
export async function witness(
  http: HttpClient,
  logged: ContentToLog,
  { logs, timestampUrls, otherTimestampUrls = [], knownLogs = [], checkTimestamp }: Witnesses,
  onStep: (step: WitnessStep) => void = () => {},
): Promise<Witnessed> {
  const timestamps: Uint8Array[] = [];
  const spare = [...otherTimestampUrls];
  for (const first of timestampUrls) {
    onStep("timestamp");
    timestamps.push(await timestampBy(first));
  }
  const tlogEntries: LogEntry[] = [];
  const places: string[] = [];
  for (const { url, version } of logs) {
    onStep("log");
    try {
      const entry = await (version === 1 ? logInRekorV1(http, url, logged) : logInRekorV2(http, url, logged, knownLogs));
      tlogEntries.push(entry);
      places.push(`${new URL(url).host} under the index ${entry.logIndex}`);
    } catch (error) {
      throw whatIsPublic(error, places, new URL(url).host);
    }
  }
  return { timestamps, tlogEntries };

  /** The timestamp of this authority, else of the next that may replace it. */
  async function timestampBy(url: string): Promise<Uint8Array> {
    try {
      const timestamp = await requestTimestamp(http, url, logged.signature);
      await checkTimestamp?.(timestamp);
      return timestamp;
    } catch (error) {
      if (!(error instanceof AssayError)) throw error;
      const next = error.code === "ABORTED" ? undefined : spare.shift();
      if (next !== undefined) return timestampBy(next);
      throw addition(error, "; the signature is in no log");
    }
  }
}

/** Adds to a log's failure what of the signature may be public now. */
function whatIsPublic(error: unknown, places: readonly string[], host: string): unknown {
  if (!(error instanceof AssayError)) return error;
  const held = places.length === 0 ? "" : `; the signature is in ${places.join(" and in ")} already`;
  // An answer that was lost or is wrong says nothing of what the log did; a refusal does.
  const isSure = error.code === "SERVER_REFUSED" || error.code === "ALGORITHM_FORBIDDEN";
  const doubt = isSure ? "" : `; whether ${host} took the signature is not known`;
  return addition(error, `${held}${doubt}`);
}
