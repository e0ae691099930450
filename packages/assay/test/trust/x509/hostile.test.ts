import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { validateCertificatePath } from "../../../src/trust/x509/path.ts";
import { rejectsWith } from "../../support/rejects.ts";
import {
  dnsName,
  email,
  makeCa,
  makeCertificate,
  name,
  nameConstraints,
  newKey,
  NOW,
  uri,
  type MadeCertificate,
} from "../../support/x509/make.ts";

// None of these asserts on time: without the bound that it tests, each would run for minutes or fill the stack.

interface Certificates {
  readonly leaf: MadeCertificate;
  readonly candidates: readonly MadeCertificate[];
  readonly anchors: readonly MadeCertificate[];
}

async function validate({ leaf, candidates, anchors }: Certificates): Promise<number> {
  const [between, trusted] = [candidates.map(({ der }) => der), anchors.map(({ der }) => der)];
  return (await validateCertificatePath({ leaf: leaf.der, candidates: between, anchors: trusted, at: NOW })).certificates.length;
}

const many = <Value>(count: number, make: (index: number) => Value): Value[] => Array.from({ length: count }, (_, index) => make(index));
const root = makeCa();
const unrelated = makeCa({ subject: "unrelated" });

suite("hostile certificates", () => {
  test("hundreds of CAs of one name and key identifier do not hide the right one where it comes early", async () => {
    const ca = makeCa({ subject: "ca", issuer: root });
    const alike = many(300, () => makeCa({ subject: "ca", issuer: root, subjectKeyIdentifier: ca.keyIdentifier }));
    const leaf = makeCertificate({ issuer: ca });
    assert.equal(await validate({ leaf, candidates: [ca, ...alike], anchors: [root] }), 3);
    await rejectsWith("CERTIFICATE_PATH_WORK", () => validate({ leaf, candidates: [...alike, ca], anchors: [root] }));
  });

  test("CAs without key identifier do not hide the one that is named", async () => {
    const ca = makeCa({ subject: "ca", issuer: root });
    const alike = many(300, () => makeCa({ subject: "ca", issuer: root, subjectKeyIdentifier: null }));
    assert.equal(await validate({ leaf: makeCertificate({ issuer: ca }), candidates: [...alike, ca], anchors: [root] }), 3);
  });

  test("layers of CAs that all lead to each other end", async () => {
    const keys = many(9, () => newKey("P-256"));
    const candidates: MadeCertificate[] = [];
    let above = makeCa({ subject: "layer 0", key: keys[0]! });
    for (let layer = 1; layer <= 8; layer++) {
      const issuer = above;
      const made = many(20, () => makeCa({ subject: `layer ${layer}`, key: keys[layer]!, issuer }));
      candidates.push(...made);
      above = made[0]!;
    }
    const leaf = makeCertificate({ issuer: above, names: [dnsName("a.example")] });
    // With nothing at the top, with an anchor that every way reaches in vain, and with one that holds.
    await rejectsWith("CERTIFICATE_PATH_WORK", () => validate({ leaf, candidates, anchors: [unrelated] }));
    const excluding = makeCa({ subject: "layer 0", key: keys[0]!, nameConstraints: nameConstraints({ excluded: [dnsName("a.example")] }) });
    await rejectsWith("CERTIFICATE_PATH_WORK", () => validate({ leaf, candidates, anchors: [excluding] }));
    assert.equal(await validate({ leaf, candidates, anchors: [makeCa({ subject: "layer 0", key: keys[0]! })] }), 10);
  });

  test("a hundred self-issued CAs, which no path length counts, end", async () => {
    const candidates: MadeCertificate[] = [unrelated];
    for (let index = 0; index < 100; index++) candidates.push(makeCa({ subject: "unrelated", issuer: candidates.at(-1)! }));
    const leaf = makeCertificate({ issuer: candidates.at(-1)! });
    await rejectsWith("CERTIFICATE_PATH_LENGTH", () => validate({ leaf, candidates, anchors: [unrelated] }));
  });

  test("thousands of names under thousands of constraints are not compared", async () => {
    const subtrees = many(1000, (index) => dnsName(`x${index}.example`));
    const ca = makeCa({ nameConstraints: nameConstraints({ permitted: [dnsName("example")], excluded: subtrees }) });
    const few = makeCertificate({ issuer: ca, names: many(100, (index) => dnsName(`t${index}.example`)) });
    assert.equal(await validate({ leaf: few, candidates: [], anchors: [ca] }), 2);
    const names = many(1000, (index) => dnsName(`t${index}.example`));
    await rejectsWith("CERTIFICATE_PATH_WORK", () =>
      validate({ leaf: makeCertificate({ issuer: ca, names }), candidates: [], anchors: [ca] }),
    );
    const subject = name(...many(1000, (index): [string, string] => ["1.2.840.113549.1.9.1", `t${index}@example.com`]));
    await rejectsWith("CERTIFICATE_PATH_WORK", () =>
      validate({ leaf: makeCertificate({ issuer: ca, subject }), candidates: [], anchors: [ca] }),
    );
  });

  test("long names of every kind are read in passing", async () => {
    const long = makeCa({ nameConstraints: nameConstraints({ excluded: many(1000, (index) => uri(`x${index}.example`)) }) });
    const names = [uri(`https://${"a:".repeat(50_000)}@host.example/`), email(`${"a".repeat(200)}@host.example`)];
    assert.equal(await validate({ leaf: makeCertificate({ issuer: long, names }), candidates: [], anchors: [long] }), 2);
    // Normalizing this would take time by the square of its length.
    const marks = makeCa({ subject: name(["2.5.4.3", "\u0316\u0300".repeat(50_000)]), issuer: root });
    assert.equal(await validate({ leaf: makeCertificate({ issuer: root }), candidates: [marks], anchors: [root] }), 2);
  });

  test("more certificates than anybody has are not even read", async () => {
    const leaf = makeCertificate({ issuer: root });
    await rejectsWith("CERTIFICATE_PATH_WORK", () => validate({ leaf, candidates: many(1000, () => unrelated), anchors: [root] }));
    const large = makeCa({ subject: name(...many(9000, (index): [string, string] => ["2.5.4.3", `${index}`])) });
    await rejectsWith("CERTIFICATE_PATH_WORK", () => validate({ leaf, candidates: many(12, () => large), anchors: [root] }));
  });
});
