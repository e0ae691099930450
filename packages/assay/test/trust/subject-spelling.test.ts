import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { readDer } from "../../src/encoding/der.ts";
import { namesSubject, sameMailbox, withoutNameType } from "../../src/trust/subject-spelling.ts";
import { readName } from "../../src/trust/x509/name.ts";
import { name } from "../support/x509/make.ts";

const EMAIL = "1.2.840.113549.1.9.1";
const subject = readName(
  readDer(name(["2.5.4.6", "DE"], ["2.5.4.8", "Berlin"], ["2.5.4.10", "Acme, Inc."], ["2.5.4.3", "signer"], [EMAIL, "a@example.com"])),
);

suite("a subject in another spelling", () => {
  for (const text of [
    'C = DE, ST = Berlin, O = "Acme, Inc.", CN = signer, emailAddress = a@example.com',
    "C=DE, ST=Berlin, O=Acme\\, Inc., CN=signer, emailAddress=a@example.com",
    "/C=DE/ST=Berlin/O=Acme, Inc./CN=signer/emailAddress=a@example.com",
    'E=a@example.com, CN=signer, O="Acme, Inc.", S=Berlin, C=DE',
    "email=a@example.com,cn=Signer,o=acme\\, inc.,st=BERLIN,c=de",
    `${EMAIL}=a@example.com,2.5.4.3=signer,O=Acme\\, Inc.,ST=Berlin,C=DE`,
  ]) {
    test(`is recognized: ${text}`, () => assert.ok(namesSubject(text, subject)));
  }

  for (const text of [
    "",
    "signer",
    "CN=signer",
    "/C=DE/ST=Berlin/O=Acme, Inc./CN=other/emailAddress=a@example.com",
    "/ST=Berlin/C=DE/O=Acme, Inc./CN=signer/emailAddress=a@example.com",
    "C=DE,ST=Berlin,O=Acme,CN=signer,emailAddress=a@example.com",
    "XX=DE, ST = Berlin",
  ]) {
    test(`is not another one: ${text}`, () => assert.ok(!namesSubject(text, subject)));
  }
});

test("the host of a mailbox is compared without case, the local part with it", () => {
  assert.ok(sameMailbox("a@EXAMPLE.com", "a@example.COM"));
  assert.ok(!sameMailbox("A@example.com", "a@example.com"));
  assert.ok(!sameMailbox("a@example.com", "a@example.org"));
  assert.ok(!sameMailbox("@example.com", "@example.com"));
  assert.ok(!sameMailbox("example.com", "EXAMPLE.com"));
});

test("the type of an alternative name is told from its value", () => {
  assert.equal(withoutNameType("email:a@example.com"), "a@example.com");
  assert.equal(withoutNameType("DNS:example.com"), "example.com");
  assert.equal(withoutNameType("a@example.com"), undefined);
});
