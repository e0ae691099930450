import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import type { Bundle } from "../../src/bundle/bundle.ts";
import { MAX_BUNDLE_BYTES } from "../../src/bundle/limits.ts";
import { parseBundle } from "../../src/bundle/parse.ts";
import type { ErrorCode } from "../../src/core/error-codes.ts";
import { AssayError } from "../../src/core/error.ts";
import { base64, bundleJson, envelopeJson, jsonBytes } from "../support/bundles.ts";

const parse = (value: unknown): Bundle => parseBundle(jsonBytes(value));

function refused(value: unknown, code: ErrorCode, message = /./): void {
  const bytes = value instanceof Uint8Array ? value : jsonBytes(value);
  assert.throws(
    () => parseBundle(bytes),
    (error) => {
      assert.ok(error instanceof AssayError, String(error));
      assert.equal(error.code, code, error.message);
      assert.match(error.message, message);
      return true;
    },
  );
}

const material = (fields: Record<string, unknown>): Record<string, unknown> => bundleJson({ verificationMaterial: fields });
const envelope = (fields: Record<string, unknown>): Record<string, unknown> => bundleJson({ dsseEnvelope: envelopeJson(fields) });
const ofType = (mediaType: unknown): Record<string, unknown> => bundleJson({ mediaType });
const deep = (levels: number): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify(material({ publicKey: {}, x: 0 })).replace('"x":0', `"x":${"[".repeat(levels)}${"]".repeat(levels)}`),
  );
const many = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
const certificate = { rawBytes: base64("DER") };

suite("a bundle", () => {
  test("with a key hint is read", () => {
    const bundle = parse(bundleJson());
    assert.equal(bundle.version, "0.3");
    assert.deepEqual(bundle.material, { kind: "publicKey", hint: "ab".repeat(32), rawBytes: undefined });
    assert.equal(bundle.envelope.payloadType, "application/vnd.in-toto+json");
    assert.equal(Buffer.from(bundle.envelope.payload).toString(), '{"_type":"x"}');
    assert.equal(Buffer.from(bundle.envelope.signature).toString(), "sig");
    assert.deepEqual(bundle.tlogEntries, []);
    assert.deepEqual(bundle.timestamps, []);
  });

  test("with a chain is read, the first certificate first", () => {
    const bundle = parse(material({ x509CertificateChain: { certificates: [certificate, { rawBytes: base64("CA") }] } }));
    assert.ok(bundle.material.kind === "x509CertificateChain");
    assert.deepEqual(
      bundle.material.certificates.map((der) => Buffer.from(der).toString()),
      ["DER", "CA"],
    );
  });

  test("with one certificate, log entries and timestamps is read", () => {
    const tlogEntries = [{ logIndex: "7", inclusionProof: { hashes: ["AQ=="] } }];
    const timestampVerificationData = { rfc3161Timestamps: [{ signedTimestamp: base64("TST") }] };
    const bundle = parse(material({ certificate, tlogEntries, timestampVerificationData }));
    assert.equal(bundle.material.kind, "certificate");
    assert.equal(bundle.tlogEntries[0]?.logIndex, 7);
    assert.deepEqual(bundle.tlogEntries[0]?.inclusionProof?.hashes, [Uint8Array.of(1)]);
    assert.deepEqual(
      bundle.timestamps.map((der) => Buffer.from(der).toString()),
      ["TST"],
    );
  });

  test("in the shapes of the reference before 1.1.0 is read", () => {
    const pem = "-----BEGIN PUBLIC KEY-----\n";
    const old = { publicKey: { rawBytes: base64(pem), keyDetails: "PKIX_ECDSA_P256_SHA_256" } };
    const bundle = parse({ ...material(old), dsseEnvelope: envelopeJson({ signatures: [{ sig: base64("sig"), keyid: null }] }) });
    assert.ok(bundle.material.kind === "publicKey");
    assert.equal(bundle.material.hint, undefined);
    assert.equal(Buffer.from(bundle.material.rawBytes ?? []).toString(), pem);
    assert.deepEqual(bundle.tlogEntries, []);
  });

  test("takes null as absent, as protobuf's JSON does", () => {
    const bundle = parse({
      ...material({ publicKey: { hint: null, rawBytes: null }, certificate: null, tlogEntries: null, timestampVerificationData: null }),
      messageSignature: null,
    });
    assert.deepEqual(bundle.material, { kind: "publicKey", hint: undefined, rawBytes: undefined });
    assert.deepEqual(parse(material({ publicKey: {}, timestampVerificationData: {} })).timestamps, []);
  });

  test("may say anything as keyid", () => {
    for (const keyid of [null, "", "x", 7, { a: [] }, undefined]) {
      parse(envelope({ signatures: [{ sig: base64("sig"), keyid }] }));
    }
  });

  test("keeps its payload type for the envelope's verification to check", () => {
    assert.equal(parse(envelope({ payloadType: "text/plain" })).envelope.payloadType, "text/plain");
  });

  test("may be base64 in the URL-safe alphabet", () => {
    const payload = Buffer.from([0xfb, 0xff, 0xfe]).toString("base64url");
    assert.deepEqual([...parse(envelope({ payload })).envelope.payload], [0xfb, 0xff, 0xfe]);
  });
});

suite("a bundle's media type", () => {
  test("may be any of three versions in either spelling", () => {
    for (const version of ["0.1", "0.2", "0.3"]) {
      assert.equal(parse(ofType(`application/vnd.dev.sigstore.bundle.v${version}+json`)).version, version);
      assert.equal(parse(ofType(`application/vnd.dev.sigstore.bundle+json;version=${version}`)).version, version);
    }
  });

  test("of a later version leaves the answer open, whatever else the bundle holds", () => {
    for (const version of ["0.4", "0.10", "1.0", "2.0", "0.3.1", "10.20.30"]) {
      const error = (value: unknown): void => refused(value, "BUNDLE_VERSION_UNKNOWN", new RegExp(version));
      error(ofType(`application/vnd.dev.sigstore.bundle.v${version}+json`));
      error(ofType(`application/vnd.dev.sigstore.bundle+json;version=${version}`));
      error({ mediaType: `application/vnd.dev.sigstore.bundle.v${version}+json`, newField: 1 });
    }
    assert.throws(() => parse(ofType("application/vnd.dev.sigstore.bundle.v0.4+json")), { outcome: "incomplete" });
  });

  test("of something else is refused", () => {
    for (const mediaType of [
      "",
      "application/json",
      "application/vnd.dev.sigstore.bundle+json",
      "application/vnd.dev.sigstore.bundle",
      "application/vnd.dev.sigstore.bundle.v0.0+json",
      "application/vnd.dev.sigstore.bundle.v0.3",
      "application/vnd.dev.sigstore.bundle.v03+json",
      "application/vnd.dev.sigstore.bundle.v0.03+json",
      "application/vnd.dev.sigstore.bundle.v0.3+json ",
      "application/vnd.dev.sigstore.bundle.v0.3+jsonx",
      "xapplication/vnd.dev.sigstore.bundle.v0.3+json",
      "application/vnd.dev.sigstore.bundle+json; version=0.3",
      "application/vnd.dev.sigstore.bundle+json;version=0.3.",
      "APPLICATION/vnd.dev.sigstore.bundle.v0.3+json",
      "application/vnd.dev.sigstore.bundle.v0.3+json\n",
    ]) {
      refused(ofType(mediaType), "BUNDLE_MEDIA_TYPE");
    }
    refused(ofType(undefined), "BUNDLE_SHAPE", /mediaType/);
    refused(ofType(3), "BUNDLE_SHAPE");
  });
});

suite("a bundle is refused", () => {
  test("over 256 MiB, before anything is read", () => {
    // The pages of an untouched buffer take no memory.
    refused(new Uint8Array(MAX_BUNDLE_BYTES + 1), "BUNDLE_TOO_LARGE", /268435457/);
    refused(new Uint8Array(16), "JSON_ENCODING");
  });

  test("where it is not a JSON object", () => {
    refused(new Uint8Array(0), "JSON_SYNTAX", /empty/);
    refused(new TextEncoder().encode('{"not": "valid json'), "JSON_SYNTAX", /cut off/);
    refused([], "BUNDLE_SHAPE", /array/);
    refused(null, "BUNDLE_SHAPE", /null/);
    refused({}, "BUNDLE_SHAPE", /mediaType/);
  });

  test("for the same key twice, at the top and below", () => {
    const text = JSON.stringify(bundleJson());
    refused(new TextEncoder().encode(text.replace("{", '{"mediaType":"x",')), "JSON_DUPLICATE_KEY");
    refused(new TextEncoder().encode(text.replace('"payloadType"', '"payload":"","payloadType"')), "JSON_DUPLICATE_KEY");
    refused(new TextEncoder().encode(text.replace('"hint"', '"hin\\u0074":"","hint"')), "JSON_DUPLICATE_KEY");
  });

  test("for nesting over 256 levels", () => {
    parseBundle(deep(254));
    refused(deep(255), "JSON_TOO_DEEP");
  });

  test("for an unknown field at its top level", () => {
    refused(bundleJson({ extra: 1 }), "BUNDLE_UNKNOWN_FIELD", /extra/);
    refused(bundleJson({ media_type: "x" }), "BUNDLE_UNKNOWN_FIELD");
    refused(new TextEncoder().encode(JSON.stringify(bundleJson()).replace("{", '{"__proto__":{},')), "BUNDLE_UNKNOWN_FIELD");
  });

  test("for a message signature beside or instead of the envelope, or for neither", () => {
    const messageSignature = { signature: base64("sig") };
    refused(bundleJson({ messageSignature }), "BUNDLE_CONTENT", /beside/);
    refused(bundleJson({ messageSignature, dsseEnvelope: undefined }), "BUNDLE_CONTENT", /instead/);
    refused(bundleJson({ dsseEnvelope: undefined }), "BUNDLE_CONTENT", /missing/);
    refused(bundleJson({ dsseEnvelope: null }), "BUNDLE_CONTENT", /missing/);
  });

  test("for no signature or more than one", () => {
    refused(envelope({ signatures: [] }), "BUNDLE_SIGNATURE_COUNT", /no signature/);
    refused(envelope({ signatures: undefined }), "BUNDLE_SIGNATURE_COUNT");
    const sig = { sig: base64("sig") };
    refused(envelope({ signatures: [sig, sig] }), "BUNDLE_SIGNATURE_COUNT", /more than one/);
    refused(envelope({ signatures: sig }), "BUNDLE_SHAPE");
  });

  test("for fields of the envelope that are missing, empty or of the wrong type", () => {
    for (const field of ["payload", "payloadType"]) {
      refused(envelope({ [field]: undefined }), "BUNDLE_SHAPE", new RegExp(field));
      refused(envelope({ [field]: 7 }), "BUNDLE_SHAPE", new RegExp(field));
    }
    refused(envelope({ payload: "" }), "BUNDLE_SHAPE", /empty/);
    refused(envelope({ signatures: [{}] }), "BUNDLE_SHAPE", /sig/);
    refused(envelope({ signatures: [{ sig: "" }] }), "BUNDLE_SHAPE", /empty/);
    refused(envelope({ signatures: ["x"] }), "BUNDLE_SHAPE");
    refused(bundleJson({ dsseEnvelope: "x" }), "BUNDLE_SHAPE");
  });

  test("for base64 with line breaks, blanks, foreign characters or data after the padding", () => {
    for (const bad of ["Zm9v\nYmFy", "Zm9v YmFy", "Zm9v*mFy", "Zg==Zg==", "Zg=", "Zm9vY"]) {
      refused(envelope({ payload: bad }), "BUNDLE_BASE64", /dsseEnvelope\.payload/);
      refused(envelope({ signatures: [{ sig: bad }] }), "BUNDLE_BASE64", /signatures\[0\]\.sig/);
      refused(material({ publicKey: { rawBytes: bad } }), "BUNDLE_BASE64");
      refused(material({ certificate: { rawBytes: bad } }), "BUNDLE_BASE64");
      refused(material({ x509CertificateChain: { certificates: [certificate, { rawBytes: bad }] } }), "BUNDLE_BASE64", /certificates\[1\]/);
      const timestampVerificationData = { rfc3161Timestamps: [{ signedTimestamp: bad }] };
      refused(material({ publicKey: {}, timestampVerificationData }), "BUNDLE_BASE64");
    }
  });

  test("unless it names the signer in exactly one way", () => {
    const chain = { certificates: [certificate] };
    refused(material({}), "BUNDLE_MATERIAL", /none/);
    refused(material({ publicKey: {}, certificate }), "BUNDLE_MATERIAL", /publicKey and certificate/);
    refused(material({ publicKey: {}, x509CertificateChain: chain }), "BUNDLE_MATERIAL");
    refused(material({ certificate, x509CertificateChain: chain }), "BUNDLE_MATERIAL");
    refused(material({ publicKey: {}, certificate, x509CertificateChain: chain }), "BUNDLE_MATERIAL");
    refused(material({ x509CertificateChain: { certificates: [] } }), "BUNDLE_MATERIAL", /no certificate/);
    refused(bundleJson({ verificationMaterial: undefined }), "BUNDLE_SHAPE", /verificationMaterial/);
  });

  test("for material of the wrong type", () => {
    refused(material({ publicKey: "x" }), "BUNDLE_SHAPE");
    refused(material({ publicKey: { hint: 7 } }), "BUNDLE_SHAPE", /hint/);
    refused(material({ publicKey: { rawBytes: 7 } }), "BUNDLE_SHAPE");
    refused(material({ x509CertificateChain: { certificates: {} } }), "BUNDLE_SHAPE");
    refused(material({ x509CertificateChain: {} }), "BUNDLE_SHAPE");
    refused(material({ certificate: { rawBytes: "" } }), "BUNDLE_SHAPE", /empty/);
    refused(material({ certificate: {} }), "BUNDLE_SHAPE");
    refused(material({ publicKey: {}, tlogEntries: {} }), "BUNDLE_SHAPE");
    refused(material({ publicKey: {}, tlogEntries: ["x"] }), "BUNDLE_SHAPE");
    refused(material({ publicKey: {}, timestampVerificationData: [] }), "BUNDLE_SHAPE");
    refused(material({ publicKey: {}, timestampVerificationData: { rfc3161Timestamps: [{}] } }), "BUNDLE_SHAPE");
  });

  test("for more than any bundle has of what is only counted later", () => {
    refused(material({ x509CertificateChain: { certificates: many(1001, certificate) } }), "BUNDLE_MATERIAL", /1000/);
    refused(material({ publicKey: {}, tlogEntries: many(33, {}) }), "BUNDLE_SHAPE", /32 log entries/);
    const timestampVerificationData = { rfc3161Timestamps: many(33, { signedTimestamp: "Zg==" }) };
    refused(material({ publicKey: {}, timestampVerificationData }), "BUNDLE_SHAPE", /32 timestamps/);
    refused(material({ publicKey: {}, extra: many(1_000_000, 0) }), "JSON_TOO_LARGE");
  });
});

suite("a bundle's unknown fields below the top", () => {
  test("are ignored, __proto__ too", () => {
    const text = JSON.stringify(bundleJson())
      .replace('"publicKey":{', '"publicKey":{"__proto__":{"hint":"evil"},"x":[1],')
      .replace('"verificationMaterial":{', '"verificationMaterial":{"__proto__":{"certificate":{}},"x509_certificate_chain":1,')
      .replace('"dsseEnvelope":{', '"dsseEnvelope":{"__proto__":{"payload":"evil"},"x":null,')
      .replace('"signatures":[{', '"signatures":[{"__proto__":{},"cert":"x",');
    assert.deepEqual(parseBundle(new TextEncoder().encode(text)), parse(bundleJson()));
  });

  test("are still checked as JSON", () => {
    const text = JSON.stringify(material({ publicKey: {}, x: { a: 1 } }));
    refused(new TextEncoder().encode(text.replace('"a":1', '"a":1,"a":2')), "JSON_DUPLICATE_KEY");
    refused(new TextEncoder().encode(text.replace('"a":1', '"a":"\\ud800"')), "JSON_ENCODING");
  });
});

suite("any bytes as a bundle", () => {
  test("give a bundle or an AssayError, mutations of a good one too", () => {
    const good = jsonBytes(material({ x509CertificateChain: { certificates: [certificate] }, tlogEntries: [{ a: 1 }] }));
    const mutated = fc
      .array(fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 }), fc.nat(3)), { minLength: 1, maxLength: 4 })
      .map((changes) => {
        const bytes = [...good];
        for (const [at, byte, kind] of changes) bytes.splice(at, kind === 0 ? 0 : kind, byte);
        return Uint8Array.from(bytes);
      });
    fc.assert(
      fc.property(
        fc.oneof(
          mutated,
          fc.uint8Array(),
          fc.json().map((text) => new TextEncoder().encode(text)),
        ),
        (bytes) => {
          try {
            parseBundle(bytes);
          } catch (error) {
            assert.ok(error instanceof AssayError && error.code !== "INTERNAL", String(error));
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("cut off anywhere are refused", () => {
    const good = jsonBytes(bundleJson());
    for (let length = 0; length < good.length; length++) {
      assert.throws(() => parseBundle(good.subarray(0, length)), { name: "AssayError", code: "JSON_SYNTAX" });
    }
  });
});
