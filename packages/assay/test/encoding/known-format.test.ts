import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { gzipSync } from "node:zlib";
import { suite, test } from "node:test";
import { assert as check, property, string, uint8Array } from "fast-check";
import { type KnownFormat, KNOWN_FORMATS, recognizeFormat } from "../../src/encoding/known-format.ts";
import { encodePem } from "../../src/encoding/pem.ts";
import { mistaken } from "../../src/encoding/mistaken-file.ts";
import { makeCa } from "../support/x509/make.ts";
import { makeList } from "../support/x509/make-crl.ts";
import { explicit, integer, octetString, oid, sequence, setOf } from "../support/der-writer.ts";

const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const ca = makeCa();
const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const utf16 = (content: string): Uint8Array => new Uint8Array(Buffer.from(content, "utf16le"));
const locked = { type: "pkcs8", cipher: "aes-256-cbc", passphrase: "x" } as const;
const signature = new Uint8Array(sign("sha256", text("x"), ec.privateKey));
const contentInfo = (type: number): Uint8Array => sequence(oid(`1.2.840.113549.1.7.${type}`), explicit(0, octetString(text("x"))));
const request = sequence(
  sequence(integer(0), sequence(), sequence(oid("1.2.3")), explicit(0)),
  sequence(oid("1.2.3")),
  Uint8Array.of(3, 2, 0, 1),
);
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

const FILES: readonly (readonly [KnownFormat, string, Uint8Array | string])[] = [
  ["empty", "nothing", ""],
  ["empty", "blank lines", " \n\n"],
  ["html", "a page", "<!DOCTYPE html>\n<html><head></head></html>"],
  ["html", "a page without its type, in capitals", "\n <HTML><BODY>404</BODY></HTML>"],
  ["html", "XHTML behind a comment", '<?xml version="1.0"?>\n<!-- a -->\n<html xmlns="http://www.w3.org/1999/xhtml">'],
  ["lfs-pointer", "a pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"],
  ["gzip", "a compressed key", gzipSync("-----BEGIN PUBLIC KEY-----")],
  ["zip", "an archive", Uint8Array.of(0x50, 0x4b, 3, 4, 20)],
  ["zstd", "an archive", Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0)],
  ["utf-16", "with its mark", Buffer.concat([Uint8Array.of(0xff, 0xfe), utf16("-----BEGIN")])],
  ["utf-16", "without its mark", utf16("-----BEGIN PUBLIC KEY-----")],
  ["openssh-public", "Ed25519", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFLJ me@host"],
  ["openssh-public", "on a token", "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1l me"],
  ["openssh-private", "any", encodePem("OPENSSH PRIVATE KEY", text("openssh-key-v1\0"))],
  ["ssh2-public", "any", '---- BEGIN SSH2 PUBLIC KEY ----\nComment: "x"\nAAAA\n---- END SSH2 PUBLIC KEY ----'],
  ["putty-key", "any", "PuTTY-User-Key-File-3: ssh-ed25519\n"],
  ["pgp-key", "armored", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQIN\n-----END PGP PUBLIC KEY BLOCK-----"],
  ["pgp-key", "binary", Uint8Array.of(0x99, 1, 0x0d, 4)],
  ["pgp-message", "a signature", "-----BEGIN PGP SIGNATURE-----\n\nmQIN\n-----END PGP SIGNATURE-----"],
  ["age-key", "a recipient", `age1${"q".repeat(58)}\n`],
  ["age-key", "an identity behind comments", "# created: 2026\n# public key: age1\nAGE-SECRET-KEY-1QQQQ\n"],
  ["minisign", "a key", "untrusted comment: minisign public key 1\nRWQ="],
  ["jks", "a store", Uint8Array.of(0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2)],
  ["pkcs12", "a store", sequence(integer(3), contentInfo(1), sequence(sequence()))],
  ["pkcs12", "a store without a MAC", sequence(integer(3), contentInfo(1))],
  ["pkcs7-der", "in DER", contentInfo(2)],
  ["pkcs7", "in PEM", encodePem("PKCS7", contentInfo(2))],
  ["certificate-request", "in PEM", encodePem("CERTIFICATE REQUEST", request)],
  ["certificate-request", "in DER", request],
  ["certificate", "in PEM behind an explanation", `Certificate:\n    Data:\n${ca.pem}`],
  ["certificate", "in DER", ca.der],
  ["certificate", "of version 1 in DER", makeCa({ version: null, extensions: null }).der],
  ["revocation-list", "in PEM", makeList({ issuer: ca }).pem],
  ["revocation-list", "in DER", makeList({ issuer: ca }).der],
  ["public-key", "in PEM", ec.publicKey.export({ type: "spki", format: "pem" })],
  ["public-key", "in DER", ec.publicKey.export({ type: "spki", format: "der" })],
  ["pkcs1-public", "in PEM", rsa.publicKey.export({ type: "pkcs1", format: "pem" })],
  ["pkcs1-public", "in DER", rsa.publicKey.export({ type: "pkcs1", format: "der" })],
  ["private-key", "PKCS#8 in DER", ec.privateKey.export({ type: "pkcs8", format: "der" })],
  ["private-key", "SEC1 in DER", ec.privateKey.export({ type: "sec1", format: "der" })],
  ["private-key", "PKCS#1 in DER", rsa.privateKey.export({ type: "pkcs1", format: "der" })],
  ["private-key", "beside its certificate", ca.pem + ec.privateKey.export({ type: "pkcs8", format: "pem" }).toString()],
  ["private-key", "behind its parameters", `${encodePem("EC PARAMETERS", oid("1.2.3"))}${encodePem("EC PRIVATE KEY", text("x"))}`],
  ["encrypted-private-key", "in PEM", ec.privateKey.export({ format: "pem", ...locked })],
  ["encrypted-private-key", "in DER", ec.privateKey.export({ format: "der", ...locked })],
  ["cosign-private", "of today", encodePem("ENCRYPTED SIGSTORE PRIVATE KEY", text("{}"))],
  ["cosign-private", "of old", encodePem("ENCRYPTED COSIGN PRIVATE KEY", text("{}"))],
  ["parameters", "alone", encodePem("EC PARAMETERS", oid("1.2.3"))],
  ["jwk", "public", JSON.stringify(ec.publicKey.export({ format: "jwk" }))],
  ["jwk-private", "private", JSON.stringify(ec.privateKey.export({ format: "jwk" }))],
  ["sigstore-bundle", "a bundle", '{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","dsseEnvelope":{"payloadType":"x"}}'],
  ["trusted-root", "a root", '{ "mediaType": "application/vnd.dev.sigstore.trustedroot+json;version=0.1" }'],
  ["cosign-bundle", "old", '{"base64Signature":"MEUC","cert":"","rekorBundle":{}}'],
  ["dsse-envelope", "alone", '{"payload":"","payloadType":"application/vnd.in-toto+json","signatures":[]}'],
  ["statement", "alone", '{"_type":"https://in-toto.io/Statement/v1","subject":[]}'],
  ["json", "other", '{"a":1}'],
  ["bare-signature", "in base64, as cosign writes it", base64(signature)],
  ["bare-signature", "in DER", signature],
  ["base64-der", "of a key", base64(ec.publicKey.export({ type: "spki", format: "der" }))],
];

suite("a file's format is known by its content", () => {
  for (const [kind, what, content] of FILES) {
    test(`${kind}: ${what}`, () => {
      assert.equal(recognizeFormat(content), kind);
      if (typeof content === "string") assert.equal(recognizeFormat(text(content)), kind);
    });
  }

  test("and is unknown where nothing tells", () => {
    for (const content of ["hello", "just some words", text("\u0000\u0001"), sequence(), setOf(integer(1))]) {
      assert.equal(recognizeFormat(content), undefined);
    }
  });

  test("and nothing makes it throw", () => {
    check(property(uint8Array({ maxLength: 200 }), (bytes) => void recognizeFormat(bytes)));
    check(property(string({ maxLength: 200 }), (content) => void recognizeFormat(content)));
    check(property(uint8Array({ maxLength: 60 }), (bytes) => void recognizeFormat(sequence(bytes))));
  });
});

suite("the message about a file given by mistake", () => {
  test("says what the file is and what it should have been", () => {
    assert.equal(mistaken("html", "public key"), "it is an HTML page, not a public key");
    assert.equal(mistaken("certificate-request", "certificate"), "it is a certificate request, not a certificate");
    const another = "not a private key in a supported format";
    assert.equal(mistaken("openssh-private", "private key"), `it is an OpenSSH private key, ${another}`);
    assert.equal(mistaken("cosign-private", "private key"), `it is a private key as cosign encrypts it, ${another}`);
  });

  test("never calls a known format damaged", () => {
    for (const name of Object.values(KNOWN_FORMATS)) assert.doesNotMatch(name, /damaged|invalid/);
  });
});
