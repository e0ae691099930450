import type { LogEntry } from "../../bundle/log-entry.ts";
import { encodeBase64 } from "../../encoding/base64.ts";
import { encodeHex } from "../../encoding/hex.ts";
import { encodeUtf8 } from "../../encoding/utf8.ts";
import { AssayError } from "../../core/error.ts";
import { verifyByLogKey } from "./log-key.ts";
import type { TransparencyLog } from "./trusted-root.ts";

/**
 * Proves an entry's signed entry timestamp: the log promised to include this body, at this index, and
 * saw it at this time. The signature is over the fields as canonical JSON (RFC 8785), as Rekor v1 writes them.
 *
 * Returns the integrated time. Throws INCLUSION_PROMISE_INVALID, and for an entry without one too.
 */
export async function verifyInclusionPromise(entry: LogEntry, log: TransparencyLog): Promise<Date> {
  const { inclusionPromise, integratedTime, logIndex, canonicalizedBody } = entry;
  if (inclusionPromise === undefined || integratedTime === 0) {
    throw invalid(inclusionPromise === undefined ? "missing" : "it is for no time");
  }
  const signed = { body: encodeBase64(canonicalizedBody), integratedTime, logID: encodeHex(log.logId), logIndex };
  if (!(await verifyByLogKey(log.key, inclusionPromise, encodeUtf8(JSON.stringify(signed))))) {
    throw invalid(`the log ${log.baseUrl} did not sign this entry at this index and time`);
  }
  return new Date(integratedTime * 1000);
}

function invalid(why: string): AssayError {
  return new AssayError("INCLUSION_PROMISE_INVALID", `the log entry's signed entry timestamp does not hold: ${why}`);
}
