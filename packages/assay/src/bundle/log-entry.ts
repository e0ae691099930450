import type { ErrorCode } from "../core/error-codes.ts";
import type { JsonNode } from "../encoding/json.ts";

/**
 * An entry of a transparency log as a bundle carries it: its shape is right, nothing in it is proven.
 * https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_rekor.proto
 */
export interface LogEntry {
  /** The entry's index in the whole log, which for Rekor v1 is not the one in the tree of the proof. */
  readonly logIndex: number;
  /** What names the log's key; empty where the entry does not say. */
  readonly logId: Uint8Array;
  /** The kind and version of the body, for example `hashedrekord` `0.0.2`; empty where the entry does not say. */
  readonly kind: string;
  readonly version: string;
  /** Seconds since 1970, as the log claims; 0 where it claims none. Proven only by the inclusion promise. */
  readonly integratedTime: number;
  /** The signed entry timestamp (SET): the log's signature over body, index, time and its own id. */
  readonly inclusionPromise: Uint8Array | undefined;
  readonly inclusionProof: InclusionProof | undefined;
  /** The bytes that the log holds: the leaf of its Merkle tree. */
  readonly canonicalizedBody: Uint8Array;
}

/** The way from an entry to a log's tree head, as the bundle has it. */
export interface InclusionProof {
  readonly logIndex: number;
  readonly treeSize: number;
  readonly rootHash: Uint8Array;
  readonly hashes: readonly Uint8Array[];
  /** A signed note, https://c2sp.org/tlog-checkpoint. */
  readonly checkpoint: string | undefined;
}

/** A tree with as many levels would hold more entries than there is room for. */
const MAX_HASHES = 64;

/**
 * Reads an entry in protobuf's JSON mapping: 64-bit numbers as strings or numbers, absent where zero.
 * Used for bundles, and for what Rekor v2 answers.
 *
 * @param base64Code the code of an error in a base64 field; other errors have the document's shape code
 */
export function readLogEntry(node: JsonNode, base64Code: ErrorCode): LogEntry {
  const kindVersion = node.optional("kindVersion");
  const proof = node.optional("inclusionProof");
  return {
    logIndex: readInteger(node.optional("logIndex")),
    logId: node.optional("logId")?.optional("keyId")?.base64(base64Code) ?? new Uint8Array(),
    kind: kindVersion?.optional("kind")?.string() ?? "",
    version: kindVersion?.optional("version")?.string() ?? "",
    integratedTime: readTime(node.optional("integratedTime")),
    inclusionPromise: nonEmpty(node.optional("inclusionPromise")?.optional("signedEntryTimestamp")?.base64(base64Code)),
    inclusionProof: proof === undefined ? undefined : readInclusionProof(proof, base64Code),
    canonicalizedBody: node.optional("canonicalizedBody")?.base64(base64Code) ?? new Uint8Array(),
  };
}

function readInclusionProof(node: JsonNode, base64Code: ErrorCode): InclusionProof {
  const hashes: Uint8Array[] = [];
  for (const hash of node.optional("hashes")?.elements() ?? []) {
    if (hashes.length === MAX_HASHES) node.fail(`"${node.path}" holds more than ${MAX_HASHES} hashes`);
    hashes.push(hash.base64(base64Code));
  }
  return {
    logIndex: readInteger(node.optional("logIndex")),
    treeSize: readInteger(node.optional("treeSize")),
    rootHash: node.optional("rootHash")?.base64(base64Code) ?? new Uint8Array(),
    hashes,
    checkpoint: node.optional("checkpoint")?.optional("envelope")?.string() || undefined,
  };
}

const DECIMAL = /^(?:0|[1-9]\d{0,15})$/;

/** A count or a time: not negative, and no log holds 2^53 entries. */
function readInteger(node: JsonNode | undefined): number {
  if (node === undefined) return 0;
  const value = node.kind === "string" ? readDecimal(node) : node.number();
  if (Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0)) return value;
  return node.fail(`"${node.path}" is not a whole number from 0 to 2^53`);
}

/** The last second that a `Date` can name: a time after it cannot even be shown. */
const LAST_SECOND = 8.64e12;

function readTime(node: JsonNode | undefined): number {
  const seconds = readInteger(node);
  return node === undefined || seconds <= LAST_SECOND ? seconds : node.fail(`"${node.path}" is after the end of all calendars`);
}

function readDecimal(node: JsonNode): number {
  const text = node.string();
  return DECIMAL.test(text) ? Number(text) : NaN;
}

/** Absent and empty mean the same in protobuf. */
function nonEmpty(bytes: Uint8Array | undefined): Uint8Array | undefined {
  return bytes === undefined || bytes.length === 0 ? undefined : bytes;
}
