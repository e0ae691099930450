import type { InclusionProof } from "../../bundle/log-entry.ts";
import { sameBytes } from "../../encoding/bytes.ts";
import { AssayError } from "../../core/error.ts";
import { digestOfBytes } from "../digest.ts";

/** RFC 6962 section 2.1: SHA-256 over 00 and the entry. */
async function leafHash(entry: Uint8Array): Promise<Uint8Array> {
  return digestOfBytes("SHA-256", Uint8Array.of(0), entry);
}

/** RFC 6962 section 2.1: SHA-256 over 01 and the two halves. */
export async function nodeHash(left: Uint8Array, right: Uint8Array): Promise<Uint8Array> {
  return digestOfBytes("SHA-256", Uint8Array.of(1), left, right);
}

/**
 * Proves that a tree of `treeSize` leaves with this root holds `entry` at `logIndex`, by the algorithm of
 * RFC 9162 section 2.1.3.2. That the root is the log's is shown by its checkpoint.
 *
 * Throws INCLUSION_PROOF_INVALID.
 */
export async function verifyInclusion(entry: Uint8Array, { logIndex, treeSize, hashes, rootHash }: InclusionProof): Promise<void> {
  if (logIndex >= treeSize) throw invalid(`index ${logIndex} does not exist in a tree of ${treeSize} entries`);
  // Numbers go to 2^53, so that shifts are divisions.
  let node = logIndex;
  let last = treeSize - 1;
  let hash = await leafHash(entry);
  for (const sibling of hashes) {
    if (sibling.length !== 32) throw invalid(`one of its hashes has ${sibling.length} bytes, expected 32`);
    if (last === 0) throw invalid("it holds more hashes than the tree has levels");
    if (node % 2 === 1 || node === last) {
      hash = await nodeHash(sibling, hash);
      // A node without a right sibling is its own parent: it is skipped level by level.
      while (node % 2 === 0 && node !== 0) {
        node /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = await nodeHash(hash, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  if (last !== 0) throw invalid("it holds fewer hashes than the tree has levels");
  if (!sameBytes(hash, rootHash)) throw invalid("its hashes do not lead from the entry to the root");
}

function invalid(why: string): AssayError {
  return new AssayError("INCLUSION_PROOF_INVALID", `the log entry's inclusion proof does not hold: ${why}`);
}
