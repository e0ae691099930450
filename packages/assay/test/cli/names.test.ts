import assert from "node:assert/strict";
import { test } from "node:test";
import { signerDetails, signerPhrase } from "../../src/cli/text/names.ts";
import type { SignerIdentity } from "../../src/index.ts";

const HEX = "ab".repeat(32);
const signer: Extract<SignerIdentity, { method: "certificate" }> = {
  method: "certificate",
  algorithm: "ecdsa-p256-sha256",
  subject: "CN=Granite Models",
  issuer: "CN=Granite Root",
  names: ["email:models@ibm.example"],
  anchor: "CN=Granite Root",
  fingerprint: HEX,
  notBefore: new Date(0),
  notAfter: new Date(0),
  path: [HEX, HEX],
};

test("a signer is named with the root that vouches for it", () => {
  assert.equal(signerPhrase(signer), "CN=Granite Models under CN=Granite Root");
  assert.equal(signerDetails(signer), "CN=Granite Models (email:models@ibm.example), certificate abab…abab");
});

test("only a path of one certificate makes the signer the root itself, equal names do not", () => {
  assert.equal(signerPhrase({ ...signer, anchor: signer.subject }), "CN=Granite Models under CN=Granite Models");
  assert.equal(signerPhrase({ ...signer, anchor: signer.subject, path: [HEX] }), "CN=Granite Models (itself the root)");
});

test("a certificate without a subject is named by its first other name, and one without any is unnamed", () => {
  assert.equal(signerPhrase({ ...signer, subject: "" }), "email:models@ibm.example under CN=Granite Root");
  assert.equal(signerDetails({ ...signer, subject: "" }), "email:models@ibm.example, certificate abab…abab");
  assert.equal(signerDetails({ ...signer, subject: "", names: [] }), "a certificate without a name, certificate abab…abab");
});
