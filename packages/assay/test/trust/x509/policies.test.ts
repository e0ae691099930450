import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { validateCertificatePath } from "../../../src/trust/x509/path.ts";
import { implicit, integer, oid, sequence } from "../../support/der-writer.ts";
import { rejectsWith } from "../../support/rejects.ts";
import { makeCa, makeCertificate, NOW, type MadeExtension } from "../../support/x509/make.ts";

const [A, B, C] = ["1.3.6.1.4.1.55738.1", "1.3.6.1.4.1.55738.2", "1.3.6.1.4.1.55738.3"] as const;
const ANY = "2.5.29.32.0";

const policies = (...names: string[]): MadeExtension => ({
  oid: "2.5.29.32",
  value: sequence(...names.map((policy) => sequence(oid(policy)))),
});
const map = (...pairs: [string, string][]): MadeExtension => ({
  oid: "2.5.29.33",
  critical: true,
  value: sequence(...pairs.map(([from, to]) => sequence(oid(from), oid(to)))),
});
const requireExplicit = (after = 0): MadeExtension => ({ oid: "2.5.29.36", critical: true, value: sequence(implicit(0, integer(after))) });
const inhibitMapping = (after = 0): MadeExtension => ({ oid: "2.5.29.36", critical: true, value: sequence(implicit(1, integer(after))) });
const inhibitAny = (after = 0): MadeExtension => ({ oid: "2.5.29.54", critical: true, value: integer(after) });
/** A CA that keeps the name of the one above it: a new key of the same CA. */
const SELF_ISSUED = "self-issued";
type Link = readonly (MadeExtension | typeof SELF_ISSUED)[];

/** Validates a chain with these extensions: the anchor's first, the leaf's last. */
async function validate(...links: readonly Link[]): Promise<void> {
  const made = links.map(() => makeCertificate());
  for (const [index, link] of links.entries()) {
    const issuer = made[index - 1];
    const extra = link.filter((extension) => extension !== SELF_ISSUED);
    const isLeaf = index === links.length - 1;
    const subject = link.includes(SELF_ISSUED) && issuer !== undefined ? issuer.subject : `ca ${index}`;
    const recipe = { subject, extra, ...(index > 0 && issuer !== undefined && { issuer }) };
    made[index] = isLeaf ? makeCertificate({ ...recipe, subject: "leaf" }) : makeCa(recipe);
  }
  const ders = made.map(({ der }) => der);
  const path = await validateCertificatePath({ leaf: ders.at(-1)!, candidates: ders.slice(1, -1), anchors: [ders[0]!], at: NOW });
  assert.equal(path.certificates.length, links.length);
}

const refuses = (...links: readonly Link[]): Promise<unknown> => rejectsWith("CERTIFICATE_POLICY", () => validate(...links));

suite("a demanded policy", () => {
  test("holds where every certificate names it", async () => {
    await validate([], [policies(A, B), requireExplicit()], [policies(B, C)], [policies(B)]);
    await refuses([], [policies(A, B), requireExplicit()], [policies(B, C)], [policies(A)]);
    await refuses([], [policies(A), requireExplicit()], [], [policies(A)]);
  });

  test("is demanded only after as many certificates as the CA says", async () => {
    await validate([], [requireExplicit(3)], [], []);
    await refuses([], [requireExplicit(2)], [], []);
    await refuses([], [requireExplicit(3)], [], [], []);
  });

  test("may be demanded by the anchor and by the leaf itself", async () => {
    await validate([requireExplicit()], [policies(A)], [policies(A)]);
    await refuses([requireExplicit()], [policies(A)], []);
    await validate([], [policies(A)], [policies(A), requireExplicit()]);
    await refuses([], [policies(A)], [requireExplicit()]);
    await validate([], [], [requireExplicit(1)]);
  });

  test("is not met outside of the anchor's policies", async () => {
    await validate([policies(A), requireExplicit()], [policies(A)]);
    await refuses([policies(B), requireExplicit()], [policies(A)]);
    await validate([policies(ANY), requireExplicit()], [policies(A)]);
  });

  test("counts no self-issued CA", async () => {
    await refuses([], [requireExplicit(1)], [SELF_ISSUED], [], []);
    await validate([], [requireExplicit(3)], [SELF_ISSUED], [], []);
  });
});

suite("anyPolicy", () => {
  test("covers whatever the others name", async () => {
    await validate([], [policies(ANY), requireExplicit()], [policies(A)], [policies(ANY)]);
    await validate([], [policies(A), requireExplicit()], [policies(ANY)], [policies(A)]);
    await refuses([], [policies(A), requireExplicit()], [policies(ANY)], [policies(B)]);
  });

  test("ends where a CA, or the anchor, inhibits it", async () => {
    await refuses([], [policies(A), requireExplicit(), inhibitAny()], [policies(ANY)], [policies(A)]);
    await refuses([inhibitAny()], [policies(ANY), requireExplicit()], [policies(A)]);
    await validate([], [policies(A), requireExplicit(), inhibitAny(1)], [policies(ANY)], [policies(A)]);
    await refuses([], [policies(A), requireExplicit(), inhibitAny(1)], [policies(A)], [policies(ANY)]);
  });

  test("still counts in a self-issued CA, and not in a leaf", async () => {
    await validate([], [policies(A), requireExplicit(), inhibitAny()], [policies(ANY), SELF_ISSUED], [policies(A)]);
    await refuses([], [policies(A), requireExplicit(), inhibitAny()], [policies(ANY)]);
  });
});

suite("a policy that is mapped", () => {
  test("is met by the one that it is mapped to, and no longer by itself", async () => {
    const ca = [policies(A), requireExplicit(), map([A, B])];
    await validate([], ca, [policies(B)]);
    await refuses([], ca, [policies(A)]);
  });

  test("may be mapped to several, and with others", async () => {
    const ca = [policies(A, B), requireExplicit(), map([A, B], [A, C], [B, C])];
    for (const policy of [B, C]) await validate([], ca, [policies(policy)]);
    await refuses([], ca, [policies(A)]);
  });

  test("counts only where the CA allows it, by name or by anyPolicy", async () => {
    await refuses([], [policies(C), requireExplicit(), map([A, B])], [policies(B)]);
    await validate([], [policies(ANY), requireExplicit(), map([A, B])], [policies(B)]);
  });

  test("is met by nothing where mapping is inhibited", async () => {
    await refuses([inhibitMapping()], [policies(A), map([A, B])], [policies(B), requireExplicit()]);
    await refuses([], [inhibitMapping(), policies(A)], [policies(A), map([A, B])], [policies(B), requireExplicit()]);
    await validate([], [inhibitMapping(1), policies(A), map([A, B])], [policies(B), requireExplicit()]);
    await validate([inhibitMapping()], [policies(A, C), map([A, B])], [policies(C), requireExplicit()]);
  });
});
