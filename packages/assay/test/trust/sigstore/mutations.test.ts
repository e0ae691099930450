import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { parseBundle, parseSigstoreBundle } from "../../../src/bundle/parse.ts";
import { verifyEnvelope } from "../../../src/trust/index.ts";
import { verifyBundle } from "../../../src/trust/verify-bundle.ts";
import { leafIndexExtension } from "../../support/sigstore/ct-log.ts";
import type { SignRequest } from "../../support/sigstore/instance.ts";
import { newKey } from "../../support/x509/make.ts";
import { instance, trustOf } from "../../support/sigstore/keyless.ts";
import { tryAlterations, type Unchecked, UNCHECKED } from "../../support/sigstore/mutations.ts";
import { effort } from "../../support/effort.ts";

const trust = trustOf();
const FILE = Buffer.from("weights");
const now = new Date();

/** What each kind of bundle has beyond what it needs. */
const SPARE: Readonly<Record<string, Unchecked>> = {
  timestamp: {
    where: /timestampVerificationData(?:\.rfc3161Timestamps(?:\.0)?)? removed$|signedTimestamp (?:signer|time)/,
    why: "the log's signed time is left; a timestamp by an unknown authority counts for nothing",
  },
  timestampTwice: { where: /rfc3161Timestamps with its first element twice$/, why: "the same time, said twice" },
  entryTwice: { where: /tlogEntries with its first element twice$/, why: "the same entry, said twice" },
  claimedTime: { where: /\.integratedTime /, why: "Rekor v2 signs no time, so that none is believed" },
  proof: { where: /\.inclusionProof(?:\.checkpoint(?:\.envelope)?)? (?:removed|emptied)$/, why: "bundles 0.1 had the log's promise only" },
  chain: {
    where: /x509CertificateChain\.certificates(?:\.1| with its first element twice)/,
    why: "the way to the root is known without the bundle's help",
  },
  cosignature: { where: /checkpoint\.envelope with another character/, why: "a witness whose key is unknown" },
};
const spare = (...names: readonly string[]): Unchecked[] => [...UNCHECKED, SPARE["entryTwice"]!, ...names.map((name) => SPARE[name]!)];

const KINDS: readonly [string, SignRequest, readonly Unchecked[]][] = [
  ["dsse 0.0.1", { rekor: "dsse 0.0.1" }, spare()],
  ["dsse 0.0.1 with a timestamp", { rekor: "dsse 0.0.1", timestamp: true }, spare("timestamp", "timestampTwice")],
  ["intoto 0.0.2", { rekor: "intoto 0.0.2" }, spare()],
  ["hashedrekord 0.0.1", { rekor: "hashedrekord 0.0.1" }, spare()],
  ["dsse 0.0.2", { rekor: "dsse 0.0.2" }, spare("claimedTime", "timestampTwice")],
  [
    "hashedrekord 0.0.2",
    { rekor: "hashedrekord 0.0.2", scts: [{ extensions: leafIndexExtension(7) }] },
    spare("claimedTime", "timestampTwice"),
  ],
  ["a bundle of version 0.1", { bundleVersion: "0.1" }, spare("proof", "chain")],
  ["a bundle of version 0.2", { bundleVersion: "0.2", rekor: "v2" }, spare("claimedTime", "chain", "timestampTwice")],
  ["an Ed25519 key", { key: newKey("Ed25519"), rekor: "dsse 0.0.2" }, spare("claimedTime", "timestampTwice")],
];

suite("whatever is altered in a keyless bundle is noticed", () => {
  for (const [kind, request, unchecked] of KINDS) {
    test(`signed as ${kind}`, async () => {
      const verify = async (bytes: Uint8Array): ReturnType<typeof verifyEnvelope> => verifyEnvelope(parseBundle(bytes), trust, now);
      const { tried, wrong } = await tryAlterations(instance.sign(request).bundle, verify, { sample: effort(3, 24), unchecked });
      assert.deepEqual(wrong, []);
      assert.ok(tried > effort(100, 200));
    });
  }

  for (const rekor of ["hashedrekord 0.0.1", "hashedrekord 0.0.2"] as const) {
    test(`signed over a file as ${rekor}`, async () => {
      const { bundle } = instance.sign({ rekor, content: { kind: "message", artifact: FILE } });
      const verify = async (bytes: Uint8Array): ReturnType<typeof verifyBundle> =>
        verifyBundle(parseSigstoreBundle(bytes), { bytes: FILE }, trust);
      const { wrong } = await tryAlterations(bundle, verify, { sample: effort(3, 24), unchecked: spare("claimedTime", "timestampTwice") });
      assert.deepEqual(wrong, []);
    });
  }

  test("save the words of unknown witnesses", async () => {
    const { bundle } = instance.sign({ rekor: "v2", entry: { witnesses: [{ name: "witness.test", key: newKey("Ed25519") }] } });
    const verify = async (bytes: Uint8Array): ReturnType<typeof verifyEnvelope> => verifyEnvelope(parseBundle(bytes), trust, now);
    const { envelope } = bundle.verificationMaterial.tlogEntries[0]!.inclusionProof!.checkpoint!;
    const { unnoticed, wrong } = await tryAlterations(bundle, verify, {
      sample: effort(12, 120),
      unchecked: spare("claimedTime", "timestampTwice", "cosignature"),
    });
    assert.deepEqual(wrong, []);
    const places = unnoticed.flatMap((name) => /envelope with another character (\d+)$/.exec(name)?.slice(1) ?? []).map(Number);
    assert.ok(places.length > 0 && Math.min(...places) > envelope.lastIndexOf("\u2014"));
  });
});
