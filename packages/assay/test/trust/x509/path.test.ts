import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { ErrorCode } from "../../../src/index.ts";
import { derNull, explicit, ia5, implicit, integer, octetString, oid, sequence, utf8 } from "../../support/der-writer.ts";
import { rejectsWith } from "../../support/rejects.ts";
import * as make from "../../support/x509/make.ts";
import { type CertificateRecipe, makeCa, makeCertificate, type MadeCertificate, newKey } from "../../support/x509/make.ts";
import { type Question, refused, subjects, validate } from "../../support/x509/path-question.ts";

const root = makeCa();
const ca = makeCa({ issuer: root });
const leafUnder = (issuer: MadeCertificate, recipe: CertificateRecipe = {}): MadeCertificate =>
  makeCertificate({ subject: "leaf", issuer, ...recipe });
const leaf = leafUnder(ca);

suite("a path", () => {
  test("is found from the leaf over a CA to the root", async () => {
    assert.deepEqual(await subjects({ leaf, between: [ca], anchors: [root] }), ["CN=leaf", "CN=intermediate", "CN=root"]);
  });

  test("needs every certificate on the way", () => refused("CERTIFICATE_PATH_NOT_FOUND", { leaf, anchors: [root] }));

  test("does not end in a root that only a candidate is", () =>
    refused("CERTIFICATE_PATH_NOT_FOUND", { leaf, between: [ca, root], anchors: [makeCa({ subject: "other" })] }));

  test("does not end in another root of the same name", () =>
    refused("CERTIFICATE_PATH_NOT_FOUND", { leaf, between: [ca], anchors: [makeCa()] }));

  test("does not end in another root of the same name and key identifier", () => {
    const impostor = makeCa({ subjectKeyIdentifier: root.keyIdentifier });
    return refused("CERTIFICATE_SIGNATURE", { leaf, between: [ca], anchors: [impostor] });
  });

  test("may end in an anchor that is not self-signed", async () => {
    assert.deepEqual(await subjects({ leaf, anchors: [ca] }), ["CN=leaf", "CN=intermediate"]);
  });

  test("has length one where the leaf is an anchor byte for byte", async () => {
    const own = makeCertificate({ subject: "self" });
    assert.deepEqual(await subjects({ leaf: own, anchors: [own] }), ["CN=self"]);
    await refused("CERTIFICATE_PATH_NOT_FOUND", { leaf: makeCertificate({ subject: "self" }), anchors: [own] });
  });

  test("is found among candidates in any order, twice, unrelated and damaged", async () => {
    const second = makeCa({ subject: "second", issuer: ca });
    const damaged = { ...ca, der: ca.der.subarray(0, 100) };
    const between = [damaged, second, makeCa({ subject: "unrelated" }), ca, second];
    assert.equal((await subjects({ leaf: leafUnder(second), between, anchors: [root] })).length, 4);
  });

  test("is found past candidates that fail: expired, of another key, forbidden to sign", async () => {
    const key = ca.privateKey;
    const expired = makeCa({ issuer: root, key, notAfter: new Date("2026-01-01T00:00:00Z") });
    const wrongKey = makeCa({ issuer: root, subjectKeyIdentifier: ca.keyIdentifier });
    const noCa = makeCertificate({ subject: "intermediate", issuer: root, key });
    assert.equal((await subjects({ leaf, between: [expired, wrongKey, noCa, ca], anchors: [root] })).length, 3);
  });

  test("is found past a CA whose name constraints forbid the leaf, over the same CA under another root", async () => {
    const other = makeCa({ subject: "other root", nameConstraints: make.nameConstraints({ excluded: [make.dnsName("example.com")] }) });
    const cross = makeCa({ issuer: other, key: ca.privateKey });
    const named = leafUnder(ca, { names: [make.dnsName("example.com")] });
    assert.equal((await subjects({ leaf: named, between: [cross, ca], anchors: [other, root] })).at(-1), "CN=root");
  });

  test("does not go round in circles", async () => {
    const [keyA, keyB] = [newKey("P-256"), newKey("P-256")];
    const selfA = makeCa({ subject: "A", key: keyA });
    const selfB = makeCa({ subject: "B", key: keyB });
    const aByB = makeCa({ subject: "A", key: keyA, issuer: selfB });
    const bByA = makeCa({ subject: "B", key: keyB, issuer: selfA });
    await rejectsWith("CERTIFICATE_PATH_NOT_FOUND", () => validate({ leaf: leafUnder(aByB), between: [aByB, bByA], anchors: [root] }));
    assert.equal((await subjects({ leaf: leafUnder(aByB), between: [aByB, bByA], anchors: [selfA] })).length, 2);
  });
});

suite("names chain", () => {
  test("without regard to case, white space and string type", async () => {
    const issuerName = make.name(["2.5.4.3", ia5("  ROOT ")]);
    assert.equal((await subjects({ leaf: leafUnder(root, { issuerName }), anchors: [root] })).length, 2);
  });

  test("and not where they differ", () =>
    refused("CERTIFICATE_PATH_NOT_FOUND", { leaf: leafUnder(root, { issuerName: make.commonName("roots") }), anchors: [root] }));

  test("and not where one is longer", () =>
    refused("CERTIFICATE_PATH_NOT_FOUND", {
      leaf: leafUnder(root, { issuerName: make.name(["2.5.4.3", "root"], ["2.5.4.3", "root"]) }),
      anchors: [root],
    }));
});

suite("validity", () => {
  const from = new Date("2026-01-01T00:00:00Z");
  const to = new Date("2026-12-31T23:59:59Z");
  const short = { notBefore: from, notAfter: to };
  const at = (text: string): Date => new Date(text);
  const roles: readonly [string, (at: Date) => Question][] = [
    ["leaf", (time) => ({ leaf: leafUnder(ca, short), between: [ca], anchors: [root], at: time })],
    ["CA", (time) => ({ leaf: leafOfShort, between: [shortCa], anchors: [root], at: time })],
    ["anchor", (time) => ({ leaf: leafUnder(shortRoot), anchors: [shortRoot], at: time })],
    ["leaf that is an anchor", (time) => ({ leaf: shortOwn, anchors: [shortOwn], at: time })],
  ];
  const shortRoot = makeCa(short);
  const shortCa = makeCa({ issuer: root, ...short });
  const leafOfShort = leafUnder(shortCa);
  const shortOwn = makeCertificate(short);
  for (const [role, question] of roles) {
    test(`of the ${role} has both its ends, in whole seconds`, async () => {
      await validate(question(from));
      await validate(question(at("2026-12-31T23:59:59.900Z")));
      await refused("CERTIFICATE_NOT_YET_VALID", question(at("2025-12-31T23:59:59.999Z")));
      await refused("CERTIFICATE_EXPIRED", question(at("2027-01-01T00:00:00Z")));
    });
  }
  test("is checked for a valid time", () => refused("USAGE", { leaf, between: [ca], anchors: [root], at: new Date(Number.NaN) }));
});

suite("a certificate on the path", () => {
  const wrong: readonly [string, ErrorCode, CertificateRecipe][] = [
    ["with serial number zero", "CERTIFICATE_INVALID", { serial: 0 }],
    ["with a negative serial number", "CERTIFICATE_INVALID", { serial: -5 }],
    ["with a serial number of 21 octets", "CERTIFICATE_INVALID", { serial: 1n << 160n }],
    ["with an empty issuer", "CERTIFICATE_INVALID", { issuerName: make.name() }],
    ["with an empty subject and no other name", "CERTIFICATE_INVALID", { subject: make.name() }],
    [
      "with an empty subject and a name that is not critical",
      "CERTIFICATE_INVALID",
      { subject: make.name(), names: [make.dnsName("a.example")] },
    ],
    ["with two signature algorithms", "CERTIFICATE_INVALID", { innerAlgorithm: make.algorithmOf(root.privateKey, "sha384") }],
    [
      "with an unknown critical extension",
      "CERTIFICATE_EXTENSION_UNKNOWN",
      { extra: [{ oid: "1.3.6.1.4.1.55738.1", critical: true, value: derNull() }] },
    ],
    [
      "with an extension that must not be critical",
      "CERTIFICATE_EXTENSION_UNKNOWN",
      { subjectKeyIdentifier: null, extra: [{ oid: "2.5.29.14", critical: true, value: octetString(new Uint8Array(8)) }] },
    ],
    ["with the same extension twice", "CERTIFICATE_INVALID", { extra: [{ oid: "2.5.29.14", value: octetString(new Uint8Array(8)) }] }],
    ["that may sign certificates and is not a CA", "CERTIFICATE_INVALID", { keyUsage: [0, 5] }],
    ["that limits paths below it and may not sign certificates", "CERTIFICATE_INVALID", { ca: true, pathLength: 0, keyUsage: [0] }],
    [
      "that is a CA without a subject",
      "CERTIFICATE_INVALID",
      { ca: true, subject: make.name(), names: [make.dnsName("a.example")], namesCritical: true },
    ],
    ["that is allowed nothing by its key usage", "CERTIFICATE_INVALID", { keyUsage: [] }],
    ["with an extended key usage without a purpose", "CERTIFICATE_INVALID", { extendedKeyUsage: [] }],
    [
      "with name constraints that is not a CA",
      "CERTIFICATE_INVALID",
      { nameConstraints: make.nameConstraints({ permitted: [make.dnsName("a.example")] }) },
    ],
    ["with a path length that is not a CA", "CERTIFICATE_INVALID", { basicConstraints: make.basicConstraints(false, 1) }],
    ["that does not name its issuer's key", "CERTIFICATE_KEY_IDENTIFIER", { authorityKeyIdentifier: null }],
    ["that names its issuer in other ways only", "CERTIFICATE_KEY_IDENTIFIER", { authorityKeyIdentifier: sequence() }],
    ["with an empty list of names", "CERTIFICATE_INVALID", { names: [] }],
    ["with a host name that has an underscore", "CERTIFICATE_INVALID", { names: [make.dnsName("a_b.example")] }],
    ["with a host name that is an address", "CERTIFICATE_INVALID", { names: [make.dnsName("8.8.8.8")] }],
    ["with a host name that starts with a period", "CERTIFICATE_INVALID", { names: [make.dnsName(".example.com")] }],
    ["with a mailbox of two @", "CERTIFICATE_INVALID", { names: [make.email("a@b@example.com")] }],
    ["with a URI that is relative", "CERTIFICATE_INVALID", { names: [make.uri("/path")] }],
    ["with an address of 8 octets", "CERTIFICATE_INVALID", { names: [make.ipAddress(10, 0, 0, 0, 255, 0, 0, 0)] }],
    ["of version 1 with extensions", "CERTIFICATE_INVALID", { version: null }],
    ["of an unknown version", "CERTIFICATE_INVALID", { version: 3 }],
    [
      "whose validity has a time that does not exist",
      "CERTIFICATE_INVALID",
      {
        notAfter: new Date("2030-02-28T00:00:00Z"),
        tamperSignature: (made) => made,
        extensions: [{ oid: "2.5.29.15", critical: true, value: utf8("x") }],
      },
    ],
    [
      "with policy constraints that are not critical",
      "CERTIFICATE_INVALID",
      { extra: [{ oid: "2.5.29.36", value: sequence(implicit(0, integer(0))) }] },
    ],
  ];
  for (const [what, code, recipe] of wrong) {
    test(`is refused: ${what}`, () => refused(code, { leaf: leafUnder(root, recipe), anchors: [root] }));
  }

  test("may leave out key usage, basic constraints and purposes", async () => {
    const bare = leafUnder(root, { keyUsage: null, extendedKeyUsage: null, basicConstraints: null });
    assert.equal((await subjects({ leaf: bare, anchors: [root] })).length, 2);
  });

  test("may have an empty subject beside a critical name", async () => {
    const named = leafUnder(root, { subject: make.name(), names: [make.uri("https://example.com/a")], namesCritical: true });
    assert.equal((await subjects({ leaf: named, anchors: [root] })).length, 2);
  });

  test("may be a CA in the leaf's place, its path length without meaning", async () => {
    const limited = makeCa({ subject: "limited", issuer: root, pathLength: 0 });
    assert.equal((await subjects({ leaf: makeCa({ issuer: limited, pathLength: 0 }), between: [limited], anchors: [root] })).length, 3);
  });
});

suite("a CA, between or as anchor", () => {
  const wrong: readonly [string, ErrorCode, CertificateRecipe][] = [
    [
      "is not a CA by its basic constraints",
      "CERTIFICATE_BASIC_CONSTRAINTS",
      { basicConstraints: make.basicConstraints(false), keyUsage: [0] },
    ],
    ["has no basic constraints", "CERTIFICATE_BASIC_CONSTRAINTS", { basicConstraints: null, keyUsage: [0] }],
    ["has basic constraints that are not critical", "CERTIFICATE_BASIC_CONSTRAINTS", { basicConstraintsCritical: false }],
    ["may not sign certificates by its key usage", "CERTIFICATE_KEY_USAGE", { keyUsage: [0, 6] }],
    ["does not name its own key", "CERTIFICATE_KEY_IDENTIFIER", { subjectKeyIdentifier: null }],
    [
      "has an unknown critical extension",
      "CERTIFICATE_EXTENSION_UNKNOWN",
      { extra: [{ oid: "1.3.6.1.4.1.55738.1", critical: true, value: derNull() }] },
    ],
    [
      "has name constraints that are not critical",
      "CERTIFICATE_INVALID",
      { extra: [{ oid: "2.5.29.30", value: make.nameConstraints({ excluded: [make.dnsName("a.example")] }) }] },
    ],
  ];
  for (const [what, code, recipe] of wrong) {
    test(`is refused where it ${what}`, async () => {
      const between = makeCa({ issuer: root, ...recipe });
      await refused(code, { leaf: leafUnder(between), between: [between], anchors: [root] });
      const anchor = makeCa(recipe);
      await refused(code, { leaf: leafUnder(anchor), anchors: [anchor] });
    });
  }

  test("as an anchor names its issuer's key unless it is self-signed", async () => {
    const crossSigned = makeCa({ subject: "cross", issuer: makeCa({ subject: "elsewhere" }), authorityKeyIdentifier: null });
    await refused("CERTIFICATE_KEY_IDENTIFIER", { leaf: leafUnder(crossSigned), anchors: [crossSigned] });
  });

  test("may sign itself with SHA-1 as an anchor, and nothing else with it", async () => {
    const old = makeCa({ hash: "sha1", key: newKey(2048) });
    assert.equal((await subjects({ leaf: leafUnder(old), anchors: [old] })).length, 2);
    await refused("ALGORITHM_FORBIDDEN", { leaf: leafUnder(old, { hash: "sha1" }), anchors: [old] });
  });

  test("with an RSA key of 1024 bits is refused", async () => {
    const short = makeCa({ key: newKey(1024) });
    await refused("ALGORITHM_FORBIDDEN", { leaf: leafUnder(short), anchors: [short] });
  });
});

suite("signatures on the way", () => {
  for (const kind of ["P-384", "P-521", 2048, "Ed25519"] as const) {
    test(`of a CA with a key ${kind} count`, async () => {
      const own = makeCa({ key: newKey(kind) });
      assert.equal((await subjects({ leaf: leafUnder(own), anchors: [own] })).length, 2);
    });
  }
  test("that were altered do not", async () => {
    const tampered = leafUnder(root, { tamperSignature: (made) => made.with(made.length - 1, made.at(-1)! ^ 1) });
    await refused("CERTIFICATE_SIGNATURE", { leaf: tampered, anchors: [root] });
  });
  test("by RSA-PSS count with one hash for all, and not with the defaults, which are SHA-1", async () => {
    const own = makeCa({ key: newKey(2048) });
    const sha256 = sequence(oid("2.16.840.1.101.3.4.2.1"), derNull());
    const parameters = sequence(explicit(0, sha256), explicit(1, sequence(oid("1.2.840.113549.1.1.8"), sha256)), explicit(2, integer(32)));
    const pss = { saltLength: 32, algorithm: sequence(oid("1.2.840.113549.1.1.10"), parameters) };
    assert.equal((await subjects({ leaf: leafUnder(own, { pss }), anchors: [own] })).length, 2);
    const defaults = { saltLength: 32, algorithm: sequence(oid("1.2.840.113549.1.1.10"), sequence()) };
    await refused("ALGORITHM_FORBIDDEN", { leaf: leafUnder(own, { pss: defaults }), anchors: [own] });
  });
  test("by an unknown algorithm cannot be told", async () => {
    const strange = sequence(oid("1.3.6.1.4.1.55738.3"));
    const error = await rejectsWith("ALGORITHM_UNKNOWN", () =>
      validate({ leaf: leafUnder(root, { innerAlgorithm: strange, outerAlgorithm: strange }), anchors: [root] }),
    );
    assert.equal(error.outcome, "incomplete");
  });
});
