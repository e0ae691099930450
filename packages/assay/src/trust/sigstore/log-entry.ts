import type { SigstoreBundle } from "../../bundle/bundle.ts";
import type { InclusionProof, LogEntry } from "../../bundle/log-entry.ts";
import { sameBytes } from "../../encoding/bytes.ts";
import { encodeHex } from "../../encoding/hex.ts";
import { AssayError } from "../../core/error.ts";
import { digestOfBytes } from "../digest.ts";
import { verifyCheckpoint } from "./checkpoint.ts";
import { type EntryBody, readEntryBody } from "./entry-body.ts";
import type { LoggedSignature } from "./evidence.ts";
import { verifyInclusionPromise } from "./inclusion-promise.ts";
import { verifyInclusion } from "./merkle.ts";
import type { SignedContent } from "./signed-content.ts";
import type { TransparencyLog } from "./trusted-root.ts";
import { covers, type ValidityPeriod } from "./validity.ts";

/** What a log entry must be about. */
export interface LoggedContent {
  readonly content: SignedContent;
  /** DER of the signer's certificate or, for the method key, SubjectPublicKeyInfo. */
  readonly verifier: Uint8Array;
}

/** An entry that its log holds, and the log: the caller knows the time, and asks whether the log was trusted then. */
export interface VerifiedLogEntry {
  readonly logged: LoggedSignature;
  readonly log: TransparencyLog;
  /** When the log's key is trusted: a trusted root may list it more than once. */
  readonly validFor: readonly ValidityPeriod[];
}

/**
 * Proves that a log of the trusted root holds an entry for this signature, content and signer: the
 * inclusion promise, where there is one; the inclusion proof with the log's checkpoint, which every bundle
 * from version 0.2 on must have; the body, field by field.
 *
 * Throws LOG_UNKNOWN, LOG_ENTRY_UNKNOWN, LOG_ENTRY_INVALID, LOG_ENTRY_MISMATCH, INCLUSION_PROMISE_INVALID,
 * INCLUSION_PROMISE_MISSING, INCLUSION_PROOF_MISSING, INCLUSION_PROOF_INVALID, CHECKPOINT_INVALID.
 */
export async function verifyLogEntry(
  entry: LogEntry,
  version: SigstoreBundle["version"],
  about: LoggedContent,
  logs: readonly TransparencyLog[],
): Promise<VerifiedLogEntry> {
  const log = findLog(entry, logs);
  const integratedTime = entry.inclusionPromise === undefined ? undefined : await verifyInclusionPromise(entry, log);
  const cosigners = await verifyPresence(entry, version, log);
  const body = readEntryBody(entry);
  await compareBody(body, about);
  const isSame = (other: TransparencyLog): boolean => sameBytes(other.logId, log.logId) && sameBytes(other.key.spki, log.key.spki);
  return {
    log,
    validFor: logs.filter(isSame).map(({ validFor }) => validFor),
    logged: {
      log: log.baseUrl,
      logId: encodeHex(log.logId),
      logIndex: entry.logIndex,
      entry: `${body.kind} ${body.version}`,
      integratedTime,
      inclusion: cosigners === undefined ? "promise" : "proof",
      treeSize: cosigners === undefined ? undefined : entry.inclusionProof?.treeSize,
      cosigners: cosigners ?? [],
    },
  };
}

function findLog({ logId }: LogEntry, logs: readonly TransparencyLog[]): TransparencyLog {
  const log = logs.find((known) => sameBytes(known.logId, logId));
  if (log !== undefined) return log;
  throw new AssayError(
    "LOG_UNKNOWN",
    `the log entry is of the log ${encodeHex(logId) || "without a name"}, which the trusted root does not list`,
  );
}

/** Returns who cosigned the checkpoint; undefined where an old bundle has the log's promise only. */
async function verifyPresence(entry: LogEntry, version: SigstoreBundle["version"], log: TransparencyLog): Promise<string[] | undefined> {
  const { inclusionProof: proof } = entry;
  if (!hasCheckpoint(proof)) {
    if (version === "0.1" && entry.inclusionPromise !== undefined) return undefined;
    throw new AssayError(
      "INCLUSION_PROOF_MISSING",
      proof === undefined ? "the log entry has no inclusion proof" : "the log entry's inclusion proof has no checkpoint",
    );
  }
  await verifyInclusion(entry.canonicalizedBody, proof);
  const cosigners = await verifyCheckpoint(proof, log);
  checkIndex(entry, proof);
  return cosigners;
}

/** Without a promise nothing signs the outer index: it must be the proven one. Only Rekor v1 has others. */
function checkIndex(entry: LogEntry, proof: InclusionProof): void {
  if (entry.inclusionPromise !== undefined || entry.logIndex === proof.logIndex) return;
  if (entry.version === "0.0.2" && entry.kind !== "intoto") {
    throw new AssayError(
      "INCLUSION_PROOF_INVALID",
      `the log entry says index ${entry.logIndex}, and its proof is for index ${proof.logIndex}`,
    );
  }
  throw new AssayError("INCLUSION_PROMISE_MISSING", "the log entry has no signed entry timestamp: nothing proves its index and time");
}

function hasCheckpoint(proof: InclusionProof | undefined): proof is InclusionProof & { readonly checkpoint: string } {
  return proof?.checkpoint !== undefined;
}

async function compareBody(body: EntryBody, { content, verifier }: LoggedContent): Promise<void> {
  const [signature, ...more] = body.signatures;
  if (signature === undefined || more.length > 0) throw mismatch(`${body.signatures.length} signatures instead of one`);
  if (!sameBytes(signature.signature, content.signature)) throw mismatch("another signature than the bundle's");
  if (!sameBytes(signature.verifier, verifier)) throw mismatch("another certificate or key than the signer's");
  if (body.digest !== undefined && !sameBytes(body.digest.value, await content.digest(body.digest.hash))) throw mismatch("other content");
  if (body.payloadDigest === undefined) return;
  const payload = content.envelope?.payload;
  if (payload === undefined) throw mismatch("an envelope, and the bundle signs a file");
  if (!sameBytes(body.payloadDigest.value, await digestOfBytes(body.payloadDigest.hash, payload))) throw mismatch("another payload");
}

/** Throws LOG_UNKNOWN unless the log was trusted at a time when the signature is proven to have existed. */
export function checkLogTime({ log, validFor }: VerifiedLogEntry, time: Date): void {
  if (validFor.some((period) => covers(period, time))) return;
  throw new AssayError("LOG_UNKNOWN", `the log ${log.baseUrl} was not trusted at ${time.toISOString()}, the time of its entry`);
}

function mismatch(what: string): AssayError {
  return new AssayError("LOG_ENTRY_MISMATCH", `the log entry is for ${what}`);
}
