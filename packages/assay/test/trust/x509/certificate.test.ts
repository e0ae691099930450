import assert from "node:assert/strict";
import { createHash, X509Certificate } from "node:crypto";
import { suite, test } from "node:test";
import { fingerprint, isSelfSigned, parseCertificate } from "../../../src/trust/x509/certificate.ts";
import { validateCertificatePath } from "../../../src/trust/x509/path.ts";
import { derNull, explicit, integer, oid, sequence, utf8 } from "../../support/der-writer.ts";
import { refusedWith, rejectsWith } from "../../support/rejects.ts";
import {
  algorithmOf,
  CODE_SIGNING,
  commonName,
  directoryName,
  dnsName,
  email,
  ipAddress,
  makeCa,
  makeCertificate,
  type CertificateRecipe,
  name,
  newKey,
  NOW,
  otherName,
  registeredId,
  spkiOf,
  uri,
} from "../../support/x509/make.ts";

const root = makeCa();

suite("a certificate that is read", () => {
  const names = [
    email("me@example.com"),
    dnsName("example.com"),
    uri("https://example.com/a"),
    ipAddress(192, 0, 2, 1),
    ipAddress(0x20, 1, 0xd, 0xb8, ...new Uint8Array(11), 1),
    directoryName(commonName("me")),
    otherName("1.2.3.4", utf8("a")),
    registeredId("1.2.3"),
  ];
  const made = makeCertificate({
    subject: name(["2.5.4.10", "Acme"], ["2.5.4.3", "signer"]),
    issuer: root,
    serial: 0x1234,
    notBefore: new Date("2025-02-03T04:05:06Z"),
    notAfter: new Date("2055-02-03T04:05:06Z"),
    names,
  });
  const certificate = parseCertificate(made.der);

  test("has the fields that OpenSSL finds in it", async () => {
    const theirs = new X509Certificate(made.der);
    assert.equal(Buffer.from(certificate.serial).toString("hex"), theirs.serialNumber.toLowerCase());
    assert.deepEqual([certificate.notBefore, certificate.notAfter], [theirs.validFromDate, theirs.validToDate]);
    assert.deepEqual(certificate.spki, new Uint8Array(theirs.publicKey.export({ type: "spki", format: "der" })));
    assert.equal(await fingerprint(certificate), theirs.fingerprint256.replaceAll(":", "").toLowerCase());
    assert.equal(theirs.subject, "O=Acme\nCN=signer");
    assert.equal(certificate.subject.rfc4514, "CN=signer,O=Acme");
    assert.equal(certificate.issuer.rfc4514, "CN=root");
    assert.equal(certificate.version, 3);
    assert.equal(certificate.isSelfIssued, false);
  });

  test("has its names with their types", () => {
    assert.deepEqual(
      certificate.subjectAlternativeNames.map(({ type, value }) => `${type}:${value}`),
      [
        "email:me@example.com",
        "dns:example.com",
        "uri:https://example.com/a",
        "ip:192.0.2.1",
        "ip:2001:db8:0:0:0:0:0:1",
        "directoryName:CN=me",
        "otherName:1.2.3.4;0c0161",
        "registeredId:1.2.3",
      ],
    );
  });

  test("has its extensions", () => {
    assert.deepEqual(certificate.keyUsage, new Set(["digitalSignature"]));
    assert.deepEqual(certificate.extendedKeyUsage, [CODE_SIGNING]);
    assert.deepEqual(certificate.authorityKeyIdentifier, root.keyIdentifier);
    assert.deepEqual(certificate.subjectKeyIdentifier, made.keyIdentifier);
    assert.equal(certificate.basicConstraints, undefined);
    assert.deepEqual(parseCertificate(makeCa({ pathLength: 3 }).der).basicConstraints, { isCa: true, pathLength: 3 });
    assert.equal(certificate.extensions.get("2.5.29.15")?.critical, true);
    assert.equal(certificate.extensions.get("2.5.29.14")?.critical, false);
  });

  test("does not change with the bytes that it was read from", () => {
    const source = Uint8Array.from(made.der);
    const read = parseCertificate(source);
    source.fill(0);
    assert.equal(createHash("sha256").update(read.der).digest("hex"), createHash("sha256").update(made.der).digest("hex"));
    assert.notEqual(read.spki[0], 0);
  });

  test("of version 1 and without extensions can be read", () => {
    assert.equal(parseCertificate(makeCertificate({ version: null, extensions: null }).der).version, 1);
  });
});

suite("a certificate is self-signed", () => {
  const isSelf = (made: { der: Uint8Array }): Promise<boolean> => isSelfSigned(parseCertificate(made.der));
  test("where its own key made the signature, whatever the key and the names", async () => {
    for (const kind of ["P-256", "P-384", "P-521", "Ed25519", 2048] as const)
      assert.equal(await isSelf(makeCa({ key: newKey(kind) })), true);
    assert.equal(await isSelf(makeCertificate({ issuerName: commonName("someone else") })), true);
  });

  test("not where issuer and subject have the same name and different keys", async () => {
    assert.equal(await isSelf(makeCa({ subject: "root", issuer: root })), false);
  });

  test("not where the signature was altered", async () => {
    assert.equal(await isSelf(makeCa({ tamperSignature: (made) => made.with(10, made[10]! ^ 1) })), false);
  });

  test("with SHA-1 and with a key too short as well, which only path validation refuses", async () => {
    assert.equal(await isSelf(makeCa({ hash: "sha1" })), true);
    assert.equal(await isSelf(makeCa({ hash: "sha1", key: newKey(2048) })), true);
    assert.equal(await isSelf(makeCa({ key: newKey(1024) })), true);
  });

  test("not where that cannot be told: an unknown algorithm, a damaged key", async () => {
    const strange = sequence(oid("1.3.6.1.4.1.55738.3"));
    assert.equal(await isSelf(makeCa({ innerAlgorithm: strange, outerAlgorithm: strange })), false);
    const spki = spkiOf(newKey("P-256"));
    assert.equal(await isSelf(makeCa({ spki: spki.with(spki.length - 1, spki.at(-1)! ^ 1) })), false);
  });
});

suite("a signature algorithm", () => {
  const strangeOf = (...parts: Uint8Array[]): CertificateRecipe => ({
    innerAlgorithm: sequence(...parts),
    outerAlgorithm: sequence(...parts),
  });
  const rsa = makeCa({ key: newKey(2048) });
  const validate = (issuer: typeof root, recipe: CertificateRecipe): Promise<unknown> =>
    validateCertificatePath({ leaf: makeCertificate({ issuer, ...recipe }).der, candidates: [], anchors: [issuer.der], at: NOW });
  const PSS = oid("1.2.840.113549.1.1.10");
  const MGF1 = oid("1.2.840.113549.1.1.8");
  const sha = (last: number): Uint8Array => sequence(oid(`2.16.840.1.101.3.4.2.${last}`), derNull());
  const pss = (hash: Uint8Array, mask: Uint8Array, salt: number, ...more: Uint8Array[]): CertificateRecipe => ({
    pss: {
      saltLength: 32,
      algorithm: sequence(PSS, sequence(explicit(0, hash), explicit(1, sequence(MGF1, mask)), explicit(2, integer(salt)), ...more)),
    },
  });

  test("of RSA has NULL for parameters, or none", async () => {
    await validate(rsa, {});
    await validate(rsa, strangeOf(oid("1.2.840.113549.1.1.11")));
    await rejectsWith("DER_INVALID", () => validate(rsa, strangeOf(oid("1.2.840.113549.1.1.11"), integer(1))));
    await rejectsWith("DER_INVALID", () => validate(rsa, strangeOf(oid("1.2.840.113549.1.1.11"), derNull(), derNull())));
  });

  test("of ECDSA has no parameters", () =>
    refusedWith("DER_INVALID", () => validate(root, strangeOf(oid("1.2.840.10045.4.3.2"), derNull()))));

  test("of RSA-PSS names one strong hash twice, and a salt that can be", async () => {
    await validate(rsa, pss(sha(1), sha(1), 32));
    await rejectsWith("ALGORITHM_FORBIDDEN", () => validate(rsa, pss(sha(1), sha(2), 32)));
    await rejectsWith("ALGORITHM_FORBIDDEN", () => validate(rsa, pss(sequence(oid("1.3.14.3.2.26")), sequence(oid("1.3.14.3.2.26")), 32)));
    await rejectsWith("DER_INVALID", () => validate(rsa, pss(sha(1), sha(1), 5000)));
    await rejectsWith("DER_INVALID", () => validate(rsa, pss(sha(1), sha(1), 32, explicit(3, integer(2)))));
    await rejectsWith("CERTIFICATE_SIGNATURE", () => validate(rsa, pss(sha(1), sha(1), 20)));
  });

  const WEAK = [
    "1.2.840.113549.1.1.2",
    "1.2.840.113549.1.1.4",
    "1.2.840.113549.1.1.5",
    "1.2.840.10045.4.1",
    "1.2.840.10040.4.3",
    "1.3.14.3.2.29",
  ];
  for (const weak of WEAK)
    test(`${weak} is forbidden`, () => refusedWith("ALGORITHM_FORBIDDEN", () => validate(root, strangeOf(oid(weak)))));

  test("of another kind than the issuer's key is forbidden", () =>
    refusedWith("ALGORITHM_FORBIDDEN", () => validate(root, strangeOf(oid("1.2.840.113549.1.1.11"), derNull()))));

  test("that is weak is forbidden in an anchor that others issued", async () => {
    const cross = makeCa({ subject: "cross", issuer: rsa, hash: "sha1" });
    await rejectsWith("ALGORITHM_FORBIDDEN", () => validate(cross, {}));
  });

  test("is the same inside and outside", () =>
    refusedWith("CERTIFICATE_INVALID", () => validate(root, { innerAlgorithm: algorithmOf(root.privateKey, "sha512") })));
});
