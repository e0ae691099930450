import type { SigstoreBundle } from "../../bundle/bundle.ts";
import { sameBytes } from "../../encoding/bytes.ts";
import { AssayError } from "../../core/error.ts";
import type { ErrorCode } from "../../core/error-codes.ts";
import type { Warning } from "../../core/warning.ts";
import type { Evidence, LoggedSignature, ProvenTime, VerifiedTime } from "./evidence.ts";
import { checkLogTime, type LoggedContent, verifyLogEntry, type VerifiedLogEntry } from "./log-entry.ts";
import { verifyTimestamp } from "./timestamp.ts";
import type { TrustedRoot } from "./trusted-root.ts";
import type { PathProfile } from "../x509/profile.ts";

/** Who saw a signature, and when, as far as is proven. */
export interface WitnessEvidence {
  readonly logEntries: readonly LoggedSignature[];
  readonly timestamps: readonly ProvenTime[];
  /** Every proven moment at which the signature existed, the earliest first. */
  readonly times: readonly VerifiedTime[];
  /** Why an entry or timestamp counts for nothing: its log or authority is not among the trusted ones. */
  readonly unknownWitnesses: readonly AssayError[];
}

type WitnessedBundle = Pick<SigstoreBundle, "version" | "tlogEntries" | "timestamps">;

/**
 * Verifies all log entries and timestamps of a bundle. One of a trusted log or authority must hold;
 * one of an unknown witness proves nothing and is set aside. How many are needed is for the caller to decide.
 *
 * Throws what `verifyLogEntry` and `verifyTimestamp` throw, but for LOG_UNKNOWN and
 * TIMESTAMP_AUTHORITY_UNKNOWN, which become unknown witnesses; LOG_UNKNOWN for a log that was not trusted at the time.
 */
export async function verifyWitnesses(
  bundle: WitnessedBundle,
  about: LoggedContent,
  root: TrustedRoot,
  profile: PathProfile = "default",
): Promise<WitnessEvidence> {
  const unknownWitnesses: AssayError[] = [];
  const timestamps: ProvenTime[] = [];
  for (const timestamp of bundle.timestamps.filter(isFirst)) {
    const proven = await unless("TIMESTAMP_AUTHORITY_UNKNOWN", unknownWitnesses, () => {
      return verifyTimestamp(timestamp, about.content.signature, root.timestampAuthorities, profile);
    });
    if (proven !== undefined) timestamps.push(proven);
  }
  const entries: VerifiedLogEntry[] = [];
  for (const entry of bundle.tlogEntries) {
    const verified = await unless("LOG_UNKNOWN", unknownWitnesses, () => verifyLogEntry(entry, bundle.version, about, root.logs));
    if (verified === undefined) continue;
    // A log that proves no time is checked at the times that other witnesses prove.
    const { integratedTime } = verified.logged;
    for (const time of integratedTime === undefined ? timestamps.map((timestamp) => timestamp.time) : [integratedTime]) {
      checkLogTime(verified, time);
    }
    entries.push(verified);
  }
  const logEntries = eachOnce(entries.map(({ logged }) => logged));
  return { logEntries, timestamps, times: provenTimes(logEntries, timestamps), unknownWitnesses };
}

/** A timestamp that a bundle holds twice is one timestamp. */
function isFirst(timestamp: Uint8Array, index: number, all: readonly Uint8Array[]): boolean {
  return all.findIndex((other) => sameBytes(other, timestamp)) === index;
}

/** A log has one entry at an index: what a bundle holds of it twice is listed once, by the better evidence. */
function eachOnce(entries: readonly LoggedSignature[]): LoggedSignature[] {
  const known = new Map<string, LoggedSignature>();
  for (const entry of entries) {
    const place = `${entry.logId} ${entry.logIndex}`;
    const earlier = known.get(place);
    if (earlier === undefined || (earlier.inclusion === "promise" && entry.inclusion === "proof")) known.set(place, entry);
  }
  return [...known.values()];
}

/** Says of log entries that nothing but the log's promise shows them to be in the log. */
export function promiseWarnings({ logEntries }: Pick<Evidence, "logEntries">): Warning[] {
  return logEntries
    .filter(({ inclusion }) => inclusion === "promise")
    .map(({ log, logIndex }) => ({
      code: "LOG_PROMISE_ONLY",
      message: `only a promise of the log ${log} shows that entry ${logIndex} is in it: the bundle has no inclusion proof`,
    }));
}

function provenTimes(logEntries: readonly LoggedSignature[], timestamps: readonly ProvenTime[]): VerifiedTime[] {
  const fromLogs = logEntries.flatMap(({ integratedTime }) =>
    integratedTime === undefined ? [] : [{ time: integratedTime, source: "log" } as const],
  );
  const stamped = timestamps.map(({ time }) => ({ time, source: "timestamp" }) as const);
  return [...fromLogs, ...stamped].toSorted((a, b) => a.time.getTime() - b.time.getTime());
}

async function unless<Value>(code: ErrorCode, unknownWitnesses: AssayError[], verify: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await verify();
  } catch (error) {
    if (!(error instanceof AssayError) || error.code !== code) throw error;
    unknownWitnesses.push(error);
    return undefined;
  }
}
