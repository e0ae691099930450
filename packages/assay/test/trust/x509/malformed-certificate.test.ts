import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { array, assert as check, asyncProperty, integer as anyInteger, uint8Array } from "fast-check";
import { DerReader, readDer } from "../../../src/encoding/der.ts";
import { AssayError } from "../../../src/core/error.ts";
import { parseCertificate } from "../../../src/trust/x509/certificate.ts";
import { validateCertificatePath } from "../../../src/trust/x509/path.ts";
import {
  bitString,
  boolean,
  bytes,
  concat,
  derNull,
  explicit,
  hex,
  implicit,
  integer,
  namedBits,
  octetString,
  oid,
  sequence,
  tlv,
  utf8,
} from "../../support/der-writer.ts";
import { refusedWith, rejectsWith } from "../../support/rejects.ts";
import {
  algorithmOf,
  authorityKeyIdentifier,
  basicConstraints,
  CODE_SIGNING,
  commonName,
  directoryName,
  dnsName,
  makeCa,
  makeCertificate,
  type CertificateRecipe,
  nameConstraints,
  NOW,
  otherName,
  spkiOf,
} from "../../support/x509/make.ts";
import { effort } from "../../support/effort.ts";

const root = makeCa();
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const attribute = (id: string, text: string): Uint8Array => sequence(oid(id), utf8(text));
const outOfOrder = sequence(tlv(0x31, attribute("2.5.4.3", "signer"), attribute("2.5.4.10", "Acme")));
const twice = sequence(tlv(0x31, attribute("2.5.4.3", "signer"), attribute("2.5.4.3", "signer")));

/** The DER with a NULL at the end of each of its constructed values in turn, also of those inside of octet strings. */
function withOneMore(der: Uint8Array): { der: Uint8Array; changed: Uint8Array }[] {
  const value = readDer(der);
  const isWrapping = value.tag === 0x04 && value.content[0] === 0x30;
  if ((value.tag & 0x20) === 0 && !isWrapping) return [];
  const children = new DerReader(value.content).rest().map((child) => child.der);
  const inside = children.flatMap((child, index) =>
    withOneMore(child).map((variant) => ({ ...variant, der: tlv(value.tag, ...children.with(index, variant.der)) })),
  );
  return [...inside, { der: tlv(value.tag, ...children, derNull()), changed: der }];
}

suite("a certificate is malformed", () => {
  const extension = (id: string, value: Uint8Array): CertificateRecipe => ({ extensions: [{ oid: id, value }] });
  const raw = (der: Uint8Array): Uint8Array => {
    // The extension is put in by hand, where the maker would write it properly.
    const made = makeCertificate({ extensions: [{ oid: "1.2.3", value: bytes(1, 2, 3, 4) }] });
    const placeholder = sequence(oid("1.2.3"), octetString(bytes(1, 2, 3, 4)));
    assert.equal(placeholder.length, der.length, "the same length, so that those around it stay true");
    const at = Buffer.from(made.der).indexOf(placeholder);
    return concat(made.der.subarray(0, at), der, made.der.subarray(at + der.length));
  };
  const der = makeCertificate().der;
  const uniqueId = implicit(1, bitString(bytes(1)));
  const wrong: readonly [string, Uint8Array][] = [
    ["where it is empty", new Uint8Array()],
    ["where bytes follow", concat(der, bytes(0))],
    ["where it is cut short", der.subarray(0, -1)],
    ["of version 1 with unique identifiers", makeCertificate({ version: null, extensions: null, afterKey: uniqueId }).der],
    ["of version 1 with extensions", makeCertificate({ version: null }).der],
    ["of version 2 with extensions", makeCertificate({ version: 1 }).der],
    ["of version 4", makeCertificate({ version: 3 }).der],
    ["with an extension twice", makeCertificate({ extra: [{ oid: "2.5.29.15", value: namedBits(0) }] }).der],
    ["with a negative path length", makeCertificate(extension("2.5.29.19", sequence(boolean(true), integer(-1)))).der],
    ["with bytes behind an extension's value", makeCertificate(extension("2.5.29.19", concat(basicConstraints(true), bytes(0)))).der],
    ["with an alternative name of no known form", makeCertificate({ names: [tlv(0x89, bytes(1))] }).der],
    ["with a malformed directory name", makeCertificate({ names: [tlv(0xa4, bytes(5, 0))] }).der],
    ["with an alternative name that is not DER", makeCertificate(extension("2.5.29.17", utf8("example.com").subarray(2))).der],
    ["with name constraints that constrain nothing", makeCertificate(extension("2.5.29.30", nameConstraints({}))).der],
    ["with an empty list of policies", makeCertificate(extension("2.5.29.32", sequence())).der],
    ["with an empty list of policy mappings", makeCertificate(extension("2.5.29.33", sequence())).der],
    [
      "with a policy mapping to anyPolicy",
      makeCertificate(extension("2.5.29.33", sequence(sequence(oid("1.2.3"), oid("2.5.29.32.0"))))).der,
    ],
    [
      "with a policy mapping from anyPolicy",
      makeCertificate(extension("2.5.29.33", sequence(sequence(oid("2.5.29.32.0"), oid("1.2.3"))))).der,
    ],
    ["with a negative number of certificates before anyPolicy ends", makeCertificate(extension("2.5.29.54", integer(-1))).der],
    [
      "with a critical policy and an unknown qualifier",
      makeCertificate({
        extensions: [
          { oid: "2.5.29.32", critical: true, value: sequence(sequence(oid("1.2.3"), sequence(sequence(oid("1.2.4"), derNull())))) },
        ],
      }).der,
    ],
  ];
  for (const [what, input] of wrong) test(what, () => refusedWith("CERTIFICATE_INVALID", () => parseCertificate(input)));

  const departing: readonly [string, Uint8Array][] = [
    ["with an empty list of extensions", makeCertificate({ extensions: null, afterKey: explicit(3, sequence()) }).der],
    ["of version 1 that is written out", makeCertificate({ version: 0, extensions: null }).der],
    ["with an extension that writes out that it is not critical", raw(sequence(oid("1.2.3"), boolean(false), octetString(bytes(1))))],
    ["with a key usage of nothing", makeCertificate({ keyUsage: [] }).der],
    ["with a key usage that ends in zero bits", makeCertificate(extension("2.5.29.15", hex("03 02 00 80"))).der],
    ["with an extended key usage of nothing", makeCertificate({ extendedKeyUsage: [] }).der],
    ["with basic constraints that write out their default", makeCertificate(extension("2.5.29.19", sequence(boolean(false)))).der],
    ["with a path length and no CA", makeCertificate(extension("2.5.29.19", basicConstraints(false, 0))).der],
    ["with an empty list of alternative names", makeCertificate({ names: [] }).der],
    ["with an alternative name that is not ASCII", makeCertificate({ names: [tlv(0x82, utf8("é").subarray(2))] }).der],
    ["with an empty key identifier", makeCertificate(extension("2.5.29.14", octetString(bytes()))).der],
    ["with an empty key identifier of the issuer", makeCertificate(extension("2.5.29.35", authorityKeyIdentifier(bytes()))).der],
    [
      "with a serial number of the issuer and no name for it",
      makeCertificate(extension("2.5.29.35", sequence(implicit(2, integer(1))))).der,
    ],
    ["with a policy twice", makeCertificate(extension("2.5.29.32", sequence(sequence(oid("1.2.3")), sequence(oid("1.2.3"))))).der],
    ["with policy constraints that constrain nothing", makeCertificate(extension("2.5.29.36", sequence())).der],
    ["with a key usage whose unused bits are set", makeCertificate(extension("2.5.29.15", hex("03 02 07 ff"))).der],
    ["with a path length in two octets", makeCertificate(extension("2.5.29.19", sequence(boolean(true), tlv(2, bytes(0, 1))))).der],
    ["with a serial number in more octets than it needs", makeCertificate({ serialDer: tlv(2, bytes(0, 0, 5)) }).der],
    ["with a time before 2050 as GeneralizedTime", makeCertificate({ notBeforeDer: tlv(0x18, ascii("20111006083956Z")) }).der],
    ["with a name whose parts are out of order", makeCertificate({ subject: outOfOrder }).der],
    ["with a part of a name twice", makeCertificate({ subject: twice }).der],
  ];
  for (const [what, input] of departing) {
    test(`in the strict profile only: ${what}`, () => {
      const { departures } = parseCertificate(input);
      assert.equal(departures.length, 1, departures.join("; "));
      assert.deepEqual(parseCertificate(makeCertificate().der).departures, []);
    });
  }

  test("and means the same where it departs from DER without doubt", () => {
    const keyUsage = (text: string): unknown => parseCertificate(makeCertificate(extension("2.5.29.15", hex(text))).der).keyUsage;
    assert.deepEqual(keyUsage("03 02 00 80"), new Set(["digitalSignature"]));
    assert.deepEqual(keyUsage("03 02 07 ff"), new Set(["digitalSignature"]), "bits behind the end do not count");
    assert.deepEqual(keyUsage("03 02 07 00"), new Set());
    const { serial } = parseCertificate(makeCertificate({ serialDer: tlv(2, bytes(0, 0, 5)) }).der);
    assert.deepEqual(serial, bytes(5), "as revocation lists name it");
    assert.deepEqual(parseCertificate(makeCertificate(extension("2.5.29.19", sequence(boolean(false)))).der).basicConstraints, {
      isCa: false,
      pathLength: undefined,
    });
    const { notBefore } = parseCertificate(makeCertificate({ notBeforeDer: tlv(0x18, ascii("20111006083956Z")) }).der);
    assert.equal(notBefore.toISOString(), "2011-10-06T08:39:56.000Z");
  });

  test("where it is larger than any that is in use", async () => {
    const large = (size: number): Uint8Array => makeCertificate({ extra: [{ oid: "1.2.3", value: new Uint8Array(size) }] }).der;
    parseCertificate(large(200_000));
    await rejectsWith("CERTIFICATE_INVALID", () => parseCertificate(large(300_000)));
  });

  test("and not of version 2 with unique identifiers", () => {
    assert.equal(parseCertificate(makeCertificate({ version: 1, extensions: null, afterKey: uniqueId }).der).version, 2);
  });

  test("where any structure in it has one value more than it should", async () => {
    const policy = sequence(oid("1.2.3"), sequence(sequence(oid("1.3.6.1.5.5.7.2.1"), utf8("text"))));
    const full = makeCertificate({
      ca: true,
      pathLength: 1,
      issuer: root,
      names: [directoryName(commonName("me")), otherName("1.2.3.4", utf8("a"))],
      nameConstraints: nameConstraints({ permitted: [dnsName("a.example")], excluded: [directoryName(commonName("you"))] }),
      authorityKeyIdentifier: sequence(
        implicit(0, octetString(bytes(1))),
        tlv(0xa1, directoryName(commonName("root"))),
        implicit(2, integer(1)),
      ),
      extendedKeyUsage: [CODE_SIGNING],
      extra: [
        { oid: "2.5.29.32", value: sequence(policy) },
        { oid: "2.5.29.33", value: sequence(sequence(oid("1.2.3"), oid("1.2.4"))) },
        { oid: "2.5.29.36", critical: true, value: sequence(implicit(0, integer(9))) },
        { oid: "2.5.29.54", critical: true, value: integer(9) },
      ],
    });
    parseCertificate(full.der);
    const variants = withOneMore(full.der);
    assert.ok(variants.length > 60, `${variants.length} structures`);
    // The key, and the algorithms, are read where they are used; of a policy's qualifier only the name is.
    const spki = spkiOf(full.privateKey);
    const unread = [spki, algorithmOf(root.privateKey), sequence(oid("1.3.6.1.5.5.7.2.1"), utf8("text"))];
    const isUnread = (changed: Uint8Array): boolean => unread.some((part) => Buffer.from(part).includes(Buffer.from(changed)));
    for (const { der: variant, changed } of variants) {
      if (!isUnread(changed)) await rejectsWith("CERTIFICATE_INVALID", () => parseCertificate(variant));
    }
  });

  test("and not where a policy has the qualifiers that are known, or is not critical", () => {
    const policy = (qualifier: string): Uint8Array => sequence(sequence(oid("1.2.3"), sequence(sequence(oid(qualifier), derNull()))));
    parseCertificate(makeCertificate({ extensions: [{ oid: "2.5.29.32", critical: true, value: policy("1.3.6.1.5.5.7.2.1") }] }).der);
    parseCertificate(makeCertificate({ extensions: [{ oid: "2.5.29.32", value: policy("1.2.4") }] }).der);
  });
});

suite("whatever the bytes", () => {
  const ca = makeCa({ issuer: root, nameConstraints: nameConstraints({ permitted: [dnsName("example.com")] }), pathLength: 1 });
  const leaf = makeCertificate({ issuer: ca, names: [dnsName("a.example.com"), directoryName(commonName("x"))] });
  const anchors = [root.der];
  const sources = [leaf.der, ca.der, root.der];

  const onlyOurs = async (work: () => unknown): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      assert.ok(error instanceof AssayError, String(error));
      assert.notEqual(error.code, "INTERNAL");
      assert.notEqual(error.message.trim(), "");
      return false;
    }
  };

  test("reading throws nothing but our own error", () =>
    check(
      asyncProperty(uint8Array({ maxLength: 200 }), async (input) => {
        await onlyOurs(() => parseCertificate(input));
      }),
    ));

  test("an altered certificate is never accepted, and nothing but our own error is thrown", () =>
    check(
      asyncProperty(
        anyInteger({ min: 0, max: 2 }),
        anyInteger({ min: 0, max: 2000 }),
        anyInteger({ min: 1, max: 255 }),
        async (which, at, change) => {
          const source = sources[which]!;
          const altered = source.with(at % source.length, source[at % source.length]! ^ change);
          const [changedLeaf, changedCa, changedRoot] = sources.map((der, index) => (index === which ? altered : der)) as [
            Uint8Array,
            Uint8Array,
            Uint8Array,
          ];
          const accepted = await onlyOurs(() =>
            validateCertificatePath({ leaf: changedLeaf, candidates: [changedCa], anchors: [changedRoot], at: NOW }),
          );
          // Of an anchor only what its signature covers is believed, and that signature is not checked.
          if (which < 2) assert.equal(accepted, false);
        },
      ),
      { numRuns: effort(250, 1000) },
    ));

  test("cut, doubled and shuffled candidates are harmless", () =>
    check(
      asyncProperty(array(anyInteger({ min: 0, max: 600 }), { maxLength: 8 }), async (cuts) => {
        const candidates = [
          ...cuts.map((cut) => ca.der.subarray(0, cut % ca.der.length)),
          ...cuts.map((cut) => concat(root.der.subarray(cut), leaf.der)),
        ];
        assert.equal(
          await onlyOurs(() => validateCertificatePath({ leaf: leaf.der, candidates: [...candidates, ca.der], anchors, at: NOW })),
          true,
        );
        assert.equal(await onlyOurs(() => validateCertificatePath({ leaf: leaf.der, candidates, anchors, at: NOW })), false);
      }),
      { numRuns: 50 },
    ));
});
