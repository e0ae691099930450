import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { parseBundle } from "../../src/bundle/index.ts";
import { certificateSigner, type ErrorCode, keySigner, sign } from "../../src/index.ts";
import { type CertificateTrust, verifyEnvelope, type VerifiedEnvelope } from "../../src/trust/index.ts";
import { encodePem } from "../../src/encoding/pem.ts";
import { refusedWith, rejectsWith } from "../support/rejects.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writeFiles } from "../support/models/on-disk.ts";
import { dnsName, email, makeCa, makeCertificate, type MadeCertificate, name, newKey, NOW } from "../support/x509/make.ts";

const model = writeFiles(`${temporaryFolder()}/model`, { "weights.bin": "weights" });
const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
const ANY_PURPOSE = "2.5.29.37.0";

const pemOf = ({ privateKey }: MadeCertificate): string => privateKey.export({ type: "pkcs8", format: "pem" }).toString();

/** A bundle signed by `leaf`'s key, with these certificates in it; the leaf rules are not asked of it. */
async function bundleBy(leaf: MadeCertificate, chain: readonly MadeCertificate[]): Promise<Uint8Array> {
  const signer = await keySigner({ privateKey: pemOf(leaf) });
  const { bundle } = await sign(model, { signer });
  const json = JSON.parse(Buffer.from(bundle).toString()) as { verificationMaterial: unknown };
  const certificates = [leaf, ...chain].map(({ der }) => ({ rawBytes: Buffer.from(der).toString("base64") }));
  json.verificationMaterial = { x509CertificateChain: { certificates } };
  return Buffer.from(JSON.stringify(json));
}

interface Question extends Partial<Omit<CertificateTrust, "method">> {
  readonly leaf: MadeCertificate;
  readonly chain?: readonly MadeCertificate[];
  readonly anchors?: readonly MadeCertificate[];
  readonly now?: Date;
}

async function verify({ leaf, chain = [], anchors = [root], now = NOW, ...pins }: Question): Promise<VerifiedEnvelope> {
  const trust: CertificateTrust = { method: "certificate", certificates: anchors.map(({ pem }) => pem), ...pins };
  return verifyEnvelope(parseBundle(await bundleBy(leaf, chain)), trust, now);
}

const refused = (code: ErrorCode, question: Question): Promise<void> => refusedWith(code, () => verify(question));

const root = makeCa();
const ca = makeCa({ issuer: root });
const leaf = makeCertificate({ subject: "team", issuer: ca, names: [email("models@example.com"), dnsName("build.example.com")] });

suite("the method certificate", () => {
  test("proves who signed, and by which root", async () => {
    const { signer, verifiedAt } = await verify({ leaf, chain: [ca] });
    assert.ok(signer.method === "certificate");
    assert.equal(signer.subject, "CN=team");
    assert.equal(signer.anchor, "CN=root");
    assert.deepEqual(signer.names, ["email:models@example.com", "dns:build.example.com"]);
    assert.equal(signer.path.length, 3);
    assert.deepEqual(verifiedAt, { time: NOW, source: "clock" });
  });

  test("takes intermediates from the bundle or from the caller, in any order and with others between", async () => {
    const second = makeCa({ subject: "second", issuer: ca });
    const deep = makeCertificate({ issuer: second });
    await verify({ leaf: deep, chain: [root, second, makeCa({ subject: "unrelated" }), ca] });
    await verify({ leaf: deep, anchors: [second, root, ca] });
  });

  test("takes the caller's certificates as PEM, DER, or many in one file", async () => {
    const bundle = parseBundle(await bundleBy(leaf, []));
    for (const certificates of [[`text\n${ca.pem}${root.pem}`], [Buffer.from(ca.pem + root.pem)], [ca.der, root.der]]) {
      await verifyEnvelope(bundle, { method: "certificate", certificates }, NOW);
    }
  });

  test("does not trust a root because it is in the bundle", () =>
    refused("CERTIFICATE_PATH_NOT_FOUND", { leaf, chain: [ca, root], anchors: [makeCa({ subject: "another" })] }));

  test("wants a root, and names the one that is missing", async () => {
    const error = await rejectsWith("ROOT_MISSING", () => verify({ leaf, chain: [ca], anchors: [ca] }));
    assert.match(error.message, /CN=root/);
    assert.equal(error.outcome, "usage");
    await refused("ROOT_MISSING", { leaf, chain: [ca, root], anchors: [] });
  });

  test("decides by the signature what a root is, not by names", async () => {
    const named = makeCa({ subject: "root", issuer: root, key: newKey("P-256") });
    await refused("ROOT_MISSING", { leaf: makeCertificate({ issuer: named }), anchors: [named] });
    const odd = makeCa({ subject: "odd", issuerName: root.subject });
    await verify({ leaf: makeCertificate({ issuer: odd }), anchors: [odd] });
  });

  test("accepts a leaf that is itself the trusted certificate", async () => {
    const own = makeCertificate({ subject: "own" });
    const { signer } = await verify({ leaf: own, anchors: [own] });
    assert.ok(signer.method === "certificate");
    assert.equal(signer.anchor, "CN=own");
  });

  test("checks certificates for the given time, never for their own", async () => {
    const old = makeCertificate({ issuer: root, notBefore: new Date("2020-01-01T00:00:00Z"), notAfter: new Date("2020-01-02T00:00:00Z") });
    await refused("CERTIFICATE_EXPIRED", { leaf: old });
    await refused("CERTIFICATE_NOT_YET_VALID", { leaf, chain: [ca], now: new Date("2024-01-01T00:00:00Z") });
  });

  for (const [what, recipe, code, words] of [
    ["a web server's", { extendedKeyUsage: [SERVER_AUTH] }, "CERTIFICATE_EXTENDED_KEY_USAGE", /codeSigning/],
    ["with neither key usage nor extended key usage", { extendedKeyUsage: null, keyUsage: null }, "LEAF_USAGE", /what it is for/],
    ["without extended key usage, for encryption", { extendedKeyUsage: null, keyUsage: [2] }, "LEAF_USAGE", /lacks digitalSignature/],
    ["for any purpose, and for encryption", { extendedKeyUsage: [ANY_PURPOSE], keyUsage: [2] }, "LEAF_USAGE", /lacks digitalSignature/],
    ["for signing code, and for encryption", { keyUsage: [2] }, "LEAF_USAGE", /lacks digitalSignature/],
  ] as const) {
    test(`refuses a leaf ${what}`, async () => {
      const error = await rejectsWith(code, () => verify({ leaf: makeCertificate({ issuer: root, ...recipe }) }));
      assert.match(error.message, words);
      const trusted = makeCertificate(recipe);
      await assert.rejects(verify({ leaf: trusted, anchors: [trusted] }));
    });
  }

  for (const [what, recipe] of [
    ["for any purpose", { extendedKeyUsage: [ANY_PURPOSE] }],
    ["for any purpose, without a key usage", { extendedKeyUsage: [ANY_PURPOSE], keyUsage: null }],
    ["without an extended key usage, for signatures", { extendedKeyUsage: null }],
  ] as const) {
    test(`takes a leaf ${what}, unless code signing is asked for by name`, async () => {
      const allowed = makeCertificate({ issuer: root, ...recipe });
      await verify({ leaf: allowed });
      const error = await rejectsWith("LEAF_USAGE", () => verify({ leaf: allowed, requireCodeSigning: true }));
      assert.match(error.message, /codeSigning/);
    });
  }

  test("takes a leaf that lists code signing by name, with or without a key usage", async () => {
    await verify({ leaf: makeCertificate({ issuer: root, keyUsage: null }), requireCodeSigning: true });
    await verify({ leaf: makeCertificate({ issuer: root }), requireCodeSigning: true });
  });

  test("refuses a leaf under a CA that is for other purposes, whatever the leaf lists", async () => {
    const tls = makeCa({ issuer: root, extendedKeyUsage: [SERVER_AUTH] });
    const below = makeCertificate({ issuer: tls, extendedKeyUsage: null });
    await refused("CERTIFICATE_EXTENDED_KEY_USAGE", { leaf: below, chain: [tls] });
  });

  test("compares a mail address with the host's case left out, and everything else exactly", async () => {
    await verify({ leaf, chain: [ca], identity: "models@EXAMPLE.com" });
    for (const identity of ["Models@example.com", "BUILD.example.com", "cn=team", "CN = team", "/CN=team", "email:models@example.com"]) {
      await refused("IDENTITY_MISMATCH", { leaf, chain: [ca], identity });
    }
  });

  test("asks for an identity that is not empty, also of a signer without a subject", async () => {
    const nameless = makeCertificate({ subject: name(), issuer: root, names: [email("models@example.com")], namesCritical: true });
    await refused("USAGE", { leaf: nameless, identity: "" });
  });

  test("says what to write where the identity is the signer's in another spelling", async () => {
    const hintOf = async (identity: string): Promise<string | undefined> =>
      (await rejectsWith("IDENTITY_MISMATCH", () => verify({ leaf, chain: [ca], identity }))).hint;
    assert.equal(await hintOf("CN = team"), "this is the same subject in another order or spelling; write: CN=team");
    assert.equal(await hintOf("/CN=team"), "this is the same subject in another order or spelling; write: CN=team");
    assert.equal(await hintOf("email:models@example.com"), "a name is written without its type; write: models@example.com");
    assert.equal(await hintOf("CN=others"), undefined);
  });

  test("takes a fingerprint as OpenSSL prints it, and no other text for one", async () => {
    const { signer } = await verify({ leaf, chain: [ca] });
    const colons = signer.fingerprint.toUpperCase().match(/../g)!.join(":");
    for (const fingerprint of [signer.fingerprint, colons, `sha256:${signer.fingerprint}`, `sha256 Fingerprint=${colons}`]) {
      await verify({ leaf, chain: [ca], fingerprint });
    }
    await refused("IDENTITY_MISMATCH", { leaf, chain: [ca], fingerprint: "0".repeat(64) });
    for (const fingerprint of ["", "0".repeat(40), "team", signer.fingerprint.slice(1)]) {
      await refused("USAGE", { leaf, chain: [ca], fingerprint });
    }
  });

  test("refuses a signature by another key than the leaf's", async () => {
    const other = makeCertificate({ subject: "other", issuer: root });
    await refused("SIGNATURE_INVALID", { leaf: { ...leaf, privateKey: other.privateKey }, chain: [ca] });
  });

  for (const kind of ["P-384", "P-521", 2048, "Ed25519"] as const) {
    test(`takes a leaf with a key ${kind}`, async () => {
      await verify({ leaf: makeCertificate({ issuer: root, key: newKey(kind) }) });
    });
  }

  test("pins a signer by an exact name or the whole subject", async () => {
    for (const identity of ["models@example.com", "build.example.com", "CN=team"]) await verify({ leaf, chain: [ca], identity });
    for (const identity of ["example.com", "Models@example.com", "team", "CN=root"]) {
      await refused("IDENTITY_MISMATCH", { leaf, chain: [ca], identity });
    }
  });

  test("pins a certificate by its fingerprint, colons and case ignored", async () => {
    const { signer } = await verify({ leaf, chain: [ca] });
    const colons = signer.fingerprint.toUpperCase().replaceAll(/(..)(?!$)/g, "$1:");
    await verify({ leaf, chain: [ca], fingerprint: colons });
    await refused("IDENTITY_MISMATCH", { leaf, chain: [ca], fingerprint: "0".repeat(64) });
  });

  test("refuses a bundle with a lone certificate, and says what to do", async () => {
    const json = JSON.parse(Buffer.from(await bundleBy(leaf, [])).toString()) as { verificationMaterial: unknown };
    json.verificationMaterial = { certificate: { rawBytes: Buffer.from(leaf.der).toString("base64") } };
    const trust = { method: "certificate", certificates: [root.pem] } as const;
    const error = await rejectsWith("METHOD_MISMATCH", () => verifyEnvelope(parseBundle(Buffer.from(JSON.stringify(json))), trust, NOW));
    assert.equal(error.remedy, "sign-with-chain");
  });
});

suite("a certificate signer", () => {
  const source = { privateKey: pemOf(leaf), signingCertificate: leaf.pem };

  test("writes the leaf first and the chain from issuer to issuer, whatever order it came in", async () => {
    const second = makeCa({ subject: "second", issuer: ca });
    const deep = makeCertificate({ subject: "deep", issuer: second });
    const chain = [root.pem + second.pem, ca.der, second.der];
    const signer = await certificateSigner({ privateKey: pemOf(deep), signingCertificate: deep.der, certificateChain: chain });
    assert.ok(signer.material.kind === "x509CertificateChain");
    assert.deepEqual(
      signer.material.certificates.map((der) => Buffer.from(der).toString("base64")),
      [deep, second, ca, root].map(({ der }) => Buffer.from(der).toString("base64")),
    );
  });

  test("finds its certificate in a file that holds a chain", async () => {
    const signer = await certificateSigner({ ...source, signingCertificate: root.pem + ca.pem + leaf.pem });
    assert.ok(signer.material.kind === "x509CertificateChain");
    assert.equal(signer.material.certificates.length, 3);
  });

  test("signs what verifies", async () => {
    const { bundle } = await sign(model, { signer: await certificateSigner({ ...source, certificateChain: [ca.pem] }) });
    await verifyEnvelope(parseBundle(bundle), { method: "certificate", certificates: [root.pem] }, new Date());
  });

  test("is rejected where the certificate is for another key, malformed, or not for signing code", async () => {
    await rejectsWith("CERTIFICATE_KEY_MISMATCH", () => certificateSigner({ ...source, signingCertificate: ca.pem }));
    await rejectsWith("CERTIFICATE_INVALID", () => certificateSigner({ ...source, signingCertificate: encodePem("PUBLIC KEY", leaf.der) }));
    const server = makeCertificate({ issuer: root, extendedKeyUsage: [SERVER_AUTH] });
    const signer = await certificateSigner({ privateKey: pemOf(server), signingCertificate: server.pem });
    await rejectsWith("CERTIFICATE_EXTENDED_KEY_USAGE", () => sign(model, { signer }));
  });

  test("does not sign under a certificate that no verifier would accept today", async () => {
    const old = makeCertificate({ issuer: root, notAfter: new Date("2025-06-01T00:00:00Z") });
    const signer = await certificateSigner({ privateKey: pemOf(old), signingCertificate: old.pem });
    await rejectsWith("CERTIFICATE_EXPIRED", () => sign(model, { signer }));
    const early = makeCertificate({ issuer: root, notBefore: new Date("2034-01-01T00:00:00Z") });
    const earlySigner = await certificateSigner({ privateKey: pemOf(early), signingCertificate: early.pem });
    await rejectsWith("CERTIFICATE_NOT_YET_VALID", () => sign(model, { signer: earlySigner }));
  });
});
