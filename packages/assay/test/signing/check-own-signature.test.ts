import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import type { ErrorCode } from "../../src/core/error-codes.ts";
import { sign } from "../../src/api/sign.ts";
import { certificateSigner } from "../../src/signing/certificate-signer.ts";
import { checkSealed, type Sealed } from "../../src/api/seal-statement.ts";
import type { ManifestContent } from "../../src/statement/manifest.ts";
import { readStatement } from "../../src/statement/read.ts";
import { keySigner } from "../../src/signing/key-signer.ts";
import type { ModelSigner } from "../../src/signing/seal.ts";
import type { Signer } from "../../src/signing/signer.ts";
import type { WitnessTrust } from "../../src/trust/trust.ts";
import { makeKeyPair } from "../support/keys.ts";
import { rejectsWith } from "../support/rejects.ts";
import { ALICE, type BundleJson, ISSUER, PAYLOAD_TYPE, type SignRequest } from "../support/sigstore/instance.ts";
import { base64 } from "../support/sigstore/octets.ts";
import { makeTimestampAuthority, timestamp } from "../support/sigstore/timestamp-authority.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { flipped, flippedBase64, instance, trustOf } from "../support/sigstore/keyless.ts";
import { type CertificateRecipe, makeCertificate, NOW } from "../support/x509/make.ts";

const TSA: WitnessTrust = { timestampAuthorities: [Buffer.from(instance.tsa.root.pem)] };

const unrelated = makeTimestampAuthority({ root: { subject: "another root" }, leaf: { subject: "another authority" } });

const model = temporaryFolder();
writeFileSync(join(model, "weights"), "weights");

type Change = (bundle: BundleJson) => void;

/** What a signer makes of the model, altered. */
async function bundleBy(signer: Signer, change: Change = () => undefined): Promise<Uint8Array> {
  const { bundle } = await sign(model, { signer });
  const json = JSON.parse(Buffer.from(bundle).toString()) as BundleJson;
  change(json);
  return Buffer.from(JSON.stringify(json));
}

type Checked = Omit<Sealed<ManifestContent>, "bundle" | "tlogEntries">;

function check(bytes: Uint8Array, signer: ModelSigner, trust?: WitnessTrust, now = NOW): Promise<Checked> {
  const witnesses = trust && { trust, logs: [], timestampUrls: [] };
  return checkSealed(bytes, { readBack: readStatement, signer, witnesses }, now);
}

async function refused(code: ErrorCode, ...question: Parameters<typeof check>): Promise<void> {
  await rejectsWith(code, () => check(...question));
}

const byKey = (): Promise<Signer> => keySigner({ privateKey: Buffer.from(makeKeyPair("P-256").privateKey), password: undefined });

/** A signer with a certificate; with one whose like `sign` itself would have refused, where only the bundle has it. */
async function byCertificate(recipe: CertificateRecipe = {}): Promise<{ readonly signer: Signer; readonly replace: Change }> {
  const key = makeCertificate().privateKey;
  // Valid for whatever the clock says when the test runs.
  const good = makeCertificate({ key, notAfter: new Date("2049-01-01T00:00:00Z") });
  const other = makeCertificate({ key, ...recipe });
  const privateKey = Buffer.from(key.export({ type: "pkcs8", format: "pem" }));
  const signer = await certificateSigner({ privateKey, password: undefined, signingCertificate: good.der, certificateChain: [] });
  const replace: Change = (bundle) => {
    bundle.verificationMaterial.x509CertificateChain!.certificates[0]!.rawBytes = base64(other.der);
  };
  return { signer, replace };
}

const otherSignature: Change = ({ dsseEnvelope }) => {
  dsseEnvelope!.signatures[0]!.sig = flippedBase64(dsseEnvelope!.signatures[0]!.sig, -1);
};

/** With a timestamp by an authority. */
const stamped =
  (by = instance.tsa): Change =>
  (bundle) => {
    const signature = new Uint8Array(Buffer.from(bundle.dsseEnvelope!.signatures[0]!.sig, "base64"));
    const signedTimestamp = base64(timestamp(by, signature, NOW, {}));
    bundle.verificationMaterial.timestampVerificationData = { rfc3161Timestamps: [{ signedTimestamp }] };
  };

suite("a signature just made with a key", () => {
  test("is what it should be, and says of what", async () => {
    const signer = await byKey();
    const { identity, content: manifest, evidence } = await check(await bundleBy(signer), signer);
    assert.equal(identity.method, "key");
    assert.deepEqual([...manifest.files.keys()], ["weights"]);
    assert.equal(evidence, undefined);
  });

  test("is by that key and no other, over what is there", async () => {
    const [signer, other] = [await byKey(), await byKey()];
    await refused("SIGNATURE_INVALID", await bundleBy(signer), other);
    await refused("SIGNATURE_INVALID", await bundleBy(signer, otherSignature), signer);
    await refused(
      "SIGNATURE_INVALID",
      await bundleBy(signer, ({ dsseEnvelope }) => {
        const payload = Buffer.from(dsseEnvelope!.payload, "base64").toString();
        dsseEnvelope!.payload = base64(payload.replace("weights", "weightz"));
      }),
      signer,
    );
  });

  test("has a statement that can be read", async () => {
    const signer = await byKey();
    const broken = await bundleBy(signer, ({ dsseEnvelope }) => (dsseEnvelope!.payload = base64("{}")));
    await refused("STATEMENT_SHAPE", broken, signer);
  });

  test("was witnessed, where that was asked for, by a witness whom the caller trusts", async () => {
    const signer = await byKey();
    await refused("LOG_ENTRY_MISSING", await bundleBy(signer), signer, TSA);
    await refused("TIMESTAMP_AUTHORITY_UNKNOWN", await bundleBy(signer, stamped(unrelated)), signer, TSA);
    const { evidence } = await check(await bundleBy(signer, stamped()), signer, TSA);
    assert.equal(evidence?.timestamps[0]?.time.getTime(), NOW.getTime());
  });

  test("was witnessed by no one whom the trusted root does not list, though another witness is listed", async () => {
    const signer = await byKey();
    const trust: WitnessTrust = { trustedRoot: trustOf().material };
    const both: Change = (bundle) => {
      const stamps = [stamped(), stamped(unrelated)].flatMap((stamp) => {
        stamp(bundle);
        return bundle.verificationMaterial.timestampVerificationData?.rfc3161Timestamps ?? [];
      });
      bundle.verificationMaterial.timestampVerificationData = { rfc3161Timestamps: stamps };
    };
    await check(await bundleBy(signer, stamped()), signer, trust);
    await refused("TIMESTAMP_AUTHORITY_UNKNOWN", await bundleBy(signer, both), signer, trust);
  });
});

suite("a signature just made with a certificate", () => {
  test("is what it should be, and says as whom", async () => {
    const { signer, replace } = await byCertificate({ subject: "Granite Models" });
    const { identity } = await check(await bundleBy(signer, replace), signer);
    assert.ok(identity.method === "certificate");
    assert.equal(identity.subject, "CN=Granite Models");
    assert.equal(identity.anchor, undefined, "no root was asked for, so none is claimed");
  });

  const certificates: readonly (readonly [string, CertificateRecipe, ErrorCode])[] = [
    ["that is for servers", { extendedKeyUsage: ["1.3.6.1.5.5.7.3.1"] }, "CERTIFICATE_EXTENDED_KEY_USAGE"],
    [
      "with an unknown critical extension",
      { extra: [{ oid: "1.2.3", critical: true, value: Uint8Array.of(5, 0) }] },
      "CERTIFICATE_EXTENSION_UNKNOWN",
    ],
    ["that does not say what it is for", { extendedKeyUsage: null, keyUsage: null }, "LEAF_USAGE"],
    ["that may not sign", { keyUsage: [2] }, "LEAF_USAGE"],
    ["that expired a second ago", { notAfter: new Date(NOW.getTime() - 1000) }, "CERTIFICATE_EXPIRED"],
    ["that is valid in a second", { notBefore: new Date(NOW.getTime() + 1000) }, "CERTIFICATE_NOT_YET_VALID"],
    ["of another key", { key: makeCertificate().privateKey }, "SIGNATURE_INVALID"],
  ];
  for (const [what, recipe, code] of certificates) {
    test(`is not with one ${what}`, async () => {
      const { signer, replace } = await byCertificate(recipe);
      await refused(code, await bundleBy(signer, replace), signer);
    });
  }

  test("holds in the first and in the last second of its certificate", async () => {
    const { signer, replace } = await byCertificate({ notBefore: NOW, notAfter: NOW });
    await check(await bundleBy(signer, replace), signer);
  });

  test("was witnessed, where that was asked for, by a witness whom the caller trusts", async () => {
    const { signer } = await byCertificate();
    await refused("LOG_ENTRY_MISSING", await bundleBy(signer), signer, TSA);
    await refused("TIMESTAMP_AUTHORITY_UNKNOWN", await bundleBy(signer, stamped(unrelated)), signer, TSA);
    await refused(
      "TIMESTAMP_MISMATCH",
      await bundleBy(signer, (bundle) => {
        const signedTimestamp = base64(timestamp(instance.tsa, flipped(new Uint8Array(64)), NOW, {}));
        bundle.verificationMaterial.timestampVerificationData = { rfc3161Timestamps: [{ signedTimestamp }] };
      }),
      signer,
      TSA,
    );
    const { evidence } = await check(await bundleBy(signer, stamped()), signer, TSA);
    assert.equal(evidence?.timestamps.length, 1);
  });
});

suite("a keyless signature just made", () => {
  const signer = {
    method: "sigstore",
    algorithm: "ecdsa-p256-sha256",
    trust: trustOf().material,
    prepare: () => Promise.resolve(),
    seal: () => assert.fail("it is made already"),
  } as const;

  async function keyless(request: SignRequest = {}): Promise<Uint8Array> {
    const { dsseEnvelope } = JSON.parse(Buffer.from(await bundleBy(await byKey())).toString()) as BundleJson;
    const payload = Buffer.from(dsseEnvelope!.payload, "base64");
    return instance.sign({ content: { kind: "dsse", payload, payloadType: PAYLOAD_TYPE }, rekor: "v2", ...request }).bytes;
  }

  test("is what it should be, with everything that proves it", async () => {
    for (const rekor of ["v1", "v2"] as const) {
      const { identity, evidence } = await check(await keyless({ rekor }), signer);
      assert.ok(identity.method === "sigstore");
      assert.deepEqual([identity.identity, identity.identityProvider], [ALICE, ISSUER]);
      assert.equal(evidence?.logEntries.length, 1);
    }
  });

  test("is held to all that anybody's is held to", async () => {
    await refused("SCT_MISSING", await keyless({ scts: null }), signer);
    await refused("LOG_ENTRY_MISSING", await keyless({ rekor: [] }), signer);
    await refused("TIME_UNPROVEN", await keyless({ timestamp: false }), signer);
    await refused("SIGNATURE_INVALID", await keyless({ signingKey: makeCertificate().privateKey }), signer);
    await refused("LOG_UNKNOWN", await keyless(), {
      ...signer,
      trust: trustOf({ root: { change: (root) => ({ ...root, tlogs: [] }) } }).material,
    });
  });

  test("is not one with a key, or with a chain", async () => {
    const key = await byKey();
    await refused("BUNDLE_MATERIAL", await bundleBy(key), signer);
    await refused("BUNDLE_MATERIAL", await keyless({ bundleVersion: "0.2", rekor: "v1" }), signer);
  });
});
