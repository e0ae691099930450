import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { suite, test } from "node:test";
import { array, assert as check, integer as anyInteger, property, uint8Array } from "fast-check";
import { DerReader, readDer } from "../../../src/encoding/der.ts";
import { AssayError } from "../../../src/core/error.ts";
import { parseRevocationList, type RevocationList } from "../../../src/trust/x509/crl.ts";
import { readRevocationLists } from "../../../src/trust/x509/crl-file.ts";
import {
  bytes,
  concat,
  derNull,
  explicit,
  hex,
  implicit,
  integer,
  octetString,
  oid,
  sequence,
  tlv,
  utf8,
} from "../../support/der-writer.ts";
import { refusedWith, rejectsWith } from "../../support/rejects.ts";
import { algorithmOf, commonName, directoryName, makeCa, name, NOW, uri } from "../../support/x509/make.ts";
import { type ListRecipe, makeList, NEXT_UPDATE, REVOKED_AT, scope, THIS_UPDATE, writeEntry } from "../../support/x509/make-crl.ts";
import { effort } from "../../support/effort.ts";
import { withoutHanging } from "../../support/without-hanging.ts";

const issuer = makeCa();
const SERIAL = Uint8Array.of(0x12, 0x34);
const read = (recipe: Omit<ListRecipe, "issuer"> = {}): RevocationList => parseRevocationList(makeList({ issuer, ...recipe }).der);
const invalidityDate = new Date("2026-02-01T10:20:30Z");

suite("a revocation list that is read", () => {
  const entries = [{ serial: 1 }, { serial: SERIAL, reason: 1, invalidityDate }, { serial: 1n << 150n, reason: 6 }];
  const recipe = { issuer, entries, number: 1n << 70n, scope: scope({ names: [uri("http://crl.example.com/a")], flags: [1] }) };
  const list = parseRevocationList(makeList(recipe).der);

  test("has its fields", () => {
    assert.equal(list.issuer.rfc4514, "CN=root");
    assert.deepEqual([list.thisUpdate, list.nextUpdate], [THIS_UPDATE, NEXT_UPDATE]);
    assert.equal(list.number, 1n << 70n);
    assert.deepEqual(list.authorityKeyIdentifier, issuer.keyIdentifier);
    assert.deepEqual(list.scope, {
      distributionPoint: [{ type: "uri", value: "http://crl.example.com/a" }],
      certificates: "users",
      isOfSomeReasons: false,
    });
    assert.equal(list.revoked.count, 3);
  });

  test("finds an entry by its serial number, with reason and dates", () => {
    assert.deepEqual(list.revoked.find(SERIAL), { date: REVOKED_AT, reason: "keyCompromise", invalidityDate });
    assert.deepEqual(list.revoked.find(bytes(1)), { date: REVOKED_AT, reason: undefined, invalidityDate: undefined });
    assert.equal(list.revoked.find(hex(`40 ${"00 ".repeat(18)}`))?.reason, "certificateHold");
    assert.equal(list.revoked.find(bytes(2)), undefined);
    assert.equal(list.revoked.find(bytes(0x12)), undefined);
  });

  test("may be of version 1, without number, entries and extensions", () => {
    const old = read({ version: null, extensions: null });
    assert.deepEqual([old.number, old.authorityKeyIdentifier, old.revoked.count], [undefined, undefined, 0]);
    assert.equal(read({ version: null, extensions: null, entries: [{ serial: 1 }] }).revoked.count, 1);
  });

  test("may leave out when the next one is due", () => assert.equal(read({ nextUpdate: null }).nextUpdate, undefined));
  test("may write an empty list of entries", () => assert.equal(read({ rawEntries: bytes() }).revoked.count, 0));
  test("may have extensions that are unknown and not critical", () => {
    const extra = [{ oid: "1.2.3", value: derNull() }];
    assert.equal(read({ extra, entries: [{ serial: 1, extra }] }).revoked.count, 1);
  });

  test("knows every reason that a complete list may give", () => {
    const reasons = [0, 1, 2, 3, 4, 5, 6, 9, 10].map((reason) => read({ entries: [{ serial: 1, reason }] }).revoked.find(bytes(1))?.reason);
    assert.deepEqual(reasons, [
      "unspecified",
      "keyCompromise",
      "cACompromise",
      "affiliationChanged",
      "superseded",
      "cessationOfOperation",
      "certificateHold",
      "privilegeWithdrawn",
      "aACompromise",
    ]);
  });

  test("does not change with the bytes that it was read from", () => {
    const source = Uint8Array.from(makeList({ issuer, entries: [{ serial: SERIAL }] }).der);
    const before = createHash("sha256").update(source).digest("hex");
    const copied = parseRevocationList(source);
    source.fill(0);
    assert.equal(createHash("sha256").update(copied.der).digest("hex"), before);
    assert.ok(copied.revoked.find(SERIAL));
  });

  test("is what OpenSSL reads", () => {
    const text = execFileSync("openssl", ["crl", "-inform", "DER", "-noout", "-text"], { input: makeList(recipe).der, encoding: "utf8" });
    assert.match(text, /Serial Number: 1234\s+Revocation Date: Mar {2}1 00:00:00 2026 GMT\s+CRL entry extensions:/);
    assert.match(text, /Key Compromise\s+Invalidity Date: *\s+Feb {2}1 10:20:30 2026 GMT/);
    assert.match(text, /Issuing Distribution Point: critical/);
    assert.match(text, /Only User Certificates/);
  });
});

suite("a revocation list is refused", () => {
  const critical = { oid: "1.2.3", critical: true, value: derNull() };
  const entry = (...more: Uint8Array[]): Uint8Array => sequence(integer(1), writeEntry({ serial: 1 }).subarray(5), ...more);
  const point = (...parts: Uint8Array[]): ListRecipe => ({ issuer, scope: sequence(...parts) });
  const yes = (number: number, octet = 0xff): Uint8Array => tlv(0x80 + number, bytes(octet));
  const uriPoint = explicit(0, explicit(0, uri("http://example.com")));
  const wrong: readonly [string, Omit<ListRecipe, "issuer">][] = [
    ["of a version that is spelled out as 1", { version: 0 }],
    ["of a later version", { version: 2 }],
    ["of version 1 with extensions", { version: null }],
    ["of version 1 with extensions of an entry", { version: null, extensions: null, entries: [{ serial: 1, reason: 1 }] }],
    ["with two signature algorithms", { innerAlgorithm: algorithmOf(issuer.privateKey, "sha384") }],
    ["without an issuer", { issuerName: name() }],
    ["whose next one was due before it", { nextUpdate: new Date("2026-06-09T00:00:00Z") }],
    ["with a critical extension that is unknown", { extra: [critical] }],
    ["with a critical extension of an entry that is unknown", { entries: [{ serial: 2 }, { serial: 1, extra: [critical] }] }],
    ["with an extension twice", { extra: [{ oid: "2.5.29.20", value: integer(1) }] }],
    ["that is a delta list", { extra: [{ oid: "2.5.29.27", critical: true, value: integer(1) }] }],
    ["that is a delta list and does not say so critically", { extra: [{ oid: "2.5.29.27", value: integer(1) }] }],
    ["that is indirect", { scope: scope({ flags: [4] }) }],
    [
      "with an entry for another issuer's certificate",
      { entries: [{ serial: 1, extra: [{ oid: "2.5.29.29", critical: true, value: sequence(directoryName(commonName("x"))) }] }] },
    ],
    ["with a negative number", { number: -1 }],
    ["with bytes behind its number", { extensions: [{ oid: "2.5.29.20", value: concat(integer(1), bytes(0)) }] }],
    ["with the reason 7", { entries: [{ serial: 1, reason: 7 }] }],
    ["with the reason removeFromCRL", { entries: [{ serial: 1, reason: 8 }] }],
    ["with the reason 11", { entries: [{ serial: 1, reason: 11 }] }],
    ["with a reason that is an integer", { entries: [{ serial: 1, extra: [{ oid: "2.5.29.21", value: integer(1) }] }] }],
    ["with an invalidity date that is a UTCTime", dated("20260201102030Z", 0x17)],
    ["with an invalidity date of a day that does not exist", dated("20260230102030Z")],
    ["with an invalidity date of the hour 24", dated("20260201240000Z")],
    ["with an invalidity date with fractions", dated("20260201102030.5Z")],
    ["with an invalidity date without a time zone", dated("20260201102030")],
    ["with an invalidity date that is not a date", dated("2026-02-01T10:20:30.000Z")],
    ["with an entry that has one value more", { rawEntries: entry(sequence(sequence(oid("1.2.3"), octetString(bytes()))), derNull()) }],
    ["with an entry without a date", { rawEntries: sequence(integer(1)) }],
    ["with an entry that is not a sequence", { rawEntries: integer(1) }],
    ["with a serial number of no octets", { entries: [{ serial: bytes() }] }],
    ["with an entry that is cut off", { rawEntries: concat(writeEntry({ serial: 1 }), writeEntry({ serial: 2 }).subarray(0, 10)) }],
    ["with a distribution point that says nothing", point()],
    ["with a distribution point without a name", point(explicit(0, explicit(0)))],
    ["with a distribution point relative to its issuer", point(explicit(0, tlv(0xa1, sequence(oid("2.5.4.3"), utf8("x")))))],
    ["with a distribution point of two choices", point(explicit(0, explicit(0, uri("a:b")), explicit(0, uri("a:b"))))],
    ["with a distribution point and something behind it", point(uriPoint, yes(6))],
    ["with a distribution point out of order", point(yes(1), uriPoint)],
    ["that is only for users and only for authorities", { scope: scope({ flags: [1, 2] }) }],
    ["that is only for users and only for attributes", { scope: scope({ flags: [1, 5] }) }],
    ["with a scope whose flag is neither true nor false", point(yes(1, 1))],
    ["with an empty list of reasons", point(tlv(0x83, bytes(0)))],
  ];
  function dated(text: string, tag = 0x18): Omit<ListRecipe, "issuer"> {
    const value = tlv(tag, new TextEncoder().encode(text));
    return { entries: [{ serial: 1, extra: [{ oid: "2.5.29.24", value }] }] };
  }
  for (const [what, recipe] of wrong) test(what, () => refusedWith("CRL_INVALID", () => read(recipe)));

  const departing: readonly [string, Omit<ListRecipe, "issuer">][] = [
    ["with a number of 21 octets", { number: 1n << 160n }],
    ["with an empty key identifier", { authorityKeyIdentifier: sequence(implicit(0, octetString(bytes()))) }],
    ["with an entry that has an empty list of extensions", { rawEntries: entry(sequence()) }],
    ["with a serial number that is not in the fewest octets", { entries: [{ serial: bytes(0, 1) }] }],
    ["with a scope that spells out its default", point(yes(1, 0))],
    ["with a list of reasons that ends in zero bits", point(tlv(0x83, bytes(0, 0x40)))],
  ];
  for (const [what, recipe] of departing) {
    test(`in the strict profile only: ${what}`, () => assert.equal(read(recipe).departures.length, 1));
  }

  test("not for a serial number in more octets than it needs, which still names its certificate", () => {
    const { revoked } = read({ entries: [{ serial: bytes(0, 0, 5) }] });
    assert.ok(revoked.find(bytes(5)) !== undefined);
  });

  test("of over 64 MiB, without being read", async () => {
    const error = await rejectsWith("CRL_INVALID", () => parseRevocationList(new Uint8Array(64 * 1024 * 1024 + 1)));
    assert.match(error.message, /at most 67108864/);
  });

  test("where any structure in it has one value more than it should", async () => {
    const full = makeList({
      issuer,
      entries: [{ serial: 1, reason: 1, invalidityDate }],
      scope: scope({ names: [directoryName(commonName("x"))], flags: [1], reasons: [1] }),
    }).der;
    parseRevocationList(full);
    const variants = withOneMore(full);
    assert.ok(variants.length > 25, `${variants.length} structures`);
    // How the list is signed is read where its signature is verified.
    const algorithm = Buffer.from(algorithmOf(issuer.privateKey));
    for (const { der, changed } of variants) {
      if (!algorithm.includes(Buffer.from(changed))) await rejectsWith("CRL_INVALID", () => parseRevocationList(der));
    }
  });

  test("where the certificate that is asked for appears in it twice", () => {
    const list = read({ entries: [{ serial: 5 }, { serial: 6 }, { serial: 5, reason: 1 }] });
    assert.ok(list.revoked.find(bytes(6)));
    return refusedWith("CRL_INVALID", () => list.revoked.find(bytes(5)));
  });
});

suite("a file of revocation lists", () => {
  const [one, other] = [makeList({ issuer, number: 1 }), makeList({ issuer, number: 2 })];
  test("is one list in DER, or several in PEM among other blocks", () => {
    const numbers = (file: Uint8Array | string): unknown[] => readRevocationLists(file).map(({ number }) => number);
    assert.deepEqual(numbers(one.der), [1n]);
    assert.deepEqual(numbers(one.pem), [1n]);
    assert.deepEqual(numbers(new TextEncoder().encode(`about\n${one.pem}${issuer.pem}\n${other.pem}`)), [1n, 2n]);
  });
  test("is refused without any", async () => {
    await rejectsWith("CRL_INVALID", () => readRevocationLists(""));
    await rejectsWith("CRL_INVALID", () => readRevocationLists(issuer.pem));
    await rejectsWith("CRL_INVALID", () => readRevocationLists(issuer.der));
  });
  test("is refused where one of its lists is damaged", async () => {
    await rejectsWith("PEM_INVALID", () => readRevocationLists(one.pem + other.pem.slice(0, 200)));
    const damaged = makeList({ issuer, number: -1 }).pem;
    await rejectsWith("CRL_INVALID", () => readRevocationLists(one.pem + damaged));
    await rejectsWith("CRL_INVALID", () => readRevocationLists(concat(one.der, other.der)));
  });
  test("is refused over 64 MiB", () => refusedWith("CRL_INVALID", () => readRevocationLists(" ".repeat(64 * 1024 * 1024 + 1) + one.pem)));
});

test("a list of 200,000 entries is read and searched in time that grows with its length", () => {
  const byReason = Array.from({ length: 7 }, (_, reason) => Buffer.from(writeEntry({ serial: 1n << 120n, reason })));
  const entries = Array.from({ length: 200_000 }, (_, index) => {
    const entry = Buffer.from(byReason[index % 7]!);
    // The serial number's 16 bytes follow two headers of two bytes.
    entry.writeUIntBE(index, 2 + 2 + 16 - 3, 3);
    return entry;
  });
  const { der } = makeList({ issuer, rawEntries: new Uint8Array(Buffer.concat(entries)) });
  const list = withoutHanging(() => parseRevocationList(der));
  assert.equal(list.revoked.count, 200_000);
  assert.equal(list.revoked.find(hex(`01 ${"00".repeat(12)} 03 0d 3f`))?.reason, "cACompromise");
  assert.equal(list.revoked.find(hex(`01 ${"00".repeat(12)} 03 0d 40`)), undefined);
});

suite("whatever the bytes", () => {
  const source = makeList({
    issuer,
    entries: [{ serial: 1, reason: 1, invalidityDate: NOW }],
    scope: scope({ flags: [1], reasons: [1] }),
  }).der;
  const onlyOurs = (file: Uint8Array): void => {
    try {
      for (const { revoked } of readRevocationLists(file)) revoked.find(SERIAL);
    } catch (error) {
      assert.ok(error instanceof AssayError, String(error));
      assert.ok(error.code === "CRL_INVALID" || error.code === "PEM_INVALID", error.code);
    }
  };
  test("reading a file of lists throws nothing but our own error", () =>
    check(
      property(uint8Array({ maxLength: 300 }), (input) => {
        onlyOurs(input);
        onlyOurs(concat(bytes(0x30), input));
      }),
    ));
  test("nor does reading a list that was altered", () =>
    check(
      property(
        array(anyInteger({ min: 0, max: 65_535 }), { minLength: 1, maxLength: 4 }),
        anyInteger({ min: 0, max: 600 }),
        (changes, cut) => {
          const altered = Uint8Array.from(source);
          for (const change of changes) altered[(change >> 8) % altered.length] = change & 0xff;
          onlyOurs(altered);
          onlyOurs(altered.subarray(0, cut));
        },
      ),
      { numRuns: effort(750, 3000) },
    ));
});

/** The value with a NULL at the end of each structure in it in turn; extensions' values are structures too. */
function withOneMore(der: Uint8Array): { der: Uint8Array; changed: Uint8Array }[] {
  const { tag, content } = readDer(der);
  if ((tag & 0x20) === 0 && tag !== 0x04) return [];
  const children = new DerReader(content).rest().map((child) => child.der);
  const inside = children.flatMap((child, index) =>
    withOneMore(child).map((variant) => ({ ...variant, der: tlv(tag, ...children.with(index, variant.der)) })),
  );
  return [...inside, { der: tlv(tag, ...children, derNull()), changed: der }];
}
