import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { parseBundle } from "../../src/bundle/parse.ts";
import { writeBundle } from "../../src/bundle/write.ts";

const envelope = {
  payloadType: "application/vnd.in-toto+json",
  payload: new TextEncoder().encode('{"_type":"x"}'),
  signature: Uint8Array.of(1, 2, 3),
};
const json = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));

suite("writing a bundle", () => {
  test("with a key gives the shape that the specification shows, and nothing else", () => {
    const bytes = writeBundle({ material: { kind: "publicKey", hint: "ab12", rawBytes: Uint8Array.of(9) }, envelope });
    assert.deepEqual(json(bytes), {
      mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json",
      verificationMaterial: { publicKey: { hint: "ab12" }, tlogEntries: [] },
      dsseEnvelope: {
        payload: "eyJfdHlwZSI6IngifQ==",
        payloadType: "application/vnd.in-toto+json",
        signatures: [{ sig: "AQID", keyid: "" }],
      },
    });
  });

  test("with certificates gives the chain, the leaf first", () => {
    const certificates = [Uint8Array.of(1), Uint8Array.of(2)];
    const bytes = writeBundle({ material: { kind: "x509CertificateChain", certificates }, envelope });
    const written = json(bytes);
    assert.ok(typeof written === "object" && written !== null && "verificationMaterial" in written);
    assert.deepEqual(written.verificationMaterial, {
      x509CertificateChain: { certificates: [{ rawBytes: "AQ==" }, { rawBytes: "Ag==" }] },
      tlogEntries: [],
    });
  });

  test("ends with one line break", () => {
    const text = new TextDecoder().decode(writeBundle({ material: { kind: "publicKey", hint: "", rawBytes: undefined }, envelope }));
    assert.equal(text.indexOf("\n"), text.length - 1);
  });

  test("and reading it gives what was written", () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 60 }).map((bytes) => Uint8Array.from(bytes));
    const hint = fc.string({ unit: "grapheme" }).map((hint) => ({ kind: "publicKey" as const, hint, rawBytes: undefined }));
    const chain = fc
      .array(bytes, { minLength: 1, maxLength: 4 })
      .map((certificates) => ({ kind: "x509CertificateChain" as const, certificates }));
    fc.assert(
      fc.property(fc.oneof(hint, chain), bytes, bytes, fc.string({ unit: "grapheme" }), (material, payload, signature, payloadType) => {
        const written = { payloadType, payload, signature };
        const bundle = parseBundle(writeBundle({ material, envelope: written }));
        assert.deepEqual(bundle, { version: "0.3", material, tlogEntries: [], timestamps: [], envelope: written });
      }),
    );
  });

  test("is not misled by a hint that looks like a payload", () => {
    const hint = '"payload":""';
    const bundle = parseBundle(writeBundle({ material: { kind: "publicKey", hint, rawBytes: undefined }, envelope }));
    assert.deepEqual(bundle.material, { kind: "publicKey", hint, rawBytes: undefined });
    assert.deepEqual(bundle.envelope, envelope);
  });
});
