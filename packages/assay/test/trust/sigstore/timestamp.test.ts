import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { boolean, concat, derNull, explicit, integer, octetString, oid, sequence, utf8 } from "../../support/der-writer.ts";
import { children } from "../../support/sigstore/der-children.ts";
import { makeInstance, SIGNED_AT } from "../../support/sigstore/instance.ts";
import {
  type Attribute,
  ATTRIBUTE,
  generalizedTime,
  HASH_OIDS,
  makeTimestampAuthority,
  signingCertificateV2,
  TIME_STAMPING,
  type TimestampRecipe,
  type TstInfoParts,
} from "../../support/sigstore/timestamp-authority.ts";
import { sha256 } from "../../support/sigstore/octets.ts";
import { type CertificateRecipe, newKey } from "../../support/x509/make.ts";
import { flipped, instance, refusal, refused, verify } from "../../support/sigstore/keyless.ts";

const { tsa } = instance;
const unrelated = makeTimestampAuthority({ root: { subject: "another root" }, leaf: { subject: "another authority" } });
const seconds = (count: number): Date => new Date(SIGNED_AT.getTime() + count * 1000);
const empty = new Uint8Array();

const info = (change: Partial<TstInfoParts>): TimestampRecipe => ({ tamperTstInfo: (parts) => ({ ...parts, ...change }) });
const without = (type: string): TimestampRecipe => ({ tamperAttributes: (all) => all.filter((attribute) => attribute.type !== type) });
const instead = (type: string, ...values: Uint8Array[]): TimestampRecipe => ({
  tamperAttributes: (all) => all.map((attribute) => (attribute.type === type ? { type, values } : attribute)),
});
const twice = (all: Attribute[]): Attribute[] => [...all, ...all.filter(({ type }) => type === ATTRIBUTE.MESSAGE_DIGEST)];
const imprintBy = (hash: keyof typeof HASH_OIDS): Uint8Array =>
  sequence(sequence(oid(HASH_OIDS[hash]), derNull()), octetString(new Uint8Array(hash === "sha1" ? 20 : 32)));

/** The octets `from`, which are there, as `to`. */
const replaced = (from: readonly number[], to: readonly number[]): TimestampRecipe => ({
  tamper: (der) => {
    const bytes = Buffer.from(der);
    const at = bytes.lastIndexOf(Buffer.from(from));
    assert.ok(at > 0);
    bytes.set(to, at);
    return bytes;
  },
});

const INVALID: readonly [string, TimestampRecipe][] = [
  ["was not granted", { status: 2 }],
  ["has data after its end", { tamper: (der) => concat(der, Uint8Array.of(0)) }],
  ["has data behind its token", { tamper: (der) => sequence(...children(der), integer(1)) }],
  ["is cut", { tamper: (der) => der.subarray(0, -1) }],
  ["is empty", { tamper: () => empty }],
  ["is not a time-stamp token", { contentType: "1.2.840.113549.1.7.1" }],
  ["has an altered signature", { tamperSignature: (signature) => flipped(signature, -1) }],
  ["has a signature that is not DER", { tamperSignature: () => Uint8Array.of(1) }],
  ["is signed by another key", { signerKey: newKey("P-256") }],
  ["is signed over other attributes", { tamperSigned: (signed) => flipped(signed, -1) }],
  ["is not signed", { signers: 0 }],
  ["is signed by several", { signers: 2 }],
  ["has no signed attributes", { tamperAttributes: () => null }],
  ["does not digest its content", without(ATTRIBUTE.MESSAGE_DIGEST)],
  ["digests other content", instead(ATTRIBUTE.MESSAGE_DIGEST, octetString(new Uint8Array(32)))],
  ["has its digest twice", { tamperAttributes: twice }],
  ["has an attribute with two values", instead(ATTRIBUTE.CONTENT_TYPE, oid("1.2.840.113549.1.9.16.1.4"), utf8("more"))],
  ["does not say what it holds", without(ATTRIBUTE.CONTENT_TYPE)],
  ["says that it holds something else", instead(ATTRIBUTE.CONTENT_TYPE, oid("1.2.840.113549.1.7.1"))],
  ["does not name the certificate that signed", without(ATTRIBUTE.SIGNING_CERTIFICATE_V2)],
  ["names another certificate than signed", instead(ATTRIBUTE.SIGNING_CERTIFICATE_V2, signingCertificateV2(unrelated.leaf))],
  [
    "names its certificate by SHA-1",
    instead(ATTRIBUTE.SIGNING_CERTIFICATE_V2, sequence(sequence(sequence(sequence(oid(HASH_OIDS.sha1)), octetString(new Uint8Array(20)))))),
  ],
  ["digests by SHA-1", { digestAlgorithm: sequence(oid(HASH_OIDS.sha1)) }],
  ["has an imprint by SHA-1", info({ messageImprint: imprintBy("sha1") })],
  ["is of a later version", info({ version: integer(2) })],
  ["has no version", info({ version: empty })],
  ["has no time", info({ genTime: empty })],
  ["has a time that does not exist", info({ genTime: generalizedTime(SIGNED_AT).with(6, 0x39) })],
  ["has a time on the thirtieth of February", info({ genTime: generalizedTime(new Date("2026-02-20T12:00:00Z")).with(8, 0x33) })],
  ["has a time with zeros after its point", info({ genTime: generalizedTime(SIGNED_AT, ".50") })],
  [
    "has an extension that must be understood",
    info({ extensions: explicit(1, sequence(oid("1.2.3"), boolean(true), octetString(empty))) }),
  ],
  ["has no serial number", info({ serialNumber: empty })],
  ["is signed data of another version", replaced([2, 1, 3, 0x31], [2, 1, 1, 0x31])],
  ["has a signer of a version that does not fit how it is named", replaced([2, 1, 1, 0x30], [2, 1, 3, 0x30])],
  ["brings more than 16 certificates", { certificates: Array.from({ length: 17 }, () => tsa.leaf.der) }],
];

suite("a timestamp", () => {
  for (const [what, recipe] of INVALID) {
    test(`is refused where it ${what}`, async () => {
      await refused("TIMESTAMP_INVALID", { rekor: "v2", timestamp: recipe });
      // Even where another one, or the log, gives the time.
      await refused("TIMESTAMP_INVALID", { rekor: "v2", timestamp: [{}, recipe] });
      await refused("TIMESTAMP_INVALID", { timestamp: recipe });
    });
  }

  test("is at most 64 KiB", async () => {
    const timestamp = { certificates: [octetString(new Uint8Array(65_536))] };
    assert.match((await refusal("TIMESTAMP_INVALID", { rekor: "v2", timestamp })).message, /at most 65536/);
  });

  test("is refused where it is for another signature", async () => {
    for (const timestamp of [{ tamperImprint: flipped }, info({ messageImprint: imprintBy("sha256") })]) {
      await refused("TIMESTAMP_MISMATCH", { rekor: "v2", timestamp });
      await refused("TIMESTAMP_MISMATCH", { timestamp });
    }
  });

  test("is rejected where another key signed it in the authority's name", () =>
    refused("TIMESTAMP_INVALID", {
      rekor: "v2",
      timestamp: { authority: { ...tsa, leaf: { ...tsa.leaf, privateKey: newKey("P-256") } } },
    }));

  test("is by an authority of the trusted root", async () => {
    await refused("TIMESTAMP_AUTHORITY_UNKNOWN", { rekor: "v2", timestamp: { authority: unrelated } });
    await refused("TIMESTAMP_AUTHORITY_UNKNOWN", { rekor: "v2" }, { root: { change: (root) => ({ ...root, timestampAuthorities: [] }) } });
  });

  test("does not make its own authority trusted by bringing the certificates", () =>
    refused("TIMESTAMP_AUTHORITY_UNKNOWN", { rekor: "v2", timestamp: { authority: unrelated, certificates: "chain" } }));

  test("was made while its authority was trusted", async () => {
    for (const validFor of [{ start: seconds(1) }, { start: seconds(-100), end: seconds(-1) }]) {
      await refused("TIMESTAMP_AUTHORITY_UNKNOWN", { rekor: "v2" }, { root: { validFor: { tsa: validFor } } });
    }
    await verify({ rekor: "v2" }, { root: { validFor: { tsa: { start: SIGNED_AT, end: SIGNED_AT } } } });
  });

  const leaves: readonly [string, CertificateRecipe][] = [
    ["had expired", { notAfter: seconds(-1) }],
    ["was not valid yet", { notBefore: seconds(1) }],
    ["is for signing code", { extendedKeyUsage: ["1.3.6.1.5.5.7.3.3"] }],
    ["is for more than time stamping", { extendedKeyUsage: [TIME_STAMPING, "1.3.6.1.5.5.7.3.3"] }],
    ["is for any purpose", { extendedKeyUsage: ["2.5.29.37.0"] }],
    ["does not say what it is for", { extendedKeyUsage: null }],
    ["does not insist on what it is for", { extendedKeyUsageCritical: false }],
    ["is not for signatures", { keyUsage: [2] }],
    ["has an altered signature", { tamperSignature: (signature) => flipped(signature, -1) }],
  ];
  for (const [what, leaf] of leaves) {
    test(`is refused where its authority's certificate ${what}`, () =>
      refused("TIMESTAMP_INVALID", { rekor: "v2" }, { by: makeInstance({ tsa: { leaf } }) }));
  }
  test("is refused where its authority's root had expired", () =>
    refused("TIMESTAMP_INVALID", { rekor: "v2" }, { by: makeInstance({ tsa: { root: { notAfter: seconds(-1) } } }) }));

  test("is taken in every form that authorities write", async () => {
    const forms: readonly TimestampRecipe[] = [
      { certificates: "none" },
      { certificates: "chain" },
      { accuracySeconds: null, nonce: null },
      { imprintHash: "sha512" },
      { imprintHash: "sha384", hash: "sha512" },
      { status: 1 },
      info({ tsa: empty }),
      info({ ordering: boolean(true) }),
      info({ extensions: explicit(1, sequence(oid("1.2.3"), octetString(empty))) }),
      without(ATTRIBUTE.SIGNING_TIME),
    ];
    for (const timestamp of forms) await verify({ rekor: "v2", timestamp });
    const { verifiedAt } = await verify({ rekor: "v2", timestamp: { fraction: ".123456" } });
    assert.equal(verifiedAt.time.toISOString(), "2026-06-15T12:00:00.123Z");
  });

  test("may be by a certificate that the trusted root does not name, under an authority that it does", async () => {
    const change = (root: ReturnType<typeof instance.trustedRoot>): unknown => ({
      ...root,
      timestampAuthorities: root.timestampAuthorities.map((authority) => ({
        ...authority,
        certChain: { certificates: authority.certChain.certificates.slice(-1) },
      })),
    });
    await verify({ rekor: "v2" }, { root: { change } });
    await refused("TIMESTAMP_AUTHORITY_UNKNOWN", { rekor: "v2", timestamp: { certificates: "none" } }, { root: { change } });
    await refused("TIMESTAMP_AUTHORITY_UNKNOWN", { rekor: "v2", timestamp: { authority: unrelated } }, { root: { change } });
  });

  test("is over the signature, not over what was signed", () =>
    refused("TIMESTAMP_MISMATCH", {
      rekor: "v2",
      timestamp: info({ messageImprint: sequence(sequence(oid(HASH_OIDS.sha256), derNull()), octetString(sha256("payload"))) }),
    }));
});
