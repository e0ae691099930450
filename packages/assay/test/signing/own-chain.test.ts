import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { certificateSigner, sign, type Signed } from "../../src/index.ts";
import { parsePublicKey } from "../../src/trust/public-key.ts";
import { bitString, bytes, oid, sequence } from "../support/der-writer.ts";
import { writeFiles } from "../support/models/on-disk.ts";
import { rejectsWith } from "../support/rejects.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { makeCa, makeCertificate, type MadeCertificate, newKey, spkiOf } from "../support/x509/make.ts";

const model = writeFiles(`${temporaryFolder()}/model`, { "weights.bin": "weights" });
const expired = new Date("2025-06-01T00:00:00Z");

async function signWith(leaf: MadeCertificate, chain: readonly MadeCertificate[]): Promise<Signed> {
  const signer = await certificateSigner({
    privateKey: leaf.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    signingCertificate: leaf.pem,
    certificateChain: chain.map(({ pem }) => pem),
  });
  return sign(model, { signer });
}

async function warned(leaf: MadeCertificate, chain: readonly MadeCertificate[]): Promise<readonly string[]> {
  return (await signWith(leaf, chain)).warnings.map(({ code, message }) => `${code}: ${message}`);
}

suite("signing with a certificate", () => {
  const root = makeCa();
  const ca = makeCa({ issuer: root });
  const leaf = makeCertificate({ subject: "team", issuer: ca });

  test("says nothing of a chain that verifies, with or without its root, in any order", async () => {
    for (const chain of [[ca, root], [root, ca], [ca], []]) assert.deepEqual(await warned(leaf, chain), []);
  });

  const faults: readonly [string, RegExp, () => readonly [MadeCertificate, readonly MadeCertificate[]]][] = [
    [
      "an intermediate that expired",
      /"CN=intermediate" expired/,
      () => {
        const old = makeCa({ issuer: root, notAfter: expired });
        return [makeCertificate({ issuer: old }), [old, root]];
      },
    ],
    [
      "an intermediate that is not a CA, without the root",
      /"CN=not a ca" issued another, and is not a CA/,
      () => {
        const none = makeCertificate({ subject: "not a ca", issuer: ca, keyUsage: [5] });
        return [makeCertificate({ issuer: none }), [none, ca]];
      },
    ],
    [
      "a root, and not the certificate between",
      /was issued by "CN=intermediate", which is not among the certificates given/,
      () => [leaf, [root]],
    ],
    ["a chain of others", /was issued by "CN=intermediate"/, () => [leaf, [makeCa({ subject: "unrelated" })]]],
  ];
  for (const [what, said, make] of faults) {
    test(`warns, in the words of a verification, of ${what}`, async () => {
      const [own, chain] = make();
      const warnings = await warned(own, chain);
      assert.equal(warnings.length, 1);
      assert.match(warnings[0]!, /^CERTIFICATE_CHAIN_REFUSED: a verification by this chain alone is refused: /);
      assert.match(warnings[0]!, said);
    });
  }

  test("warns of what only the strict profile refuses", async () => {
    const bare = makeCa({ issuer: root, subjectKeyIdentifier: null });
    const warnings = await warned(makeCertificate({ issuer: bare }), [bare]);
    assert.deepEqual(warnings, ['CERTIFICATE_PROFILE: the certificate "CN=intermediate" is a CA without a subject key identifier']);
  });

  test("refuses a leaf that no verification takes, whatever the chain", async () => {
    const wrong = makeCertificate({ issuer: ca, extra: [{ oid: "1.2.3", critical: true, value: bytes(5, 0) }] });
    await rejectsWith("CERTIFICATE_EXTENSION_UNKNOWN", () => signWith(wrong, [ca, root]));
    await rejectsWith("CERTIFICATE_EXPIRED", () => signWith(makeCertificate({ issuer: ca, notAfter: expired }), [ca, root]));
  });

  test("takes a chain file that is empty, and says so", async () => {
    const signer = await certificateSigner({
      privateKey: leaf.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      signingCertificate: leaf.pem,
      certificateChain: [{ name: "chain.crt", content: new Uint8Array() }, ca.pem],
    });
    const { warnings } = await sign(model, { signer });
    assert.deepEqual(
      warnings.map(({ message }) => message),
      ["the certificate chain chain.crt is empty"],
    );
  });

  test("takes a certificate whose key is compressed", async () => {
    const key = newKey("P-256");
    const spki = spkiOf(key);
    const point = spki.subarray(-65);
    const compressed = sequence(
      sequence(oid("1.2.840.10045.2.1"), oid("1.2.840.10045.3.1.7")),
      bitString(bytes(2 + (point.at(-1)! & 1), ...point.subarray(1, 33))),
    );
    assert.deepEqual(parsePublicKey(compressed).spki, spki);
    const { signer } = await signWith(makeCertificate({ issuer: ca, key, spki: compressed }), [ca, root]);
    assert.equal(signer.method, "certificate");
  });
});
