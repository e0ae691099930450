import assert from "node:assert/strict";
import { constants, createHash, generateKeyPairSync, type KeyObject, privateEncrypt, sign } from "node:crypto";
import { suite, test } from "node:test";
import { verifyPrehashed } from "../../src/trust/prehashed-signature.ts";
import { parsePublicKey } from "../../src/trust/public-key.ts";
import { integer, sequence } from "../support/der-writer.ts";
import { children, contentOf } from "../support/sigstore/der-children.ts";
import { flipped } from "../support/sigstore/keyless.ts";
import { newKey, spkiOf } from "../support/x509/make.ts";

const FILE = Buffer.from("weights");
const digestOf = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash("sha256").update(bytes).digest());
const SHA256 = digestOf(FILE);

function verifies(key: KeyObject, signature: Uint8Array, sha256: Uint8Array = SHA256): Promise<boolean> {
  const read = parsePublicKey(spkiOf(key));
  assert.ok(read.kind !== "ed25519");
  return verifyPrehashed(read, signature, sha256);
}

const signedBy = (key: KeyObject, hash = "sha256"): Uint8Array => new Uint8Array(sign(hash, FILE, key));

/** The order of each curve's group: SEC 2, version 2, sections 2.4.2, 2.5.1 and 2.6.1. */
const ORDERS = {
  "P-256": 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  "P-384": 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  "P-521":
    0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
} as const;

suite("an ECDSA signature over a file of which the digest is at hand", () => {
  for (const [curve, order] of Object.entries(ORDERS) as [keyof typeof ORDERS, bigint][]) {
    const key = newKey(curve);
    const signature = signedBy(key);
    const [r, s] = children(signature).map((field) => BigInt(`0x${Buffer.from(contentOf(field)).toString("hex")}`)) as [bigint, bigint];
    const of = (first: bigint, second: bigint): Uint8Array => sequence(integer(first), integer(second));

    test(`holds for that digest, by that key: ${curve}`, async () => {
      assert.equal(await verifies(key, signature), true);
      assert.equal(await verifies(key, of(r, s)), true);
      assert.equal(await verifies(key, signature, digestOf(Buffer.from("weighty"))), false);
      assert.equal(await verifies(newKey(curve), signature), false);
      for (const at of [-1, 10]) assert.equal(await verifies(key, flipped(signature, at)), false);
      for (const hash of ["sha384", "sha512"]) assert.equal(await verifies(key, signedBy(key, hash)), false);
    });
    test(`may have s in either half, as everywhere: ${curve}`, async () => {
      assert.equal(await verifies(key, of(r, order - s)), true);
    });
    test(`has r and s from 1 to the order less one: ${curve}`, async () => {
      for (const [first, second] of [
        [0n, s],
        [r, 0n],
        [0n, 0n],
        [order, s],
        [r, order],
        [order, order],
        [r + order, s],
        [r, s + order],
        [-r, s],
        [r, -s],
        [1n, 1n],
        [order - r, s],
      ] as const) {
        assert.equal(await verifies(key, of(first, second)), false, `${first} ${second}`);
      }
    });
    test(`is DER and nothing else: ${curve}`, async () => {
      const body = contentOf(signature);
      const raw = sign("sha256", FILE, { key, dsaEncoding: "ieee-p1363" });
      for (const encoded of [
        new Uint8Array(),
        Uint8Array.of(0x30, 0),
        new Uint8Array(raw),
        signature.subarray(0, -1),
        Buffer.concat([signature, Uint8Array.of(0)]),
        sequence(body, integer(1)),
        sequence(integer(r)),
        sequence(padded(integer(r)), integer(s)),
        sequence(integer(r), padded(integer(s))),
        sequence(sequence(integer(r), integer(s))),
      ]) {
        assert.equal(await verifies(key, encoded), false, Buffer.from(encoded).toString("hex"));
      }
    });
  }
  test("is by a key that is a point of its curve", async () => {
    const key = newKey("P-256");
    const spki = spkiOf(key);
    const read = parsePublicKey(flipped(spki, -1));
    assert.ok(read.kind === "ec");
    assert.equal(await verifyPrehashed(read, signedBy(key), SHA256), false);
  });
  test("is by a key on the same curve", async () => {
    const signature = signedBy(newKey("P-521"));
    for (const curve of ["P-256", "P-384"] as const) assert.equal(await verifies(newKey(curve), signature), false);
  });
});

/** The same integer with a zero too many before it. */
function padded(field: Uint8Array): Uint8Array {
  const content = contentOf(field);
  return Buffer.concat([Uint8Array.of(0x02, content.length + 1, 0), content]);
}

/** DigestInfo of SHA-256 up to the digest, RFC 8017 section 9.2. */
const DIGEST_INFO = Buffer.from("3031300d060960864801650304020105000420", "hex");

suite("an RSA signature over a file of which the digest is at hand", () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const length = 256;
  /** The bare operation over a whole block, which the test lays out itself. */
  const raw = (...block: readonly Uint8Array[]): Uint8Array =>
    new Uint8Array(privateEncrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, Buffer.concat(block)));
  const filled = (count: number, value = 0xff): Uint8Array => new Uint8Array(count).fill(value);
  const before = length - 3 - DIGEST_INFO.length - SHA256.length;

  test("holds for that digest, by that key", async () => {
    for (const bits of [2048, 2056, 3072, 4096]) {
      const key = newKey(bits);
      const signature = signedBy(key);
      assert.equal(await verifies(key, signature), true);
      assert.equal(await verifies(key, signature, digestOf(Buffer.from("weighty"))), false);
      for (const at of [-1, 100]) assert.equal(await verifies(key, flipped(signature, at)), false);
    }
    assert.equal(await verifies(newKey(2048), signedBy(privateKey)), false);
    for (const hash of ["sha1", "sha384", "sha512"]) assert.equal(await verifies(privateKey, signedBy(privateKey, hash)), false);
    const pss = sign("sha256", FILE, { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING });
    assert.equal(await verifies(privateKey, new Uint8Array(pss)), false);
  });

  test("is the padding, the name of the hash and the digest, to the byte", async () => {
    const start = Uint8Array.of(0, 1);
    const zero = Uint8Array.of(0);
    assert.equal(await verifies(privateKey, raw(start, filled(before), zero, DIGEST_INFO, SHA256)), true);
    // The forgery of 2006: a short padding, and what one likes behind the digest.
    const short = filled(8);
    const rest = length - 3 - 8 - DIGEST_INFO.length - SHA256.length;
    const withoutNull = Buffer.from("302f300b06096086480165030402010420", "hex");
    const blocks: readonly (readonly [string, readonly Uint8Array[]])[] = [
      ["something behind the digest", [start, short, zero, DIGEST_INFO, SHA256, filled(rest)]],
      ["zeros behind the digest", [start, short, zero, DIGEST_INFO, SHA256, filled(rest, 0)]],
      ["one byte behind the digest", [start, filled(before - 1), zero, DIGEST_INFO, SHA256, Uint8Array.of(7)]],
      ["a padding of zeros", [Uint8Array.of(0, 0), filled(before, 0), zero, DIGEST_INFO, SHA256]],
      ["the padding of encryption", [Uint8Array.of(0, 2), filled(before), zero, DIGEST_INFO, SHA256]],
      ["another byte in the padding", [start, filled(20), Uint8Array.of(0xfe), filled(before - 21), zero, DIGEST_INFO, SHA256]],
      ["no zero after the padding", [start, filled(before + 1), DIGEST_INFO, SHA256]],
      ["parameters of the hash left out", [start, filled(before + 2), zero, withoutNull, SHA256]],
      ["no name of the hash", [start, filled(before + DIGEST_INFO.length), zero, SHA256]],
      ["the name of another hash", [start, filled(before), zero, flipped(DIGEST_INFO, 14), SHA256]],
      ["another digest", [start, filled(before), zero, DIGEST_INFO, flipped(SHA256)]],
      ["a first byte that is not zero", [Uint8Array.of(1, 1), filled(before), zero, DIGEST_INFO, SHA256]],
    ];
    for (const [what, block] of blocks) {
      assert.equal(await verifies(privateKey, raw(...block)), false, what);
    }
  });

  test("is smaller than the modulus", async () => {
    // Its length has room for more than the modulus, so that the length alone refuses nothing here.
    const key = newKey(2052);
    const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
    const modulus = numberOf(Buffer.from(key.export({ format: "jwk" }).n ?? "", "base64url"));
    const signature = signedBy(key);
    const encoded = (value: bigint): Uint8Array => Buffer.from(value.toString(16).padStart(2 * signature.length, "0"), "hex");
    assert.equal(await verifies(key, encoded(numberOf(signature))), true);
    for (const value of [
      numberOf(signature) + modulus,
      numberOf(signature) + 3n * modulus,
      modulus - numberOf(signature),
      modulus,
      0n,
      1n,
    ]) {
      assert.equal(encoded(value).length, signature.length);
      assert.equal(await verifies(key, encoded(value)), false);
    }
  });

  test("has the length of the modulus, and is not even looked at where it has another", { timeout: 5000 }, async () => {
    const signature = signedBy(privateKey);
    assert.equal(await verifies(privateKey, signature), true);
    assert.equal(await verifies(privateKey, Buffer.concat([Buffer.of(0), signature])), false);
    // As a number it would take minutes, and the test's own limit ends it.
    assert.equal(await verifies(privateKey, new Uint8Array(160_000_000).fill(0xff)), false);
  });
});
