import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { changesBetween, membersOf } from "../../src/roots/members.ts";
import { shippedInstance } from "../../src/roots/shipped.ts";
import { readTrustedRoot } from "../../src/trust/sigstore/trusted-root.ts";
import { newKey, spkiOf } from "../support/x509/make.ts";
import { makeInstance, trustedRootJson, type RootParts } from "../support/roots/trusted-roots.ts";

const instance = makeInstance();
const [first, second] = [spkiOf(newKey("Ed25519")), spkiOf(newKey("Ed25519"))];
const membersWith = (parts: RootParts): ReturnType<typeof membersOf> => membersOf(readTrustedRoot(trustedRootJson({ instance, ...parts })));

async function changes(before: RootParts, after: RootParts): Promise<string[]> {
  return changesBetween(await membersWith(before), await membersWith(after)).map(
    ({ kind, member }) => `${kind} ${member.role} ${member.url}`,
  );
}

suite("those whom a root trusts", () => {
  test("are all in it, with what tells them apart", async () => {
    const members = await membersOf(readTrustedRoot(shippedInstance("sigstore.dev").shipped!.trustedRoot));
    assert.deepEqual(
      members.map(({ role }) => role).filter((role, index, roles) => roles.indexOf(role) === index),
      ["log", "certificate-authority", "ct-log", "timestamp-authority"],
    );
    const rekor = members.find(({ url }) => url === "https://rekor.sigstore.dev")!;
    assert.equal(rekor.id, "c0d23d6ad406973f9559f3ba2d1ca01f84147d8ffc5b8445c224f98b9591801d");
    const fulcio = members.filter(({ role }) => role === "certificate-authority");
    assert.deepEqual(
      fulcio.map(({ certificates }) => certificates.map(({ subject }) => subject)),
      [["CN=sigstore,O=sigstore.dev"], ["CN=sigstore-intermediate,O=sigstore.dev", "CN=sigstore,O=sigstore.dev"]],
    );
  });

  test("are shown where a certificate cannot be read, too", async () => {
    const text = trustedRootJson({ instance }).toString();
    const broken = text.replace(Buffer.from(instance.tsa[0]!.der).toString("base64"), "AAAA");
    const tsa = (await membersOf(readTrustedRoot(Buffer.from(broken)))).find(({ role }) => role === "timestamp-authority");
    assert.equal(tsa!.certificates[0]!.subject, "");
  });
});

suite("what a new root changes", () => {
  const a = { url: "https://a.example.com", spki: first };
  const b = { url: "https://b.example.com", spki: second };

  test("is nothing where it is the same", async () => {
    assert.deepEqual(await changes({ logs: [a, b] }, { logs: [b, a] }), []);
  });

  test("is a log that came, one that went, one whose end is known now", async () => {
    assert.deepEqual(await changes({ logs: [a] }, { logs: [a, b] }), ["added log https://b.example.com"]);
    assert.deepEqual(await changes({ logs: [a, b] }, { logs: [b] }), ["removed log https://a.example.com"]);
    assert.deepEqual(await changes({ logs: [a] }, { logs: [{ ...a, end: "2026-06-01T00:00:00Z" }] }), [
      "changed log https://a.example.com",
    ]);
  });

  test("is a key listed a second time, for another period", async () => {
    assert.deepEqual(await changes({ logs: [a] }, { logs: [a, { ...a, url: "https://c.example.com" }] }), [
      "added log https://c.example.com",
    ]);
  });

  test("is an authority whose certificates are others", async () => {
    const other = { ...instance, fulcio: makeInstance().fulcio };
    assert.deepEqual(await changes({}, { instance: other }), [
      "added certificate-authority https://fulcio.example.com",
      "removed certificate-authority https://fulcio.example.com",
    ]);
  });
});
