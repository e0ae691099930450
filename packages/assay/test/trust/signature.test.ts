import assert from "node:assert/strict";
import { constants, sign, type KeyObject } from "node:crypto";
import { suite, test } from "node:test";
import { assert as check, asyncProperty, integer as anyInteger, uint8Array } from "fast-check";
import { AssayError } from "../../src/core/error.ts";
import { parsePublicKey, type PublicKey } from "../../src/trust/public-key.ts";
import { verifySha1SelfSignature, verifySignature, type Hash, type SignatureScheme } from "../../src/trust/signature.ts";
import { bytes, concat, hex, integer, sequence, tlv } from "../support/der-writer.ts";
import { refusedWith, rejectsWith } from "../support/rejects.ts";
import { newKey, spkiOf } from "../support/x509/make.ts";

const data = new TextEncoder().encode("what is signed");
const other = new TextEncoder().encode("something else");
const publicKey = (key: KeyObject): PublicKey => parsePublicKey(spkiOf(key));
const HASHES = { "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512" } as const;
const hashes = Object.keys(HASHES) as Hash[];

const rsa = newKey(2048);
const p256 = newKey("P-256");
const ecdsa: SignatureScheme = { kind: "ecdsa", hash: "SHA-256" };
const pkcs1: SignatureScheme = { kind: "rsa-pkcs1v15", hash: "SHA-256" };

/** r and s of an ECDSA signature in DER. */
function readNumbers(signature: Uint8Array): [bigint, bigint] {
  const rLength = signature[3]!;
  const number = (octets: Uint8Array): bigint => BigInt(`0x${Buffer.from(octets).toString("hex")}`);
  return [number(signature.subarray(4, 4 + rLength)), number(signature.subarray(6 + rLength))];
}

suite("signatures by ECDSA", () => {
  for (const curve of ["P-256", "P-384", "P-521"] as const) {
    test(`on ${curve} verify with every hash`, async () => {
      const key = newKey(curve);
      for (const hash of hashes) {
        const signature = sign(HASHES[hash], data, key);
        assert.equal(await verifySignature(publicKey(key), { kind: "ecdsa", hash }, signature, data), true);
        assert.equal(await verifySignature(publicKey(key), { kind: "ecdsa", hash }, signature, other), false);
      }
    });
  }

  test("of another key or hash do not verify", async () => {
    const signature = sign("sha256", data, p256);
    assert.equal(await verifySignature(publicKey(newKey("P-256")), ecdsa, signature, data), false);
    assert.equal(await verifySignature(publicKey(p256), { kind: "ecdsa", hash: "SHA-384" }, signature, data), false);
  });

  test("verify with s in the upper half as well as in the lower", async () => {
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
    const [r, s] = readNumbers(sign("sha256", data, p256));
    assert.equal(await verifySignature(publicKey(p256), ecdsa, sequence(integer(r), integer(s)), data), true);
    assert.equal(await verifySignature(publicKey(p256), ecdsa, sequence(integer(r), integer(order - s)), data), true);
  });

  const [r, s] = readNumbers(sign("sha256", data, p256));
  const whole = sequence(integer(r), integer(s));
  const badly: readonly [string, Uint8Array][] = [
    ["with a byte behind them", concat(whole, bytes(0))],
    ["with a third number", sequence(integer(r), integer(s), integer(1))],
    ["with one number", sequence(integer(r))],
    ["with a negative number", sequence(integer(-r), integer(s))],
    ["with zero", sequence(integer(0), integer(s))],
    ["with a number in a longer form", sequence(tlv(2, bytes(0), hex("00"), hex(r.toString(16).padStart(64, "0"))), integer(s))],
    ["with a length in a longer form", concat(hex("3081"), whole.subarray(1))],
    ["that are empty", new Uint8Array()],
    ["as r and s side by side", new Uint8Array(sign("sha256", data, { key: p256, dsaEncoding: "ieee-p1363" }))],
  ];
  for (const [what, signature] of badly) {
    test(`${what} are badly encoded`, () =>
      refusedWith("SIGNATURE_ENCODING", () => verifySignature(publicKey(p256), ecdsa, signature, data)));
  }

  test("by a key on a larger curve are not damaged but another key's", () =>
    refusedWith("SIGNATURE_INVALID", () => verifySignature(publicKey(p256), ecdsa, sign("sha256", data, newKey("P-521")), data)));
});

suite("signatures by RSA", () => {
  test("verify with PKCS#1 v1.5 and every hash", async () => {
    for (const hash of hashes) {
      const signature = sign(HASHES[hash], data, rsa);
      assert.equal(await verifySignature(publicKey(rsa), { kind: "rsa-pkcs1v15", hash }, signature, data), true);
      assert.equal(await verifySignature(publicKey(rsa), { kind: "rsa-pkcs1v15", hash }, signature, other), false);
    }
  });

  test("verify with PSS where hash and salt are the ones that were named", async () => {
    const key = { key: rsa, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
    const signature = sign("sha256", data, key);
    assert.equal(await verifySignature(publicKey(rsa), { kind: "rsa-pss", hash: "SHA-256", saltLength: 32 }, signature, data), true);
    assert.equal(await verifySignature(publicKey(rsa), { kind: "rsa-pss", hash: "SHA-256", saltLength: 20 }, signature, data), false);
    assert.equal(await verifySignature(publicKey(rsa), pkcs1, signature, data), false);
  });

  test("do not verify with a salt that the key has no room for", async () => {
    for (const saltLength of [222, 223, 512]) {
      const scheme: SignatureScheme = { kind: "rsa-pss", hash: "SHA-256", saltLength };
      assert.equal(await verifySignature(publicKey(rsa), scheme, new Uint8Array(256), data), false);
    }
  });

  test("have the length of the modulus", async () => {
    const signature = sign("sha256", data, rsa);
    for (const wrong of [signature.subarray(1), concat(bytes(0), signature), new Uint8Array()]) {
      await rejectsWith("SIGNATURE_ENCODING", () => verifySignature(publicKey(rsa), pkcs1, wrong, data));
    }
  });
});

suite("signatures by Ed25519", () => {
  const key = newKey("Ed25519");
  const signature = sign(null, data, key);
  test("verify", async () => {
    assert.equal(await verifySignature(publicKey(key), { kind: "ed25519" }, signature, data), true);
    assert.equal(await verifySignature(publicKey(key), { kind: "ed25519" }, signature, other), false);
  });
  test("have 64 bytes", () =>
    refusedWith("SIGNATURE_ENCODING", () => verifySignature(publicKey(key), { kind: "ed25519" }, signature.subarray(1), data)));
  test("by a key of small order prove nothing", async () => {
    // The identity: with it, a signature of zeros fits any data.
    const identity = parsePublicKey(concat(spkiOf(key).subarray(0, -32), bytes(1, ...new Uint8Array(31))));
    assert.equal(await verifySignature(identity, { kind: "ed25519" }, bytes(1, ...new Uint8Array(63)), data), false);
  });
});

test("a scheme for another kind of key is forbidden", async () => {
  const signature = sign("sha256", data, rsa);
  const ed25519 = newKey("Ed25519");
  for (const [key, scheme] of [
    [rsa, ecdsa],
    [p256, pkcs1],
    [ed25519, ecdsa],
    [rsa, { kind: "ed25519" }],
  ] as const) {
    await rejectsWith("ALGORITHM_FORBIDDEN", () => verifySignature(publicKey(key), scheme, signature, data));
  }
});

test("SHA-1 is verified for a certificate's signature on itself, and by name only", async () => {
  assert.equal(await verifySha1SelfSignature(publicKey(rsa), "rsa-pkcs1v15", sign("sha1", data, rsa), data), true);
  assert.equal(await verifySha1SelfSignature(publicKey(p256), "ecdsa", sign("sha1", data, p256), data), true);
  assert.equal(await verifySha1SelfSignature(publicKey(p256), "rsa-pkcs1v15", sign("sha1", data, p256), data), false);
  assert.equal(await verifySha1SelfSignature(publicKey(rsa), "ecdsa", sign("sha1", data, rsa), data), false);
});

test("random and altered signatures never verify, and throw nothing but our own error", async () => {
  const genuine = new Uint8Array(sign("sha256", data, p256));
  const verifies = async (signature: Uint8Array): Promise<boolean> => {
    try {
      return await verifySignature(publicKey(p256), ecdsa, signature, data);
    } catch (error) {
      if (!(error instanceof AssayError)) throw error;
      assert.ok(["SIGNATURE_ENCODING", "SIGNATURE_INVALID"].includes(error.code), error.code);
      return false;
    }
  };
  await check(asyncProperty(uint8Array({ maxLength: 80 }), async (signature) => assert.equal(await verifies(signature), false)));
  await check(
    asyncProperty(anyInteger({ min: 0, max: genuine.length - 1 }), anyInteger({ min: 1, max: 255 }), async (at, change) => {
      assert.equal(await verifies(genuine.with(at, genuine[at]! ^ change)), false);
    }),
  );
});
