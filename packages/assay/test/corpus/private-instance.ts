import assert from "node:assert/strict";
import { join } from "node:path";
import { tryAlterationsOfFiles } from "../support/sigstore/mutations-of-files.ts";
import { findTrust, verify, type SigstoreTrust, type TrustMaterial } from "assay";

/** Bundles that the Python reference made on a private Sigstore: each kind of log entry, with the root that verifies it. */
const BUNDLES = [
  { bundle: "oms-py451-rekor230-hashedrekord.sig", root: "trusted_root.json", entry: "hashedrekord 0.0.2", time: "timestamp" },
  { bundle: "oms-py420-rekor221-dsse002.sig", root: "trusted_root.json", entry: "dsse 0.0.2", time: "timestamp" },
  { bundle: "oms-py451-rekor1-dsse001.sig", root: "trusted_root_rekor1.json", entry: "dsse 0.0.1", time: "log" },
] as const;

const SIGNER = { identity: "alice@example.com", identityProvider: "http://127.0.0.1:3010" } as const;

/** Verifies each against its own root, and against the public instance's, which must not do. */
export async function verifyPrivateBundles(
  corpus: string,
  report: (name: string, run: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const folder = join(corpus, "oms", "keyless");
  const ask = (bundle: string, material: TrustMaterial, signer: Partial<typeof SIGNER> | { identity: string }) => {
    const trust: SigstoreTrust = { method: "sigstore", material, ...SIGNER, ...signer };
    return verify(join(folder, "model"), { signature: join(folder, bundle), trust });
  };
  for (const { bundle, root, entry, time } of BUNDLES) {
    const { material } = await findTrust({ trustedRoot: join(folder, root), now: new Date() });
    await report(`keyless/${bundle}: ${entry}`, async () => {
      const answer = await ask(bundle, material, {});
      if (answer.outcome !== "verified") throw answer.error;
      assert.equal(answer.evidence?.logEntries[0]?.entry, entry);
      assert.equal(answer.verifiedAt?.source, time);
    });
    await report(`keyless/${bundle}: altered in every byte`, async () => {
      const { tried, wrong } = await tryAlterationsOfFiles({ bundle: join(folder, bundle), trustedRoot: join(folder, root), ...SIGNER });
      assert.ok(tried > 3000, `${tried} alterations were tried`);
      assert.deepEqual(wrong, []);
    });
    await report(`keyless/${bundle}: another identity`, async () => {
      const answer = await ask(bundle, material, { identity: "bob@example.com" });
      assert.equal(answer.outcome === "failed" ? answer.error.code : answer.outcome, "IDENTITY_MISMATCH");
    });
    await report(`keyless/${bundle}: the public instance's root`, async () => {
      const { material: other } = await findTrust({ offline: true, now: new Date() });
      const answer = await ask(bundle, other, {});
      assert.equal(answer.outcome === "incomplete" ? answer.error.code : answer.outcome, "TRUST_ROOT_STALE");
    });
  }
}
