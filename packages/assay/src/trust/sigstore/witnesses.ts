import type { SigstoreBundle } from "../../bundle/bundle.ts";
import { AssayError } from "../../error.ts";
import type { ErrorCode } from "../../error-codes.ts";
import type { LoggedSignature, ProvenTime, VerifiedTime } from "./evidence.ts";
import { checkLogTime, type LoggedContent, verifyLogEntry, type VerifiedLogEntry } from "./log-entry.ts";
import { verifyTimestamp } from "./timestamp.ts";
import type { TrustedRoot } from "./trusted-root.ts";
import type { PathProfile } from "../x509/profile.ts";

/** Who saw a signature, and when, as far as is proven. */
export interface Witnesses {
  readonly logEntries: readonly LoggedSignature[];
  readonly timestamps: readonly ProvenTime[];
  /** Every proven moment at which the signature existed, the earliest first. */
  readonly times: readonly VerifiedTime[];
  /** Why an entry or timestamp counts for nothing: its log or authority is not among the trusted ones. */
  readonly strangers: readonly AssayError[];
}

type WitnessedBundle = Pick<SigstoreBundle, "version" | "tlogEntries" | "timestamps">;

/**
 * Verifies all log entries and timestamps of a bundle. One of a trusted log or authority must hold;
 * one of a stranger proves nothing and is set aside. How many are needed is for the caller to judge.
 *
 * Throws what `verifyLogEntry` and `verifyTimestamp` throw, but for LOG_UNKNOWN and
 * TIMESTAMP_AUTHORITY_UNKNOWN, which become strangers; LOG_UNKNOWN for a log that was not trusted at the time.
 */
export async function verifyWitnesses(
  bundle: WitnessedBundle,
  about: LoggedContent,
  root: TrustedRoot,
  profile: PathProfile = "default",
): Promise<Witnesses> {
  const strangers: AssayError[] = [];
  const timestamps: ProvenTime[] = [];
  for (const timestamp of bundle.timestamps) {
    const proven = await unless("TIMESTAMP_AUTHORITY_UNKNOWN", strangers, () => {
      return verifyTimestamp(timestamp, about.content.signature, root.timestampAuthorities, profile);
    });
    if (proven !== undefined) timestamps.push(proven);
  }
  const entries: VerifiedLogEntry[] = [];
  for (const entry of bundle.tlogEntries) {
    const verified = await unless("LOG_UNKNOWN", strangers, () => verifyLogEntry(entry, bundle.version, about, root.logs));
    if (verified === undefined) continue;
    // A log that vouches for no time is judged at the times that others vouch for.
    const { integratedTime } = verified.logged;
    for (const time of integratedTime === undefined ? timestamps.map((timestamp) => timestamp.time) : [integratedTime]) {
      checkLogTime(verified, time);
    }
    entries.push(verified);
  }
  const logEntries = entries.map(({ logged }) => logged);
  return { logEntries, timestamps, times: provenTimes(logEntries, timestamps), strangers };
}

function provenTimes(logEntries: readonly LoggedSignature[], timestamps: readonly ProvenTime[]): VerifiedTime[] {
  const fromLogs = logEntries.flatMap(({ integratedTime }) =>
    integratedTime === undefined ? [] : [{ time: integratedTime, source: "log" } as const],
  );
  const stamped = timestamps.map(({ time }) => ({ time, source: "timestamp" }) as const);
  return [...fromLogs, ...stamped].toSorted((a, b) => a.time.getTime() - b.time.getTime());
}

async function unless<Value>(code: ErrorCode, strangers: AssayError[], verify: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await verify();
  } catch (error) {
    if (!(error instanceof AssayError) || error.code !== code) throw error;
    strangers.push(error);
    return undefined;
  }
}
