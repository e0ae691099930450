import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { parseBundle } from "../../src/bundle/index.ts";
import { encodePem } from "../../src/encoding/pem.ts";
import { certificateSigner, sign } from "../../src/index.ts";
import { type CertificateTrust, verifyEnvelope, type VerifiedEnvelope } from "../../src/trust/index.ts";
import { writeFiles } from "../support/models/on-disk.ts";
import { rejectsWith } from "../support/rejects.ts";
import { makeInstance } from "../support/sigstore/instance.ts";
import { timestamp } from "../support/sigstore/timestamp-authority.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { tlv } from "../support/der-writer.ts";
import { instance, refusal, verify as verifyKeyless } from "../support/sigstore/keyless.ts";
import { makeCa, makeCertificate, NOW } from "../support/x509/make.ts";
import { makeList, THIS_UPDATE } from "../support/x509/make-crl.ts";

const model = writeFiles(`${temporaryFolder()}/model`, { "weights.bin": "weights" });
const root = makeCa();
const ca = makeCa({ issuer: root });
const leaf = makeCertificate({ subject: "team", issuer: ca });
const privateKey = leaf.privateKey.export({ type: "pkcs8", format: "pem" }).toString();

/** A root that nothing can read: its validity starts at a time that does not exist. */
const odd = makeCa({ subject: "Odd Root", notBeforeDer: tlv(0x18, new TextEncoder().encode("20111306083956Z")) });
const brokenPem = root.pem.replace("MII", "MI?");

async function bundleOf(chain: readonly string[]): Promise<Uint8Array> {
  const signer = await certificateSigner({ privateKey, signingCertificate: leaf.pem, certificateChain: chain });
  return (await sign(model, { signer })).bundle;
}

const bundle = await bundleOf([ca.pem]);

function verify(trust: Omit<CertificateTrust, "method">, bytes = bundle): Promise<VerifiedEnvelope> {
  return verifyEnvelope(parseBundle(bytes), { method: "certificate", ...trust }, NOW);
}

suite("a certificate that cannot be read", () => {
  test("beside the root that is needed, is skipped with a warning that names its place and subject", async () => {
    const content = odd.pem + root.pem;
    const { warnings } = await verify({ certificates: [{ name: "roots.pem", content }] });
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ["CERTIFICATE_SKIPPED"],
    );
    assert.match(
      warnings[0]!.message,
      /^certificate 1 of 2 in the certificate chain roots\.pem \("CN=Odd Root"\) was skipped: .*20111306083956Z/,
    );
  });

  test("is skipped where it is not even base64", async () => {
    const { warnings } = await verify({ certificates: [root.pem + brokenPem] });
    assert.match(warnings[0]!.message, /^certificate 2 of 2 in the certificate chain was skipped: the PEM text is damaged/);
  });

  test("is named where no path is found without it", async () => {
    const error = await rejectsWith("CERTIFICATE_PATH_NOT_FOUND", () =>
      verify({ certificates: [makeCa({ subject: "other" }).pem + odd.pem] }),
    );
    assert.match(error.message, /; certificate 2 of 2 in the certificate chain \("CN=Odd Root"\) was skipped: /);
  });

  test("and is the only one, is a wrong question that names it", async () => {
    const error = await rejectsWith("ROOT_MISSING", () => verify({ certificates: [{ name: "odd.pem", content: odd.pem }] }));
    assert.equal(error.outcome, "usage");
    assert.match(error.message, /certificate 1 of 1 in the certificate chain odd\.pem \("CN=Odd Root"\) was skipped/);
  });

  test("in the bundle's chain is skipped, and named where it was needed", async () => {
    const json = JSON.parse(Buffer.from(bundle).toString()) as {
      verificationMaterial: { x509CertificateChain: { certificates: { rawBytes: string }[] } };
    };
    const { certificates } = json.verificationMaterial.x509CertificateChain;
    certificates.splice(1, 0, { rawBytes: Buffer.from(odd.der).toString("base64") });
    const { warnings } = await verify({ certificates: [root.pem] }, Buffer.from(JSON.stringify(json)));
    assert.match(warnings[0]!.message, /^certificate 1 of 2 in the bundle's chain, after the signer's \("CN=Odd Root"\) was skipped/);
    certificates.splice(2, 1);
    const error = await rejectsWith("CERTIFICATE_PATH_NOT_FOUND", () =>
      verify({ certificates: [root.pem] }, Buffer.from(JSON.stringify(json))),
    );
    assert.match(error.message, /certificate 1 of 1 in the bundle's chain, after the signer's \("CN=Odd Root"\) was skipped/);
  });

  test("is left out of a signature, with a warning", async () => {
    const signer = await certificateSigner({ privateKey, signingCertificate: leaf.pem, certificateChain: [ca.pem + odd.pem, root.pem] });
    const { warnings, signer: identity } = await sign(model, { signer });
    assert.ok(identity.method === "certificate");
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ["CERTIFICATE_SKIPPED"],
    );
  });

  test("of a timestamp authority is skipped, and named where it was needed", async () => {
    const stamped = JSON.parse(Buffer.from(bundle).toString()) as {
      dsseEnvelope: { signatures: { sig: string }[] };
      verificationMaterial: { timestampVerificationData?: unknown };
    };
    const signature = Buffer.from(stamped.dsseEnvelope.signatures[0]!.sig, "base64");
    const signedTimestamp = Buffer.from(timestamp(instance.tsa, signature, NOW, {})).toString("base64");
    stamped.verificationMaterial.timestampVerificationData = { rfc3161Timestamps: [{ signedTimestamp }] };
    const bytes = Buffer.from(JSON.stringify(stamped));
    const { verifiedAt } = await verify(
      { certificates: [root.pem], witnesses: { timestampAuthorities: [odd.pem + instance.tsa.root.pem] } },
      bytes,
    );
    assert.equal(verifiedAt.source, "timestamp");
    const error = await rejectsWith("ROOT_MISSING", () =>
      verify({ certificates: [root.pem], witnesses: { timestampAuthorities: [odd.pem] } }, bytes),
    );
    assert.match(error.message, /"CN=Odd Root"\) was skipped/);
  });

  test("in a trusted root is skipped, and named where it was needed", async () => {
    const rawBytes = Buffer.from(odd.der).toString("base64");
    const spoiled = { certChain: { certificates: [{ rawBytes }] }, validFor: { start: "2020-01-01T00:00:00Z" }, uri: "https://odd.test" };
    const adding = (root: Record<string, unknown[]>): unknown => ({
      ...root,
      certificateAuthorities: [spoiled, ...(root["certificateAuthorities"] ?? [])],
      timestampAuthorities: [spoiled, ...(root["timestampAuthorities"] ?? [])],
    });
    const change = adding as never;
    const { evidence } = await verifyKeyless({ rekor: "v2" }, { root: { change } });
    assert.equal(evidence?.timestamps.length, 1);
    const other = makeInstance();
    const error = await refusal(
      "TIMESTAMP_AUTHORITY_UNKNOWN",
      { rekor: "v2" },
      {
        root: { change: ((root: never) => ({ ...(adding(root) as object), timestampAuthorities: [spoiled] })) as never },
        by: other,
      },
    );
    assert.match(error.message, /"CN=Odd Root"\) was skipped/);
  });
});

suite("a revocation list that cannot be read", () => {
  const good = [makeList({ issuer: root }).pem, makeList({ issuer: ca }).pem].join("");
  const oddTime = { thisUpdateDer: tlv(0x18, new TextEncoder().encode("20261306083956Z")) };
  const trust = { certificates: [root.pem] };
  const listed = (content: string): Promise<VerifiedEnvelope> => verify({ ...trust, revocationLists: [{ name: "lists.pem", content }] });

  test("is skipped with a warning where its issuer is not on the path", async () => {
    const unrelated = makeList({ issuer: makeCa({ subject: "unrelated" }), ...oddTime });
    const { warnings } = await listed(unrelated.pem + good);
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ["CRL_SKIPPED"],
    );
    assert.match(warnings[0]!.message, /^revocation list 1 of 3 in the revocation list lists\.pem was skipped/);
  });

  test("of an issuer on the path is refused: it might name the signer", async () => {
    const error = await rejectsWith("CRL_INVALID", () => listed(good + makeList({ issuer: ca, ...oddTime }).pem));
    assert.equal(error.outcome, "usage");
    assert.match(error.message, /^revocation list 3 of 3 .* cannot be read, and may be for this path/);
  });

  test("is refused where its issuer cannot be told, and where its kind is not supported", async () => {
    await rejectsWith("CRL_INVALID", () => listed(good + encodePem("X509 CRL", root.der)));
    const delta = makeList({
      issuer: makeCa({ subject: "unrelated" }),
      extra: [{ oid: "2.5.29.27", critical: true, value: Uint8Array.of(2, 1, 1) }],
    });
    await rejectsWith("CRL_INVALID", () => listed(good + delta.pem));
  });

  test("as strict DER is refused in the strict profile only", async () => {
    const early = { thisUpdateDer: tlv(0x18, new TextEncoder().encode("20260610000000Z")) };
    assert.equal(THIS_UPDATE.toISOString(), "2026-06-10T00:00:00.000Z");
    const content = makeList({ issuer: root }).pem + makeList({ issuer: ca, ...early }).pem;
    const { revocation } = await listed(content);
    assert.equal(revocation?.lists.length, 2);
    const error = await rejectsWith("CRL_INVALID", () => verify({ ...trust, certificateProfile: "strict", revocationLists: [content] }));
    assert.equal(error.outcome, "usage");
  });
});

suite("the strict profile of the method certificate", () => {
  const spelled = makeCertificate({ subject: "team", issuer: root, basicConstraints: Uint8Array.of(0x30, 3, 1, 1, 0) });
  test("refuses what the default one warns of", async () => {
    const signer = await certificateSigner({
      privateKey: spelled.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      signingCertificate: spelled.pem,
    });
    const { bundle: bytes, warnings } = await sign(model, { signer });
    const said = /^the certificate "CN=team" is not strict DER: a default that is spelled out$/;
    assert.match(warnings.find(({ code }) => code === "CERTIFICATE_PROFILE")?.message ?? "", said, "when signing");
    const verified = await verify({ certificates: [root.pem] }, bytes);
    assert.match(verified.warnings[0]!.message, said, "and when verifying");
    await rejectsWith("CERTIFICATE_INVALID", () => verify({ certificates: [root.pem], certificateProfile: "strict" }, bytes));
  });
});
