import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { leafIndexExtension } from "../../support/sigstore/ct-log.ts";
import type { EntryKind } from "../../support/sigstore/entry-bodies.ts";
import { ALICE, ISSUER, makeInstance, SIGNED_AT } from "../../support/sigstore/instance.ts";
import { newKey } from "../../support/x509/make.ts";
import { instance, verify, verifyFile } from "../../support/sigstore/keyless.ts";

const FILE = Buffer.from("weights");

suite("a keyless signature is accepted", () => {
  const kinds: readonly EntryKind[] = ["dsse 0.0.1", "intoto 0.0.2", "dsse 0.0.2", "hashedrekord 0.0.2", "hashedrekord 0.0.1"];
  for (const kind of kinds) {
    test(`logged as ${kind}`, async () => {
      const { evidence, signer, verifiedAt } = await verify({ rekor: kind });
      assert.equal(evidence?.logEntries[0]?.entry, kind);
      assert.ok(signer.method === "sigstore");
      assert.deepEqual([signer.identity, signer.identityType, signer.identityProvider], [ALICE, "email", ISSUER]);
      assert.deepEqual(verifiedAt, { time: SIGNED_AT, source: kind.endsWith("1") || kind.startsWith("intoto") ? "log" : "timestamp" });
    });
  }
  for (const kind of ["hashedrekord 0.0.1", "hashedrekord 0.0.2"] as const) {
    test(`over a file, logged as ${kind}`, async () => {
      const { evidence } = await verifyFile(FILE, { rekor: kind });
      assert.equal(evidence.logEntries[0]?.entry, kind);
    });
  }
  for (const bundleVersion of ["0.1", "0.2"] as const) {
    test(`in a bundle of version ${bundleVersion}, with the chain`, async () => {
      await verify({ bundleVersion });
      await verify({ bundleVersion, rekor: "v2" });
    });
  }
  for (const kind of ["P-256", "P-384", "P-521", 2048, "Ed25519"] as const) {
    test(`made with a key ${kind}`, async () => {
      await verify({ key: newKey(kind), rekor: "dsse 0.0.1" });
      await verify({ key: newKey(kind), rekor: "dsse 0.0.2" });
    });
  }
  for (const kind of ["P-384", "P-521", 2048] as const) {
    test(`made with a key ${kind}, of which the log has the digest`, async () => {
      await verify({ key: newKey(kind), rekor: "hashedrekord 0.0.2" });
      await verifyFile(FILE, { key: newKey(kind), rekor: "hashedrekord 0.0.2" });
    });
  }
  test("made with an Ed25519 key by Ed25519ph, of which the log has the SHA-512", async () => {
    const request = { key: newKey("Ed25519"), isPrehashed: true } as const;
    await verify({ ...request, rekor: "hashedrekord 0.0.2" });
    await verify({ ...request, rekor: "dsse 0.0.1" });
  });
  test("made with an Ed25519 key over a file by Ed25519ph, of which the log has the SHA-512", async () => {
    await verifyFile(FILE, { key: newKey("Ed25519"), isPrehashed: true, rekor: "hashedrekord 0.0.2" });
  });

  for (const kind of ["P-384", "P-521", 2048] as const) {
    test(`of an instance whose authorities and logs have keys ${kind}`, async () => {
      const by = makeInstance({ ca: { key: kind }, rekorV2Key: kind, tsa: { key: kind } });
      await verify({}, { by });
      await verify({ rekor: "v2", scts: [{ extensions: leafIndexExtension(3) }] }, { by });
    });
  }
  test("of an instance whose logs have Ed25519 keys", async () => {
    await verify({}, { by: makeInstance({ rekorV1Key: "Ed25519", rekorV2Key: "Ed25519" }) });
  });

  test("with several entries and timestamps, at the earliest time that they prove", async () => {
    const later = new Date(SIGNED_AT.getTime() + 60_000);
    const { evidence, verifiedAt } = await verify({
      rekor: ["hashedrekord 0.0.2", "dsse 0.0.1"],
      timestamp: [{ at: later }, { at: new Date(SIGNED_AT.getTime() + 30_000), fraction: ".5" }],
    });
    assert.deepEqual(verifiedAt, { time: SIGNED_AT, source: "log" });
    assert.equal(evidence?.logEntries.length, 2);
    assert.deepEqual(
      evidence.timestamps.map(({ time }) => time.toISOString()),
      ["2026-06-15T12:01:00.000Z", "2026-06-15T12:00:30.500Z"],
    );
  });

  test("with its evidence: logs, indexes, certificate logs, and the trusted root", async () => {
    const { evidence } = await verify({ rekor: "v2" }, { source: { name: "ours", date: SIGNED_AT } });
    const [entry] = evidence!.logEntries;
    assert.equal(entry?.log, "https://rekor2.test");
    assert.equal(entry.logId, Buffer.from(instance.rekorV2.log.logId).toString("hex"));
    assert.equal(entry.treeSize, entry.logIndex + 2);
    assert.equal(entry.integratedTime, undefined);
    assert.deepEqual(evidence!.timestamps, [{ authority: "https://tsa.test", time: SIGNED_AT }]);
    assert.deepEqual(evidence!.certificateLogs, [{ authority: "https://ct.test", time: SIGNED_AT }]);
    assert.equal(evidence!.trustedRoot.name, "ours");
  });
});
