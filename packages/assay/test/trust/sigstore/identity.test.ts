import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { utf8 } from "../../support/der-writer.ts";
import type { Identity } from "../../support/sigstore/certificate-authority.ts";
import { ALICE, ISSUER } from "../../support/sigstore/instance.ts";
import { directoryName, dnsName, email, otherName, registeredId, uri } from "../../support/x509/make.ts";
import { commonName } from "../../support/x509/make.ts";
import { flipped, refusal, refused, verify } from "../../support/sigstore/keyless.ts";

const WORKFLOW = "https://github.com/example/model/.github/workflows/release.yml@refs/tags/v1";

suite("the signer's identity", () => {
  const kinds: readonly [string, Identity, string][] = [
    ["email", { email: ALICE }, ALICE],
    ["uri", { uri: WORKFLOW }, WORKFLOW],
    ["username", { otherName: "alice!example.com" }, "alice!example.com"],
  ];
  for (const [type, identity, expected] of kinds) {
    test(`may be a name of the type ${type}`, async () => {
      const { signer } = await verify({ identity }, { identity: expected });
      assert.ok(signer.method === "sigstore");
      assert.deepEqual([signer.identityType, signer.identity], [type, expected]);
    });
  }

  test("is compared byte for byte", async () => {
    for (const identity of [
      "Alice@example.com",
      "alice@EXAMPLE.com",
      "alice@example.co",
      "lice@example.com",
      "alice@example.com ",
      ".*",
      "alice@example?com",
      "",
    ]) {
      const error = await refusal("IDENTITY_MISMATCH", {}, { identity });
      // A wrong identity says which one signed.
      assert.ok(error.message.includes(ALICE) && error.message.includes(ISSUER));
    }
    await refused("IDENTITY_MISMATCH", { identity: { uri: WORKFLOW } }, { identity: WORKFLOW.slice(0, -1) });
  });

  test("may be expected by a pattern that the caller brings", async () => {
    const pattern = (wanted: string): { source: string; matches: (text: string) => boolean } => ({
      source: wanted,
      matches: (text) => text === wanted,
    });
    await verify({}, { identity: pattern(ALICE), identityProvider: pattern(ISSUER) });
    await refused("IDENTITY_MISMATCH", {}, { identity: pattern("bob") });
    await refused("ISSUER_MISMATCH", {}, { identityProvider: pattern("bob") });
  });

  const names: readonly [string, readonly Uint8Array[] | undefined][] = [
    ["no name", undefined],
    ["an empty list of names", []],
    ["two names", [email(ALICE), email("bob@example.com")]],
    ["the same name twice", [email(ALICE), email(ALICE)]],
    ["a name of a second type", [email(ALICE), uri(WORKFLOW)]],
    ["a host's name beside it", [email(ALICE), dnsName("example.com")]],
    ["a host's name only", [dnsName("example.com")]],
    ["a directory name only", [directoryName(commonName(ALICE))]],
    ["a registered number only", [registeredId("1.2.3")]],
    ["a user's name of another system", [otherName("1.3.6.1.4.1.311.20.2.3", utf8(ALICE))]],
  ];
  for (const [what, list] of names) {
    test(`is not one where the certificate has ${what}`, async () => {
      const recipe = list === undefined ? { names: undefined, subject: "someone" } : { names: list };
      const error = await refusal("CERTIFICATE_IDENTITY", { recipe: recipe as { names: Uint8Array[] } });
      assert.equal(error.outcome, "failed");
    });
  }
});

suite("the identity provider", () => {
  test("is compared byte for byte", async () => {
    for (const identityProvider of [
      `${ISSUER}/`,
      "https://issuer.example.co",
      "http://issuer.example.com",
      "https://ISSUER.example.com",
      ".*",
      "",
    ]) {
      const error = await refusal("ISSUER_MISMATCH", {}, { identityProvider });
      assert.ok(error.message.includes(ALICE) && error.message.includes(ISSUER));
    }
  });

  test("is in either extension, or the same in both", async () => {
    await verify({ issuerExtensions: { v1: null } });
    await verify({ issuerExtensions: { v2: null } });
  });

  test("is not said twice in two ways", async () => {
    for (const issuerExtensions of [{ v1: "https://evil.example.com" }, { v2: "https://evil.example.com" }, { v1: `${ISSUER}/` }]) {
      await refused("CERTIFICATE_IDENTITY", { issuerExtensions });
      await refused("CERTIFICATE_IDENTITY", { issuerExtensions }, { identityProvider: "https://evil.example.com" });
    }
  });

  test("is said", () => refused("CERTIFICATE_IDENTITY", { issuerExtensions: { v1: null, v2: null } }));

  test("is text as its extension has it", async () => {
    const raw = (value: Uint8Array, arc: number): Parameters<typeof refused>[1] => ({
      issuerExtensions: { v1: null, v2: null },
      recipe: { extra: [{ oid: `1.3.6.1.4.1.57264.1.${arc}`, value }] },
    });
    await refused("CERTIFICATE_IDENTITY", raw(Buffer.from(ISSUER), 8));
    await refused("CERTIFICATE_IDENTITY", raw(Buffer.concat([utf8(ISSUER), Uint8Array.of(0)]), 8));
    await refused("CERTIFICATE_IDENTITY", raw(Uint8Array.of(0xff, 0xfe), 1));
  });
});

suite("what the provider said of the build", () => {
  test("is named as Fulcio's documentation does", async () => {
    const claims = { 9: "https://github.com/example/model", 13: "abc", 20: "push", 22: "public" };
    const { signer } = await verify({ claims });
    assert.ok(signer.method === "sigstore");
    assert.deepEqual(signer.claims, {
      buildSignerURI: "https://github.com/example/model",
      sourceRepositoryDigest: "abc",
      buildTrigger: "push",
      sourceRepositoryVisibilityAtSigning: "public",
    });
  });
});

suite("the signature", () => {
  test("is by the certificate's key", async () => {
    await refused("SIGNATURE_INVALID", { tamperSigned: (bytes) => flipped(bytes, -1) });
    // The log of digests would have noticed; the log of envelopes does not know what was signed.
    await refused("SIGNATURE_INVALID", { rekor: "hashedrekord 0.0.2", tamperSigned: (bytes) => flipped(bytes, -1) });
  });

  test("is over a statement", () =>
    refused("PAYLOAD_TYPE", {
      tamperBundle: (bundle) => ({ ...bundle, dsseEnvelope: { ...bundle.dsseEnvelope, payloadType: "text/plain" } }),
    }));
});
