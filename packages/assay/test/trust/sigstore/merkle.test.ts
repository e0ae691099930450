import { suite, test } from "node:test";
import { verifyInclusion } from "../../../src/trust/sigstore/merkle.ts";
import { rejectsWith } from "../../support/rejects.ts";
import { auditPath, leafHash, treeRoot } from "../../support/sigstore/merkle-tree.ts";
import { sha256 } from "../../support/sigstore/octets.ts";

const entry = Buffer.from("entry");
const sibling = sha256("sibling");
const node = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(Uint8Array.of(1), left, right);

suite("an inclusion proof in a Merkle tree", () => {
  test("holds for every leaf of every tree, and for no other leaf", async () => {
    const entries = Array.from({ length: 70 }, (_, at) => Buffer.from(`entry ${at}`));
    for (const treeSize of [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64, 65, 70]) {
      const leaves = entries.slice(0, treeSize).map(leafHash);
      const rootHash = treeRoot(leaves);
      for (let logIndex = 0; logIndex < treeSize; logIndex++) {
        const proof = { logIndex, treeSize, hashes: auditPath(leaves, logIndex), rootHash, checkpoint: undefined };
        await verifyInclusion(entries[logIndex]!, proof);
        await rejectsWith("INCLUSION_PROOF_INVALID", () => verifyInclusion(entries[(logIndex + 1) % 71] ?? entry, proof));
        if (treeSize > 1) {
          await rejectsWith("INCLUSION_PROOF_INVALID", () =>
            verifyInclusion(entries[logIndex]!, { ...proof, logIndex: (logIndex + 1) % treeSize }),
          );
        }
      }
    }
  });

  // A dishonest log may sign any root: the shape of the proof must be that of the tree all the same.
  const lies: readonly [string, { logIndex: number; treeSize: number; hashes: Uint8Array[]; rootHash: Uint8Array }][] = [
    ["an index that the tree does not have", { logIndex: 1, treeSize: 1, hashes: [], rootHash: leafHash(entry) }],
    ["more hashes than levels", { logIndex: 0, treeSize: 1, hashes: [sibling], rootHash: node(sibling, leafHash(entry)) }],
    ["a hash too many at its end", { logIndex: 0, treeSize: 1, hashes: [sibling], rootHash: leafHash(entry) }],
    ["fewer hashes than levels", { logIndex: 0, treeSize: 2, hashes: [], rootHash: leafHash(entry) }],
    [
      "a hash of another length",
      { logIndex: 0, treeSize: 2, hashes: [sibling.subarray(1)], rootHash: node(leafHash(entry), sibling.subarray(1)) },
    ],
    ["an inner node for the entry", { logIndex: 0, treeSize: 1, hashes: [], rootHash: sha256(entry) }],
    ["an empty tree", { logIndex: 0, treeSize: 0, hashes: [], rootHash: leafHash(entry) }],
  ];
  for (const [what, proof] of lies) {
    test(`is refused with ${what}`, async () => {
      await rejectsWith("INCLUSION_PROOF_INVALID", () => verifyInclusion(entry, { ...proof, checkpoint: undefined }));
    });
  }
});
