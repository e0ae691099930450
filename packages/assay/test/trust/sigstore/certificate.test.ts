import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { makeInstance, SIGNED_AT } from "../../support/sigstore/instance.ts";
import { base64 } from "../../support/sigstore/octets.ts";
import { basicConstraints, makeCa, newKey } from "../../support/x509/make.ts";
import { instance, refusal, refused, verify, verifyBytes } from "../../support/sigstore/keyless.ts";

const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
const CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
const ANY_PURPOSE = "2.5.29.37.0";
const seconds = (count: number): Date => new Date(SIGNED_AT.getTime() + count * 1000);

suite("a keyless certificate", () => {
  test("is by an authority of the trusted root", async () => {
    const unrelated = makeInstance();
    await refused(
      "CERTIFICATE_PATH_NOT_FOUND",
      {},
      { root: { change: (root) => ({ ...root, certificateAuthorities: unrelated.trustedRoot().certificateAuthorities }) } },
    );
    await refused("CERTIFICATE_PATH_NOT_FOUND", {}, { root: { change: (root) => ({ ...root, certificateAuthorities: [] }) } });
    await verify({}, { root: { besides: [unrelated] } });
  });

  test("by an unknown authority is incomplete where the trusted root may be outdated", async () => {
    const root = { change: (json: object) => ({ ...json, certificateAuthorities: [] }) };
    const error = await refusal("TRUST_ROOT_STALE", {}, { root, source: { kind: "cached", isCurrent: false } });
    assert.equal(error.outcome, "incomplete");
  });

  test("has a signature that its authority made", () =>
    refused("CERTIFICATE_SIGNATURE", {
      recipe: { tamperSignature: (signature) => signature.with(-1 + signature.length, signature.at(-1)! ^ 1) },
    }));

  test("is by an authority that was trusted at the proven time", async () => {
    for (const ca of [{ start: seconds(1) }, { start: seconds(-100), end: seconds(-1) }]) {
      await refused("CERTIFICATE_PATH_NOT_FOUND", {}, { root: { validFor: { ca } } });
      await refused("CERTIFICATE_PATH_NOT_FOUND", { rekor: "v2" }, { root: { validFor: { ca } } });
    }
    await verify({}, { root: { validFor: { ca: { start: SIGNED_AT, end: SIGNED_AT } } } });
  });

  test("is valid at the proven time, and never asked for its own", async () => {
    await refused("CERTIFICATE_NOT_YET_VALID", { recipe: { notBefore: seconds(1) } });
    await refused("CERTIFICATE_EXPIRED", { recipe: { notBefore: seconds(-600), notAfter: seconds(-1) } });
    await verify({ recipe: { notBefore: SIGNED_AT, notAfter: SIGNED_AT } });
  });

  test("is under authorities that were valid at the proven time", async () => {
    const young = makeInstance({ ca: { intermediate: { notBefore: seconds(1) } } });
    await refused("CERTIFICATE_NOT_YET_VALID", {}, { by: young });
    const old = makeInstance({ ca: { root: { notAfter: seconds(-1) } } });
    await refused("CERTIFICATE_EXPIRED", {}, { by: old });
  });

  const purposes: readonly [string, readonly string[] | null, "LEAF_USAGE" | "CERTIFICATE_EXTENDED_KEY_USAGE"][] = [
    ["servers", [SERVER_AUTH], "CERTIFICATE_EXTENDED_KEY_USAGE"],
    ["any purpose", [ANY_PURPOSE], "LEAF_USAGE"],
    ["nothing in particular", null, "LEAF_USAGE"],
  ];
  for (const [what, extendedKeyUsage, code] of purposes) {
    test(`is for signing code, not for ${what}`, () => refused(code, { recipe: { extendedKeyUsage } }));
  }
  test("is for signatures", () => refused("LEAF_USAGE", { recipe: { keyUsage: [2] } }));

  test("has no authority above it whose purpose is another", () =>
    refused("CERTIFICATE_EXTENDED_KEY_USAGE", {}, { by: makeInstance({ ca: { intermediate: { extendedKeyUsage: [SERVER_AUTH] } } }) }));

  test("has authorities above it that may sign certificates", async () => {
    await refused(
      "CERTIFICATE_BASIC_CONSTRAINTS",
      {},
      {
        by: makeInstance({ ca: { intermediate: { ca: false, basicConstraints: null, keyUsage: null, extendedKeyUsage: [CODE_SIGNING] } } }),
      },
    );
    await refused(
      "CERTIFICATE_KEY_USAGE",
      {},
      { by: makeInstance({ ca: { intermediate: { keyUsage: [0], basicConstraints: basicConstraints(true) } } }) },
    );
  });

  test("is not damaged", async () => {
    const { bundle } = instance.sign();
    for (const rawBytes of ["AAAA", "MAA=", bundle.verificationMaterial.certificate!.rawBytes.slice(0, -8)]) {
      const verificationMaterial = { ...bundle.verificationMaterial, certificate: { rawBytes } };
      await assert.rejects(verifyBytes(Buffer.from(JSON.stringify({ ...bundle, verificationMaterial }))), { code: "CERTIFICATE_INVALID" });
    }
  });
});

suite("the chain in an older bundle", () => {
  const chained = (bundleVersion: "0.1" | "0.2", ...more: Uint8Array[]): Promise<unknown> => {
    const { bundle } = instance.sign({ bundleVersion });
    bundle.verificationMaterial.x509CertificateChain!.certificates.push(...more.map((der) => ({ rawBytes: base64(der) })));
    return verifyBytes(Buffer.from(JSON.stringify(bundle)));
  };

  test("never holds a root: roots are the caller's", async () => {
    for (const root of [instance.ca.root, makeCa({ key: newKey("P-256") })]) {
      await assert.rejects(chained("0.1", root.der), { code: "BUNDLE_MATERIAL" });
      await assert.rejects(chained("0.2", root.der), { code: "BUNDLE_MATERIAL" });
    }
  });

  test("may hold what has nothing to do with it", () => chained("0.2", makeCa({ issuer: makeCa() }).der) as Promise<void>);

  test("is not what a bundle of version 0.3 has", () =>
    refused("METHOD_MISMATCH", {
      bundleVersion: "0.2",
      tamperBundle: (bundle) => ({ ...bundle, mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json" }),
    }));

  test("is what such a bundle has, and not a single certificate", async () => {
    for (const mediaType of ["application/vnd.dev.sigstore.bundle.v0.2+json", "application/vnd.dev.sigstore.bundle+json;version=0.1"]) {
      await refused("BUNDLE_MATERIAL", { tamperBundle: (bundle) => ({ ...bundle, mediaType }) });
    }
  });

  test("does not make a certificate signer's bundle a keyless one", () =>
    refused("METHOD_MISMATCH", {
      bundleVersion: "0.2",
      rekor: [],
    }));
});

suite("a bundle of another method", () => {
  test("is not verified as keyless", () =>
    refused("METHOD_MISMATCH", {
      tamperBundle: (bundle) => ({
        ...bundle,
        verificationMaterial: { ...bundle.verificationMaterial, certificate: undefined, publicKey: { hint: "x" } },
      }),
    }));
});
