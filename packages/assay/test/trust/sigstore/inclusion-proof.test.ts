import { suite, test } from "node:test";
import type { SignRequest } from "../../support/sigstore/instance.ts";
import { base64 } from "../../support/sigstore/octets.ts";
import type { EntryRecipe, InclusionProofJson, LogEntryJson } from "../../support/sigstore/transparency-log.ts";
import { flippedBase64, refused, verify } from "../../support/sigstore/keyless.ts";

const without = (entry: LogEntryJson): LogEntryJson => ({ ...entry, inclusionProof: undefined }) as unknown as LogEntryJson;
const proof = (change: (proof: InclusionProofJson) => InclusionProofJson): EntryRecipe => ({ tamperProof: change });

/** An index in the proof that the log's promise, where there is one, does not speak of. */
const BROKEN: readonly [string, (proof: InclusionProofJson) => InclusionProofJson][] = [
  [
    "has an altered hash at its start",
    ({ hashes: [first = "", ...rest], ...proof }) => ({ ...proof, hashes: [flippedBase64(first), ...rest] }),
  ],
  [
    "has an altered hash at its end",
    ({ hashes, ...proof }) => ({ ...proof, hashes: [...hashes.slice(0, -1), flippedBase64(hashes.at(-1)!, -1)] }),
  ],
  ["lacks a hash", ({ hashes, ...proof }) => ({ ...proof, hashes: hashes.slice(1) })],
  ["has no hash at all", (proof) => ({ ...proof, hashes: [] })],
  ["has a hash too many", ({ hashes, ...proof }) => ({ ...proof, hashes: [...hashes, hashes[0]!] })],
  ["has its hashes in another order", ({ hashes, ...proof }) => ({ ...proof, hashes: hashes.toReversed() })],
  ["has a hash of another length", ({ hashes, ...proof }) => ({ ...proof, hashes: [...hashes.slice(0, -1), base64(new Uint8Array(31))] })],
  ["is for another index", ({ logIndex, ...proof }) => ({ ...proof, logIndex: String(Number(logIndex) - 1) })],
  ["is for an index that the tree does not have", ({ treeSize, ...proof }) => ({ ...proof, treeSize, logIndex: treeSize })],
  ["leads to another root", ({ rootHash, ...proof }) => ({ ...proof, rootHash: flippedBase64(rootHash) })],
  ["leads to nothing", (proof) => ({ ...proof, rootHash: "" })],
];

suite("an inclusion proof", () => {
  for (const rekor of ["v1", "v2"] as const) {
    for (const [what, change] of BROKEN) {
      test(`of Rekor ${rekor} is refused where it ${what}`, () => refused("INCLUSION_PROOF_INVALID", { rekor, entry: proof(change) }));
    }
    test(`of Rekor ${rekor} is about the body in the bundle`, () => {
      const tamperEntry = (entry: LogEntryJson): LogEntryJson => ({
        ...entry,
        canonicalizedBody: base64(`${Buffer.from(entry.canonicalizedBody, "base64").toString()} `),
      });
      return refused(rekor === "v1" ? "INCLUSION_PROMISE_INVALID" : "INCLUSION_PROOF_INVALID", { rekor, entry: { tamperEntry } });
    });
  }

  test("is there in every bundle since 0.2, promise or not", async () => {
    for (const bundleVersion of ["0.2", "0.3"] as const) {
      await refused("INCLUSION_PROOF_MISSING", { bundleVersion, entry: { tamperEntry: without } });
      await refused("INCLUSION_PROOF_MISSING", { bundleVersion, rekor: "v2", entry: { tamperEntry: without } });
    }
  });

  test("may be missing in a bundle of version 0.1 with the log's promise, and only there", async () => {
    const request: SignRequest = { bundleVersion: "0.1", entry: { tamperEntry: without } };
    await verify(request);
    await refused("INCLUSION_PROOF_MISSING", { ...request, rekor: "v2" });
  });

  test("is checked in a bundle of version 0.1 too where it is there", () =>
    refused("INCLUSION_PROOF_INVALID", { bundleVersion: "0.1", entry: proof(BROKEN[0]![1]) }));

  test("has a checkpoint", () =>
    refused("INCLUSION_PROOF_MISSING", { entry: proof((whole) => ({ ...whole, checkpoint: { envelope: "" } })) }));

  test("is for the index that the entry says, where no promise signs that", () =>
    refused("INCLUSION_PROOF_INVALID", { rekor: "v2", entry: { tamperEntry: (entry) => ({ ...entry, logIndex: "1" }) } }));
});
