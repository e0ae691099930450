import { sha256 } from "./octets.ts";

/** RFC 6962 section 2.1: leaves and inner nodes are hashed apart by their first byte. */
export const leafHash = (entry: Uint8Array): Uint8Array => sha256(Uint8Array.of(0), entry);

const known = new WeakMap<Uint8Array, WeakMap<Uint8Array, Uint8Array>>();

/** Of the same two arrays once: a log that grows hashes little of its tree again. */
function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const ofLeft = known.get(left) ?? new WeakMap<Uint8Array, Uint8Array>();
  known.set(left, ofLeft);
  const hash = ofLeft.get(right) ?? sha256(Uint8Array.of(1), left, right);
  ofLeft.set(right, hash);
  return hash;
}

/** The root over these leaf hashes. */
export function treeRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return sha256();
  if (leaves.length === 1) return only;
  const split = splitOf(leaves.length);
  return nodeHash(treeRoot(leaves.slice(0, split)), treeRoot(leaves.slice(split)));
}

/** The audit path of a leaf (section 2.1.1), from the leaf's sibling to the root's child. */
export function auditPath(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (leaves.length <= 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split ? [...auditPath(left, index), treeRoot(right)] : [...auditPath(right, index - split), treeRoot(left)];
}

/** The largest power of two below `size`. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}
