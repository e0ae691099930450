import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite, test } from "node:test";
import type { ErrorCode } from "../../../src/core/error-codes.ts";
import { type Certificate, parseCertificate } from "../../../src/trust/x509/certificate.ts";
import { readRevocationLists } from "../../../src/trust/x509/crl-file.ts";
import { checkRevocation, type RevocationReport } from "../../../src/trust/x509/revocation.ts";
import { bytes, explicit, implicit, octetString, oid, sequence, tlv, utf8 } from "../../support/der-writer.ts";
import { refusedWith, rejectsWith } from "../../support/rejects.ts";
import { commonName, directoryName, makeCa, makeCertificate, type MadeCertificate, newKey, NOW, uri } from "../../support/x509/make.ts";
import {
  distributionPoints,
  type ListRecipe,
  makeList,
  type MadeList,
  NEXT_UPDATE,
  scope,
  THIS_UPDATE,
} from "../../support/x509/make-crl.ts";

const root = makeCa();
const ca = makeCa({ issuer: root, serial: 100 });
const leaf = makeCertificate({ subject: "leaf", issuer: ca, serial: 200 });
const rootList = makeList({ issuer: root, entries: [{ serial: 999 }] });
const caList = makeList({ issuer: ca, entries: [{ serial: 201 }, { serial: 100 }] });

interface Question {
  readonly path?: readonly MadeCertificate[];
  readonly lists: readonly MadeList[];
  /** The time checked; the default is now. */
  readonly at?: Date;
  readonly now?: Date;
}

const parsed = (path: readonly MadeCertificate[]): Certificate[] => path.map(({ der }) => parseCertificate(der));

async function check({ path = [leaf, ca, root], lists, at, now = NOW }: Question): Promise<RevocationReport> {
  const read = lists.flatMap(({ pem }) => readRevocationLists(pem));
  return checkRevocation(parsed(path), read, { at: at ?? now, now });
}
const refused = (code: ErrorCode, question: Question): Promise<void> => refusedWith(code, () => check(question));
/** Checks the leaf against lists of its CA; the CA itself is good. */
const checkLeaf = (lists: readonly Omit<ListRecipe, "issuer">[], rest: Partial<Question> = {}): Promise<RevocationReport> =>
  check({ lists: [rootList, ...lists.map((recipe) => makeList({ issuer: ca, ...recipe }))], ...rest });
const leafRefused = (code: ErrorCode, ...question: Parameters<typeof checkLeaf>): Promise<void> =>
  refusedWith(code, () => checkLeaf(...question));
const day = (text: string): Date => new Date(`2026-${text}T00:00:00Z`);

suite("a path of which nothing was revoked", () => {
  test("is reported with the lists that say so", async () => {
    const report = await check({ lists: [rootList, caList] });
    assert.deepEqual(
      report.certificates.map(({ subject, list, revokedLater }) => [subject, list.issuer, revokedLater]),
      [
        ["CN=leaf", "CN=intermediate", undefined],
        ["CN=intermediate", "CN=root", undefined],
      ],
    );
    assert.equal(report.certificates[0]?.fingerprint, createHash("sha256").update(leaf.der).digest("hex"));
    const fingerprint = createHash("sha256").update(caList.der).digest("hex");
    assert.deepEqual(report.lists[0], {
      issuer: "CN=intermediate",
      number: "7",
      thisUpdate: THIS_UPDATE,
      nextUpdate: NEXT_UPDATE,
      entries: 2,
      fingerprint,
    });
    assert.equal(report.lists.length, 2);
  });

  test("of one certificate needs no list: an anchor is trusted as it is", async () => {
    assert.deepEqual(await check({ path: [root], lists: [] }), { certificates: [], lists: [] });
  });

  test("may be checked against lists of version 1, without key identifier and number", async () => {
    const old = makeList({ issuer: root, version: null, extensions: null, entries: [{ serial: 5 }] });
    assert.equal((await check({ path: [ca, root], lists: [old] })).lists[0]?.number, undefined);
    await refused("CERTIFICATE_REVOKED", {
      path: [ca, root],
      lists: [makeList({ issuer: root, version: null, extensions: null, entries: [{ serial: 100 }] })],
    });
  });
});

suite("a certificate that was revoked", () => {
  test("is named, with the date, the reason and the list", async () => {
    const error = await rejectsWith("CERTIFICATE_REVOKED", () =>
      checkLeaf([{ entries: [{ serial: 200, reason: 1, invalidityDate: day("02-01") }] }]),
    );
    assert.equal(
      error.message,
      'the certificate "CN=leaf" was revoked at 2026-03-01T00:00:00Z (keyCompromise, no good since 2026-02-01T00:00:00Z),' +
        ' says the list of "CN=intermediate" of 2026-06-10T00:00:00Z',
    );
  });
  test("without a reason is named all the same", async () => {
    const error = await rejectsWith("CERTIFICATE_REVOKED", () => checkLeaf([{ entries: [{ serial: 200 }] }]));
    assert.match(error.message, /revoked at 2026-03-01T00:00:00Z, says/);
  });
  test("is refused as a CA too", async () => {
    const lists = [makeList({ issuer: root, entries: [{ serial: 100, reason: 2 }] }), caList];
    const error = await rejectsWith("CERTIFICATE_REVOKED", () => check({ lists }));
    assert.match(error.message, /"CN=intermediate" was revoked .* \(cACompromise\)/);
  });
  test("is the answer also where the leaf's state is unknown", () =>
    refused("CERTIFICATE_REVOKED", { lists: [makeList({ issuer: root, entries: [{ serial: 100 }] })] }));
  test("on hold is revoked while it is", () => leafRefused("CERTIFICATE_REVOKED", [{ entries: [{ serial: 200, reason: 6 }] }]));
  test("is so on a list of now with a date that is yet to come", () =>
    leafRefused("CERTIFICATE_REVOKED", [{ entries: [{ serial: 200, date: day("12-01") }] }]));
  test("twice makes the list worthless", () => leafRefused("CRL_INVALID", [{ entries: [{ serial: 200 }, { serial: 200 }] }]));
});

suite("lists must cover every certificate below the anchor", () => {
  test("the leaf", async () => {
    const error = await rejectsWith("CRL_MISSING", () => check({ lists: [rootList] }));
    assert.match(error.message, /"CN=leaf" is not covered .* none is of its issuer "CN=intermediate"/);
  });
  test("and the CAs", async () => {
    const error = await rejectsWith("CRL_MISSING", () => check({ lists: [caList] }));
    assert.match(error.message, /"CN=intermediate" .* "CN=root"/);
  });
  test("with lists of their own issuers only", async () => {
    const error = await rejectsWith("CRL_MISSING", () => check({ lists: [] }));
    assert.match(error.message, /"CN=leaf"/);
    await refused("CRL_MISSING", { lists: [rootList, makeList({ issuer: makeCa({ subject: "unrelated" }) })] });
  });
  test("and unrelated lists do no harm", async () => {
    const unrelated = makeList({ issuer: makeCa({ subject: "unrelated" }), tamperSignature: (made) => made.with(9, made[9]! ^ 1) });
    assert.equal((await check({ lists: [unrelated, rootList, caList] })).lists.length, 2);
  });
});

suite("a list must be signed", () => {
  test("by the issuer's key, whatever the key", async () => {
    for (const kind of ["P-384", "P-521", 2048, "Ed25519"] as const) {
      const own = makeCa({ key: newKey(kind) });
      const path = [makeCertificate({ issuer: own, serial: 3 }), own];
      assert.equal((await check({ path, lists: [makeList({ issuer: own })] })).lists.length, 1);
      await refused("CERTIFICATE_REVOKED", { path, lists: [makeList({ issuer: own, entries: [{ serial: 3 }] })] });
    }
  });
  test("and not be altered", async () => {
    await leafRefused("CRL_INVALID", [{ tamperSignature: (made) => made.with(made.length - 1, made.at(-1)! ^ 1) }]);
    await leafRefused("CRL_INVALID", [{ tamperSignature: (made) => made.subarray(1) }]);
    await leafRefused("CRL_INVALID", [{}, { tamperSignature: (made) => made.with(made.length - 1, made.at(-1)! ^ 1) }]);
  });
  test("by no other key under the issuer's name", async () => {
    for (const key of ["P-256", "P-384", 2048, "Ed25519"] as const) {
      const impostor = makeCa({ subject: "intermediate", key: newKey(key) });
      const named = makeList({ issuer: { ...impostor, keyIdentifier: ca.keyIdentifier } });
      await refused("CRL_INVALID", { lists: [rootList, named] });
      await refused("CRL_INVALID", { lists: [rootList, caList, makeList({ issuer: impostor, authorityKeyIdentifier: null })] });
    }
  });
  test("and does not count where it says that another key of the issuer signed it", async () => {
    const otherKey = makeCa({ issuer: root });
    const error = await rejectsWith("CRL_MISSING", () => check({ lists: [rootList, makeList({ issuer: otherKey })] }));
    assert.match(error.message, /another key/);
    const contradictory = makeList({ issuer: { ...ca, keyIdentifier: otherKey.keyIdentifier } });
    await refused("CRL_MISSING", { lists: [rootList, contradictory] });
    assert.equal((await check({ lists: [rootList, makeList({ issuer: otherKey }), caList] })).lists.length, 2);
  });
  test("by the key that signed the certificate, where two CAs of a path have one name", async () => {
    const newer = makeCa({ subject: "root", issuer: root, serial: 300 });
    const path = [makeCertificate({ issuer: newer, serial: 200 }), newer, root];
    for (const authorityKeyIdentifier of [undefined, null]) {
      const by = (issuer: MadeCertificate): MadeList =>
        makeList({ issuer, ...(authorityKeyIdentifier === null && { authorityKeyIdentifier }) });
      assert.equal((await check({ path, lists: [by(newer), by(root)] })).lists.length, 2);
      await refused("CRL_MISSING", { path, lists: [by(newer)] });
      await refused("CRL_MISSING", { path, lists: [by(root)] });
    }
  });
  test("by an issuer who may sign lists, if its key usage says anything", async () => {
    const noLists = makeCa({ issuer: root, keyUsage: [5] });
    await refused("CRL_INVALID", {
      path: [makeCertificate({ issuer: noLists }), noLists, root],
      lists: [rootList, makeList({ issuer: noLists })],
    });
    const silent = makeCa({ issuer: root, keyUsage: null });
    const path = [makeCertificate({ issuer: silent }), silent, root];
    assert.equal((await check({ path, lists: [rootList, makeList({ issuer: silent })] })).lists.length, 2);
  });
  test("and not with SHA-1, or by an unknown algorithm", async () => {
    const error = await rejectsWith("ALGORITHM_FORBIDDEN", () => checkLeaf([{ hash: "sha1" }]));
    assert.match(error.message, /^the revocation list of "CN=intermediate"/);
    const signedBy = (algorithm: Uint8Array): Omit<ListRecipe, "issuer"> => ({ innerAlgorithm: algorithm, outerAlgorithm: algorithm });
    await leafRefused("ALGORITHM_UNKNOWN", [signedBy(sequence(oid("1.3.6.1.4.1.55738.3")))]);
    await leafRefused("CRL_INVALID", [signedBy(sequence(oid("1.2.840.10045.4.3.2"), utf8("x")))]);
    await leafRefused("CRL_INVALID", [signedBy(sequence(oid("1.2.840.113549.1.1.11")))]);
  });
});

suite("a list speaks only of the certificates in its scope", () => {
  const only = (...flags: number[]): Omit<ListRecipe, "issuer"> => ({ scope: scope({ flags }), entries: [{ serial: 5 }] });
  test("users, which a leaf is and a CA is not", async () => {
    assert.equal((await checkLeaf([only(1)])).lists.length, 2);
    const error = await rejectsWith("CRL_MISSING", () => check({ lists: [caList, makeList({ issuer: root, ...only(1) })] }));
    assert.match(error.message, /is not for certificates of authorities/);
  });
  test("authorities, which a CA is and a leaf is not", async () => {
    await leafRefused("CRL_MISSING", [only(2)]);
    assert.equal((await check({ lists: [caList, makeList({ issuer: root, ...only(2) })] })).lists.length, 2);
  });
  test("attribute certificates, which none here is", () => leafRefused("CRL_MISSING", [only(5)]));
  test("and may say nothing of others", async () => {
    const recipe = { scope: scope({ flags: [2] }), entries: [{ serial: 200 }] };
    await leafRefused("CRL_MISSING", [recipe]);
    assert.equal((await checkLeaf([recipe, {}])).lists.length, 2);
  });
  test("some reasons: what it names is revoked, what it does not name may be for others", async () => {
    const some = (serial: number, bit = 1): Omit<ListRecipe, "issuer"> => ({ scope: scope({ reasons: [bit] }), entries: [{ serial }] });
    await leafRefused("CERTIFICATE_REVOKED", [some(200)]);
    const error = await rejectsWith("CRL_MISSING", () => checkLeaf([some(5)]));
    assert.match(error.message, /some of the reasons/);
    await leafRefused("CRL_MISSING", [some(5), some(5, 2)]);
    await leafRefused("CERTIFICATE_REVOKED", [{}, some(200)]);
    assert.equal((await checkLeaf([{}, some(5)])).lists.length, 2);
    await leafRefused("CRL_EXPIRED", [some(5), { nextUpdate: day("06-11") }]);
  });
});

suite("a list for a distribution point speaks of the certificates that name it", () => {
  const here = uri("http://crl.example.com/1");
  const elsewhere = uri("http://crl.example.com/2");
  const checkAt = (list: readonly Uint8Array[], ...extra: ReturnType<typeof distributionPoints>[]): Promise<RevocationReport> => {
    const own = makeCertificate({ subject: "leaf", issuer: ca, serial: 200, extra });
    return check({ path: [own, ca, root], lists: [rootList, makeList({ issuer: ca, scope: scope({ names: list }) })] });
  };
  test("by one of its names", async () => {
    assert.equal((await checkAt([here], distributionPoints([here]))).lists.length, 2);
    assert.equal((await checkAt([elsewhere, here], distributionPoints([uri("ldap://example.com"), here]))).lists.length, 2);
    const names = [directoryName(commonName("Point")), directoryName(commonName("POINT"))];
    assert.equal((await checkAt(names.slice(0, 1), distributionPoints(names.slice(1)))).lists.length, 2);
  });
  test("and not where none is the same", async () => {
    const error = await rejectsWith("CRL_MISSING", () => checkAt([elsewhere], distributionPoints([here])));
    assert.match(error.message, /is for the distribution point http:\/\/crl\.example\.com\/2 only/);
    await rejectsWith("CRL_MISSING", () => checkAt([here]));
    await rejectsWith("CRL_MISSING", () => checkAt([directoryName(commonName("a"))], distributionPoints([directoryName(commonName("b"))])));
  });
  test("or where the certificate says that another issuer publishes there, or only for some reasons", async () => {
    const otherIssuer = tlv(0xa2, directoryName(commonName("other")));
    await rejectsWith("CRL_MISSING", () => checkAt([here], distributionPoints([here], otherIssuer)));
    await rejectsWith("CRL_MISSING", () => checkAt([here], distributionPoints([here], tlv(0x81, bytes(6, 0x40)))));
  });
  test("or where the point is the issuer itself", async () => {
    assert.equal((await checkAt([directoryName(ca.subject)])).lists.length, 2);
  });
  test("and a relative name matches no list", () =>
    refusedWith("CRL_MISSING", () =>
      checkAt([here], { oid: "2.5.29.31", value: sequence(sequence(explicit(0, tlv(0xa1, sequence(oid("2.5.4.3"), utf8("x")))))) }),
    ));
  test("and malformed points cannot be compared", async () => {
    await rejectsWith("CERTIFICATE_INVALID", () => checkAt([here], { oid: "2.5.29.31", value: sequence(utf8("x")) }));
    await rejectsWith("CERTIFICATE_INVALID", () => checkAt([here], distributionPoints([])));
    await rejectsWith("CERTIFICATE_INVALID", () => checkAt([here], distributionPoints([here], implicit(5, octetString(bytes())))));
  });
});

suite("a list is of its time", () => {
  test("which has both its ends, in whole seconds", async () => {
    await checkLeaf([{}], { now: THIS_UPDATE });
    await checkLeaf([{}], { now: new Date(NEXT_UPDATE.getTime() + 999) });
    const late = await rejectsWith("CRL_EXPIRED", () => checkLeaf([{}], { now: new Date(NEXT_UPDATE.getTime() + 1000) }));
    assert.match(late.message, /of 2026-06-10T00:00:00Z ended at 2026-06-20T00:00:00Z; the time checked is 2026-06-20T00:00:01Z/);
    await leafRefused("CRL_EXPIRED", [{}], { now: new Date(THIS_UPDATE.getTime() - 1) });
  });
  test("and says until when it holds", async () => {
    const error = await rejectsWith("CRL_EXPIRED", () => checkLeaf([{ nextUpdate: null }]));
    assert.match(error.message, /does not say until when/);
    await leafRefused("CRL_EXPIRED", [{ nextUpdate: null, entries: [{ serial: 200 }] }]);
  });
  test("and an old one beside one of the time does no harm", async () => {
    const old = { thisUpdate: day("01-01"), nextUpdate: day("02-01"), entries: [{ serial: 200 }] };
    assert.deepEqual((await checkLeaf([old, {}, { ...old, nextUpdate: null }])).lists[0]?.thisUpdate, THIS_UPDATE);
  });
  test("and the latest one decides, by date and then by number", async () => {
    const hold = { entries: [{ serial: 200, reason: 6 }] };
    const [earlier, later] = [{ thisUpdate: day("06-09") }, { thisUpdate: day("06-11") }];
    await checkLeaf([{ ...hold, ...earlier }, { ...later }]);
    await checkLeaf([{ ...later }, { ...hold, ...earlier }]);
    await leafRefused("CERTIFICATE_REVOKED", [{ ...earlier }, { ...hold, ...later }]);
    await leafRefused("CERTIFICATE_REVOKED", [{ ...hold, number: 9 }, { number: 8 }]);
    await leafRefused("CERTIFICATE_REVOKED", [{ number: 8 }, { ...hold, number: 9 }]);
    await checkLeaf([{ ...hold, number: 8 }, { number: 9 }]);
  });
  test("is checked for a valid time", async () => {
    await leafRefused("USAGE", [{}], { at: new Date(Number.NaN) });
    await leafRefused("USAGE", [{}], { at: NOW, now: new Date(Number.NaN) });
  });
});

suite("a signature that a timestamp proves to be older", () => {
  const at = day("02-10");
  const always = makeList({ issuer: root, thisUpdate: day("02-01"), nextUpdate: day("12-01") });
  const checkPast = (recipes: readonly Omit<ListRecipe, "issuer">[], rest: Partial<Question> = {}): Promise<RevocationReport> =>
    check({ lists: [always, ...recipes.map((recipe) => makeList({ issuer: ca, ...recipe }))], at, ...rest });
  const pastRefused = (code: ErrorCode, ...question: Parameters<typeof checkPast>): Promise<void> =>
    refusedWith(code, () => checkPast(...question));
  const then = { thisUpdate: day("02-05"), nextUpdate: day("02-15") };

  test("is checked against the list of that time, or a later one", async () => {
    assert.equal((await checkPast([then])).lists[0]?.thisUpdate.getTime(), then.thisUpdate.getTime());
    assert.equal((await checkPast([{}])).lists[0]?.thisUpdate.getTime(), THIS_UPDATE.getTime());
    assert.equal((await checkPast([then, {}])).lists[0]?.thisUpdate.getTime(), THIS_UPDATE.getTime());
    await checkPast([{ thisUpdate: day("03-01"), nextUpdate: day("03-10") }]);
  });
  test("is not checked against an earlier one, or one that is yet to come", async () => {
    await pastRefused("CRL_EXPIRED", [{ thisUpdate: day("01-01"), nextUpdate: day("02-09") }]);
    await pastRefused("CRL_EXPIRED", [{ thisUpdate: day("06-16"), nextUpdate: day("06-30") }]);
  });
  test("is not checked against one from after the certificate expired, which need not name it any more", async () => {
    const path = [makeCertificate({ issuer: ca, notAfter: day("03-01") }), ca, root];
    const error = await rejectsWith("CRL_EXPIRED", () => checkPast([{}], { path }));
    assert.match(error.message, /after the certificate expired at 2026-03-01T00:00:00Z/);
    await checkPast([then, {}], { path });
    await checkPast([{ thisUpdate: day("03-01"), nextUpdate: day("03-10") }], { path });
  });
  test("holds where the certificate was revoked after it, which the report says", async () => {
    for (const reason of [1, 4, 6]) {
      const { certificates } = await checkPast([{ entries: [{ serial: 200, reason, date: day("02-11") }] }]);
      assert.deepEqual(certificates[0]?.revokedLater?.date, day("02-11"));
    }
  });
  test("falls where the certificate was revoked before it", async () => {
    await pastRefused("CERTIFICATE_REVOKED", [{ entries: [{ serial: 200, date: at }] }]);
    await pastRefused("CERTIFICATE_REVOKED", [{ ...then, entries: [{ serial: 200, date: day("02-04") }] }]);
    await pastRefused("CERTIFICATE_REVOKED", [{ ...then, entries: [{ serial: 200, date: day("02-14") }] }]);
  });
  test("fails where the key was compromised before it, whenever that was found out", async () => {
    const found = { serial: 200, date: day("05-01") };
    for (const reason of [1, 2, 10, 4]) await pastRefused("CERTIFICATE_REVOKED", [{ entries: [{ ...found, reason, invalidityDate: at }] }]);
    await pastRefused("CERTIFICATE_REVOKED", [then, { entries: [{ ...found, invalidityDate: day("01-01") }] }]);
    await checkPast([{ entries: [{ ...found, reason: 1, invalidityDate: day("02-11") }] }]);
  });
  test("holds where a certificate on hold was released again", async () => {
    await checkPast([{ ...then, entries: [{ serial: 200, reason: 6, date: day("02-04") }] }, {}]);
  });
});

test("OpenSSL agrees", async () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-crl-"));
  try {
    const file = (name: string, ...parts: readonly { pem: string }[]): string => {
      const path = join(folder, name);
      writeFileSync(path, parts.map(({ pem }) => pem).join(""));
      return path;
    };
    const files = [file("root.pem", root), file("ca.pem", ca), file("leaf.pem", leaf)] as const;
    const openssl = (lists: readonly MadeList[]): string => {
      const time = String(NOW.getTime() / 1000);
      const named = lists.flatMap((list, index) => ["-CRLfile", file(`${index}.crl`, list)]);
      const command = ["verify", "-crl_check_all", "-attime", time, "-CAfile", files[0], "-untrusted", files[1], ...named, files[2]];
      try {
        return execFileSync("openssl", command, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
      } catch (error) {
        return (error as { stderr: string }).stderr;
      }
    };
    const by = (recipe: Omit<ListRecipe, "issuer">): MadeList => makeList({ issuer: ca, ...recipe });
    const impostor = makeList({ issuer: { ...makeCa({ subject: "intermediate" }), keyIdentifier: ca.keyIdentifier } });
    const cases: readonly [readonly MadeList[], RegExp, ErrorCode | undefined][] = [
      [[rootList, caList], /OK/, undefined],
      [[rootList, by({ entries: [{ serial: 200, reason: 1 }] })], /certificate revoked/, "CERTIFICATE_REVOKED"],
      [[makeList({ issuer: root, entries: [{ serial: 100 }] }), caList], /certificate revoked/, "CERTIFICATE_REVOKED"],
      [[rootList], /unable to get certificate CRL/, "CRL_MISSING"],
      [[caList], /unable to get certificate CRL/, "CRL_MISSING"],
      [[rootList, by({ nextUpdate: day("06-11") })], /CRL has expired/, "CRL_EXPIRED"],
      [[rootList, by({ thisUpdate: day("06-16") })], /CRL is not yet valid/, "CRL_EXPIRED"],
      [[rootList, by({ tamperSignature: (made) => made.with(made.length - 1, made.at(-1)! ^ 1) })], /CRL signature failure/, "CRL_INVALID"],
      [[rootList, impostor], /CRL signature failure/, "CRL_INVALID"],
      [[rootList, by({ scope: scope({ flags: [1] }) })], /OK/, undefined],
      [[rootList, by({ scope: scope({ flags: [2] }) })], /[Cc]RL/, "CRL_MISSING"],
      [[rootList, by({ extra: [{ oid: "1.2.3", critical: true, value: utf8("x") }] })], /unhandled critical CRL extension/, "CRL_INVALID"],
    ];
    for (const [lists, theirs, ours] of cases) {
      assert.match(openssl(lists), theirs);
      if (ours === undefined) await check({ lists });
      else await rejectsWith(ours, () => check({ lists }));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
