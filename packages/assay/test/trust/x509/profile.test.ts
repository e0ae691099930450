import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { ErrorCode } from "../../../src/index.ts";
import { type CertificatePath, type PathProfile, validateCertificatePath } from "../../../src/trust/index.ts";
import { boolean, bytes, derNull, implicit, integer, octetString, oid, sequence, tlv, utf8 } from "../../support/der-writer.ts";
import { refusedWith, rejectsWith } from "../../support/rejects.ts";
import * as make from "../../support/x509/make.ts";
import { type CertificateRecipe, makeCa, makeCertificate, type MadeCertificate, newKey, NOW } from "../../support/x509/make.ts";

function validate(
  profile: PathProfile,
  leaf: MadeCertificate,
  between: readonly MadeCertificate[],
  anchor: MadeCertificate,
): Promise<CertificatePath> {
  return validateCertificatePath({ leaf: leaf.der, candidates: between.map(({ der }) => der), anchors: [anchor.der], at: NOW, profile });
}

/** Asserts that the default profile takes a path and names one breach, and that the strict one refuses it. */
async function isBreach(
  code: ErrorCode,
  leaf: MadeCertificate,
  between: readonly MadeCertificate[],
  anchor: MadeCertificate,
): Promise<void> {
  const { breaches } = await validate("default", leaf, between, anchor);
  assert.deepEqual(
    breaches.map((breach) => breach.code),
    [code],
    breaches.map(({ problem }) => problem).join("; "),
  );
  await rejectsWith(code, () => validate("strict", leaf, between, anchor));
}

const root = makeCa();
const underRoot = (recipe: CertificateRecipe): MadeCertificate => makeCertificate({ issuer: root, ...recipe });
const generalized = (text: string): Uint8Array => tlv(0x18, new TextEncoder().encode(text));
const unsorted = sequence(tlv(0x31, sequence(oid("2.5.4.3"), utf8("signer")), sequence(oid("2.5.4.10"), utf8("Acme"))));

suite("the default profile takes, and the strict one refuses, a signer's certificate", () => {
  const INVALID = "CERTIFICATE_INVALID";
  const breaches: readonly [string, ErrorCode, CertificateRecipe][] = [
    ["with serial number zero", INVALID, { serial: 0 }],
    ["with a negative serial number", INVALID, { serial: -5 }],
    ["with a serial number of 21 octets", INVALID, { serial: 1n << 160n }],
    ["with a serial number in more octets than it needs", INVALID, { serialDer: tlv(2, bytes(0, 0, 5)) }],
    ["with a time before 2050 as GeneralizedTime", INVALID, { notBeforeDer: generalized("20250101000000Z") }],
    ["with key usage bits that are padded", INVALID, { keyUsage: null, extra: [{ oid: "2.5.29.15", value: bytes(3, 2, 0, 0x80) }] }],
    ["that spells out that it is not a CA", INVALID, { basicConstraints: sequence(boolean(false)) }],
    ["with a name whose parts are out of order", INVALID, { subject: unsorted }],
    ["with an empty subject and no other name", INVALID, { subject: make.name() }],
    ["with an empty subject and a name that is not critical", INVALID, { subject: make.name(), names: [make.dnsName("a.example")] }],
    ["with an empty list of names", INVALID, { names: [] }],
    ["with a host name that has an underscore", INVALID, { names: [make.dnsName("a_b.example")] }],
    ["with a mailbox of two @", INVALID, { names: [make.email("a@b@example.com")] }],
    ["with a relative URI", INVALID, { names: [make.uri("/path")] }],
    ["with an address of 8 octets", INVALID, { names: [make.ipAddress(10, 0, 0, 0, 255, 0, 0, 0)] }],
    ["that may sign certificates and is not a CA", INVALID, { keyUsage: [0, 5] }],
    ["that limits paths and may not sign certificates", INVALID, { ca: true, pathLength: 0, keyUsage: [0] }],
    ["with a path length that is not a CA", INVALID, { basicConstraints: make.basicConstraints(false, 1) }],
    ["with policy constraints that are not critical", INVALID, { extra: [{ oid: "2.5.29.36", value: sequence(implicit(0, integer(5))) }] }],
    ["that does not name its issuer's key", "CERTIFICATE_KEY_IDENTIFIER", { authorityKeyIdentifier: null }],
    [
      "with a key identifier that is critical",
      "CERTIFICATE_EXTENSION_UNKNOWN",
      { subjectKeyIdentifier: null, extra: [{ oid: "2.5.29.14", critical: true, value: octetString(new Uint8Array(8)) }] },
    ],
  ];
  for (const [what, code, recipe] of breaches) test(what, () => isBreach(code, underRoot(recipe), [], root));
});

suite("the default profile takes, and the strict one refuses, a CA, between or as anchor", () => {
  const breaches: readonly [string, ErrorCode, CertificateRecipe][] = [
    ["whose basic constraints are not critical", "CERTIFICATE_BASIC_CONSTRAINTS", { basicConstraintsCritical: false }],
    ["that does not name its own key", "CERTIFICATE_KEY_IDENTIFIER", { subjectKeyIdentifier: null }],
    [
      "whose name constraints are not critical",
      "CERTIFICATE_INVALID",
      { extra: [{ oid: "2.5.29.30", value: make.nameConstraints({ excluded: [make.dnsName("a.example")] }) }] },
    ],
    ["with serial number zero", "CERTIFICATE_INVALID", { serial: 0 }],
    ["with a time before 2050 as GeneralizedTime", "CERTIFICATE_INVALID", { notBeforeDer: generalized("20111006083956Z") }],
  ];
  for (const [what, code, recipe] of breaches) {
    test(what, async () => {
      const between = makeCa({ issuer: root, ...recipe });
      await isBreach(code, makeCertificate({ issuer: between }), [between], root);
      const anchor = makeCa(recipe);
      await isBreach(code, makeCertificate({ issuer: anchor }), [], anchor);
    });
  }

  test("that names another key than its issuer has, where the signature holds", async () => {
    const misnamed = makeCertificate({ issuer: root, authorityKeyIdentifier: make.authorityKeyIdentifier(bytes(1, 2, 3)) });
    assert.equal((await validate("default", misnamed, [], root)).certificates.length, 2);
    await refusedWith("CERTIFICATE_PATH_NOT_FOUND", () => validate("strict", misnamed, [], root));
    const forged = makeCertificate({
      issuer: { ...root, privateKey: newKey("P-256") },
      authorityKeyIdentifier: make.authorityKeyIdentifier(bytes(1)),
    });
    await refusedWith("CERTIFICATE_PATH_NOT_FOUND", () => validate("default", forged, [], root));
  });

  test("of version 1, as an anchor only", async () => {
    const old = makeCa({ version: null, extensions: null });
    const leaf = makeCertificate({ issuer: old, authorityKeyIdentifier: null });
    assert.equal((await validate("default", leaf, [], old)).certificates.length, 2);
    await refusedWith("CERTIFICATE_BASIC_CONSTRAINTS", () => validate("strict", makeCertificate({ issuer: old }), [], old));
    const between = makeCa({ issuer: root, version: null, extensions: null });
    await refusedWith("CERTIFICATE_BASIC_CONSTRAINTS", () => validate("default", makeCertificate({ issuer: between }), [between], root));
  });

  test("as an anchor, with two signature algorithms, and not between", async () => {
    const recipe = { innerAlgorithm: make.algorithmOf(root.privateKey, "sha384") };
    const anchor = makeCa(recipe);
    assert.equal((await validate("default", makeCertificate({ issuer: anchor }), [], anchor)).certificates.length, 2);
    const between = makeCa({ issuer: root, ...recipe });
    await refusedWith("CERTIFICATE_INVALID", () => validate("default", makeCertificate({ issuer: between }), [between], root));
  });
});

suite("both profiles refuse what section 6 checks", () => {
  const cas: readonly [string, ErrorCode, CertificateRecipe][] = [
    ["a CA without basic constraints", "CERTIFICATE_BASIC_CONSTRAINTS", { basicConstraints: null, keyUsage: [5] }],
    ["a CA that says it is not one", "CERTIFICATE_BASIC_CONSTRAINTS", { basicConstraints: make.basicConstraints(false), keyUsage: [5] }],
    [
      "a CA that spells out that it is not one",
      "CERTIFICATE_BASIC_CONSTRAINTS",
      { basicConstraints: sequence(boolean(false)), keyUsage: [5] },
    ],
    ["a CA whose key usage does not have keyCertSign", "CERTIFICATE_KEY_USAGE", { keyUsage: [0, 6] }],
    ["a CA whose key usage allows nothing", "CERTIFICATE_KEY_USAGE", { keyUsage: [] }],
    [
      "a CA with keyCertSign behind the end of its key usage",
      "CERTIFICATE_KEY_USAGE",
      { keyUsage: null, extra: [{ oid: "2.5.29.15", value: bytes(3, 2, 7, 0x84) }] },
    ],
    [
      "a CA with an unknown critical extension",
      "CERTIFICATE_EXTENSION_UNKNOWN",
      { extra: [{ oid: "1.3.6.1.4.1.55738.1", critical: true, value: derNull() }] },
    ],
    ["a CA that expired", "CERTIFICATE_EXPIRED", { notAfter: new Date("2026-01-01T00:00:00Z") }],
    ["a CA with a key too short", "ALGORITHM_FORBIDDEN", { key: newKey(1024) }],
  ];
  for (const [what, code, recipe] of cas) {
    test(what, async () => {
      const between = makeCa({ issuer: root, ...recipe });
      const anchor = makeCa(recipe);
      await refusedWith(code, () => validate("default", makeCertificate({ issuer: between }), [between], root));
      await refusedWith(code, () => validate("default", makeCertificate({ issuer: anchor }), [], anchor));
      await rejectsWith(code, () => validate("strict", makeCertificate({ issuer: between }), [between], root));
    });
  }

  const leaves: readonly [string, ErrorCode, CertificateRecipe][] = [
    [
      "a signer's certificate with two signature algorithms",
      "CERTIFICATE_INVALID",
      { innerAlgorithm: make.algorithmOf(root.privateKey, "sha384") },
    ],
    [
      "a signer's certificate with the same extension twice",
      "CERTIFICATE_INVALID",
      { extra: [{ oid: "2.5.29.14", value: octetString(new Uint8Array(8)) }] },
    ],
    ["a signer's certificate of version 1 with extensions", "CERTIFICATE_INVALID", { version: null }],
    [
      "a signer's certificate that an issuer's key did not sign",
      "CERTIFICATE_SIGNATURE",
      { tamperSignature: (made) => made.with(12, made[12]! ^ 1) },
    ],
  ];
  for (const [what, code, recipe] of leaves) test(what, () => refusedWith(code, () => validate("default", underRoot(recipe), [], root)));

  test("a signer's certificate whose list of purposes is empty", async () => {
    const none = underRoot({ extendedKeyUsage: [] });
    const request = { leaf: none.der, candidates: [], anchors: [root.der], at: NOW, extendedKeyUsage: make.CODE_SIGNING };
    await refusedWith("CERTIFICATE_EXTENDED_KEY_USAGE", () => validateCertificatePath(request));
  });
});
