import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { implicit, integer, oid, sequence } from "../../support/der-writer.ts";
import {
  CODE_SIGNING,
  type CertificateRecipe,
  makeCa,
  makeCertificate,
  type MadeCertificate,
  type MadeExtension,
} from "../../support/x509/make.ts";
import { type Question, refused, subjects } from "../../support/x509/path-question.ts";

const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
const ANY_PURPOSE = "2.5.29.37.0";

const root = makeCa();
const leafUnder = (issuer: MadeCertificate, recipe: CertificateRecipe = {}): MadeCertificate =>
  makeCertificate({ subject: "leaf", issuer, ...recipe });

suite("path lengths", () => {
  const chain = (...limits: readonly (number | undefined)[]): MadeCertificate[] => {
    const cas: MadeCertificate[] = [];
    for (const [index, limit] of limits.entries()) {
      const issuer = cas.at(-1);
      cas.push(makeCa({ subject: `ca ${index}`, ...(issuer && { issuer }), ...(limit !== undefined && { pathLength: limit }) }));
    }
    return cas;
  };
  const question = (cas: readonly MadeCertificate[], rest: Partial<Question> = {}): Question => ({
    leaf: leafUnder(cas.at(-1)!),
    between: cas.slice(1),
    anchors: cas.slice(0, 1),
    ...rest,
  });

  test("of 0 allow a leaf below", async () => assert.equal((await subjects(question(chain(undefined, 0)))).length, 3));
  test("of 0 allow no CA below", () => refused("CERTIFICATE_PATH_LENGTH", question(chain(undefined, 0, 0))));
  test("of 1 allow one CA below, whatever that one says", async () => {
    assert.equal((await subjects(question(chain(undefined, 1, 2)))).length, 4);
    await refused("CERTIFICATE_PATH_LENGTH", question(chain(undefined, 1, 2, 2)));
  });
  test("of an anchor count", () => refused("CERTIFICATE_PATH_LENGTH", question(chain(0, undefined))));

  test("do not count self-issued certificates", async () => {
    const [top, next] = chain(undefined, 1) as [MadeCertificate, MadeCertificate];
    const rolled = makeCa({ subject: "ca 1", issuer: next, pathLength: 1 });
    const last = makeCa({ subject: "last", issuer: rolled, pathLength: 0 });
    assert.equal((await subjects({ leaf: leafUnder(last), between: [next, rolled, last], anchors: [top] })).length, 5);
  });

  test("are limited by the caller too, self-issued ones not counted", async () => {
    const two = chain(undefined, undefined, undefined);
    assert.equal((await subjects(question(two, { maxIntermediates: 2 }))).length, 4);
    await refused("CERTIFICATE_PATH_LENGTH", question(two, { maxIntermediates: 1 }));
    await refused("CERTIFICATE_PATH_LENGTH", question(chain(undefined, undefined), { maxIntermediates: 0 }));
  });
});

suite("purposes", () => {
  const under = (caPurposes: readonly string[] | null, leafPurposes: readonly string[] | null): Question => {
    const between = makeCa({ issuer: root, extendedKeyUsage: caPurposes });
    return {
      leaf: leafUnder(between, { extendedKeyUsage: leafPurposes }),
      between: [between],
      anchors: [root],
      extendedKeyUsage: CODE_SIGNING,
    };
  };
  test("are what leaf and CA list, any purpose, or unlimited", async () => {
    for (const [ofCa, ofLeaf] of [
      [null, null],
      [[CODE_SIGNING], [CODE_SIGNING]],
      [[ANY_PURPOSE], [ANY_PURPOSE]],
    ] as const) {
      assert.equal((await subjects(under(ofCa, ofLeaf))).length, 3);
    }
  });
  test("of the leaf limit it", () => refused("CERTIFICATE_EXTENDED_KEY_USAGE", under(null, [SERVER_AUTH])));
  test("of a CA limit what is below it", () => refused("CERTIFICATE_EXTENDED_KEY_USAGE", under([SERVER_AUTH], [CODE_SIGNING])));
  test("of a leaf that is an anchor limit it", () => {
    const own = makeCertificate({ extendedKeyUsage: [SERVER_AUTH] });
    return refused("CERTIFICATE_EXTENDED_KEY_USAGE", { leaf: own, anchors: [own], extendedKeyUsage: CODE_SIGNING });
  });
});

suite("policies", () => {
  const POLICY = "1.3.6.1.4.1.55738.2";
  const policies = (...identifiers: string[]): MadeExtension => ({
    oid: "2.5.29.32",
    value: sequence(...identifiers.map((id) => sequence(oid(id)))),
  });
  const requireExplicit: MadeExtension = { oid: "2.5.29.36", critical: true, value: sequence(implicit(0, integer(0))) };
  const under = (caExtra: MadeExtension[], leafExtra: MadeExtension[]): Question => {
    const between = makeCa({ issuer: root, extra: caExtra });
    return { leaf: leafUnder(between, { extra: leafExtra }), between: [between], anchors: [root] };
  };
  test("need not hold where it is not required", async () => {
    assert.equal((await subjects(under([policies(POLICY)], [policies("1.2.3")]))).length, 3);
  });
  test("that a CA demands must hold along the path", async () => {
    assert.equal((await subjects(under([policies(POLICY), requireExplicit], [policies(POLICY)]))).length, 3);
    await refused("CERTIFICATE_POLICY", under([policies(POLICY), requireExplicit], [policies("1.2.3")]));
    await refused("CERTIFICATE_POLICY", under([policies(POLICY), requireExplicit], []));
    await refused("CERTIFICATE_POLICY", under([requireExplicit], [policies(POLICY)]));
  });
  test("are met by anyPolicy, unless a CA inhibits it", async () => {
    const anyPolicy = policies("2.5.29.32.0");
    assert.equal((await subjects(under([anyPolicy, requireExplicit], [anyPolicy]))).length, 3);
    const inhibit: MadeExtension = { oid: "2.5.29.54", critical: true, value: integer(0) };
    await refused("CERTIFICATE_POLICY", under([anyPolicy, requireExplicit, inhibit], [anyPolicy]));
  });
  test("that are mapped to others count as not holding", async () => {
    const mapping: MadeExtension = { oid: "2.5.29.33", critical: true, value: sequence(sequence(oid(POLICY), oid("1.2.3"))) };
    await refused("CERTIFICATE_POLICY", under([policies(POLICY), requireExplicit, mapping], [policies(POLICY)]));
  });
});
