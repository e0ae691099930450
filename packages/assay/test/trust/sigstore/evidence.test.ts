import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { historicalPreAuthenticationEncoding } from "../../../src/trust/pae.ts";
import { makeInstance, PAYLOAD_TYPE, SIGNED_AT, type SignRequest, STATEMENT } from "../../support/sigstore/instance.ts";
import type { LogEntryJson } from "../../support/sigstore/transparency-log.ts";
import { makeCa } from "../../support/x509/make.ts";
import { instance, refusal, refused, verify, verifyBytes } from "../../support/sigstore/keyless.ts";

const withoutProof = (entry: LogEntryJson): LogEntryJson => ({ ...entry, inclusionProof: undefined }) as unknown as LogEntryJson;

suite("evidence of a log entry", () => {
  test("is a proof, where the bundle has one", async () => {
    for (const rekor of ["v1", "v2"] as const) {
      const { evidence, warnings } = await verify({ rekor });
      assert.equal(evidence?.logEntries[0]?.inclusion, "proof");
      assert.deepEqual(warnings, []);
    }
  });

  test("is a promise where a bundle of version 0.1 has no more, and a warning says so", async () => {
    const { evidence, warnings } = await verify({ bundleVersion: "0.1", entry: { tamperEntry: withoutProof } });
    assert.equal(evidence?.logEntries[0]?.inclusion, "promise");
    assert.equal(evidence.logEntries[0].treeSize, undefined);
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ["LOG_PROMISE_ONLY"],
    );
  });

  test("is a promise where a newer bundle was relabeled 0.1 without its proof", async () => {
    const { bundle } = instance.sign({ bundleVersion: "0.2" });
    const { verificationMaterial } = bundle;
    const relabeled = {
      ...bundle,
      mediaType: "application/vnd.dev.sigstore.bundle+json;version=0.1",
      verificationMaterial: { ...verificationMaterial, tlogEntries: verificationMaterial.tlogEntries.map(withoutProof) },
    };
    const { evidence, warnings } = await verifyBytes(Buffer.from(JSON.stringify(relabeled)));
    assert.equal(evidence?.logEntries[0]?.inclusion, "promise");
    assert.equal(warnings[0]?.code, "LOG_PROMISE_ONLY");
  });
});

suite("what a bundle holds twice", () => {
  const twice = (request: SignRequest): Uint8Array => {
    const { bundle } = instance.sign(request);
    const { tlogEntries, timestampVerificationData } = bundle.verificationMaterial;
    bundle.verificationMaterial.tlogEntries = [...tlogEntries, ...tlogEntries];
    if (timestampVerificationData !== undefined) {
      const { rfc3161Timestamps } = timestampVerificationData;
      timestampVerificationData.rfc3161Timestamps = [...rfc3161Timestamps, ...rfc3161Timestamps];
    }
    return Buffer.from(JSON.stringify(bundle));
  };

  test("is listed once: a log entry and a timestamp", async () => {
    for (const rekor of ["v1", "v2"] as const) {
      const { evidence } = await verifyBytes(twice({ rekor, timestamp: true }));
      assert.equal(evidence?.logEntries.length, 1);
      assert.equal(evidence.timestamps.length, 1);
    }
  });

  test("is listed by the proof, where the other has a promise only", async () => {
    const { bundle } = instance.sign({ bundleVersion: "0.1" });
    const { tlogEntries } = bundle.verificationMaterial;
    bundle.verificationMaterial.tlogEntries = [...tlogEntries.map(withoutProof), ...tlogEntries];
    const { evidence, warnings } = await verifyBytes(Buffer.from(JSON.stringify(bundle)));
    assert.deepEqual(
      evidence?.logEntries.map(({ inclusion }) => inclusion),
      ["proof"],
    );
    assert.deepEqual(warnings, []);
  });

  test("is listed twice where it is two entries", async () => {
    const { evidence } = await verify({ rekor: ["dsse 0.0.1", "hashedrekord 0.0.2"] });
    assert.equal(evidence?.logEntries.length, 2);
  });
});

suite("a certificate authority that is not trusted", () => {
  test("at the time of the signature is named with that time, and without advice to add a certificate", async () => {
    const ended = { ca: { end: new Date(SIGNED_AT.getTime() - 1000) } };
    const error = await refusal("CERTIFICATE_PATH_NOT_FOUND", {}, { root: { validFor: ended } });
    assert.match(error.message, /^the certificate authority \S+ was not trusted at 2026-06-15T12:00:00\.000Z, the time of the signature$/);
    assert.equal(error.remedy, undefined);
    assert.equal(error.hint, undefined);
  });

  test("at all is said to be unknown to the trusted root", async () => {
    const other = makeInstance();
    const root = { change: (json: object) => ({ ...json, certificateAuthorities: other.trustedRoot().certificateAuthorities }) };
    const error = await refusal("CERTIFICATE_PATH_NOT_FOUND", {}, { root });
    assert.match(error.message, /^the signer's certificate is by an authority that the trusted root does not list: /);
    assert.equal(error.remedy, undefined);
  });
});

suite("a keyless signature", () => {
  test("in the encoding of the reference 0.2.0, which never signed so, is refused", async () => {
    const payload = STATEMENT.kind === "dsse" ? STATEMENT.payload : new Uint8Array();
    const tamperSigned = (): Uint8Array => historicalPreAuthenticationEncoding(PAYLOAD_TYPE, payload);
    await refused("SIGNATURE_INVALID", { content: STATEMENT, tamperSigned, rekor: "dsse 0.0.1" });
  });

  test("with a chain of over 16 certificates is refused before they are read", async () => {
    const chained = (count: number): Uint8Array => {
      const { bundle } = instance.sign({ bundleVersion: "0.2" });
      const filler = Buffer.from(makeCa({ issuer: makeCa() }).der).toString("base64");
      const { certificates } = bundle.verificationMaterial.x509CertificateChain!;
      while (certificates.length <= count) certificates.push({ rawBytes: filler });
      return Buffer.from(JSON.stringify(bundle));
    };
    await verifyBytes(chained(16));
    await assert.rejects(verifyBytes(chained(17)), { code: "BUNDLE_MATERIAL" });
  });
});
