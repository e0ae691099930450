import assert from "node:assert/strict";
import { createPublicKey, sign } from "node:crypto";
import { suite, test } from "node:test";
import fc from "fast-check";
import { AssayError } from "../../src/error.ts";
import { parsePublicKey, type PublicKey } from "../../src/trust/public-key.ts";
import { verifySignature } from "../../src/trust/signature.ts";
import { bytes, concat, integer, sequence, tlv } from "../encoding/der-writer.ts";
import { makeKeyPair } from "../keys.ts";
import { rejectsWith } from "../rejects.ts";

const data = new TextEncoder().encode("what is signed");
const { privateKey, publicKey } = makeKeyPair("P-256");
const key = keyOf(publicKey);
const scheme = { kind: "ecdsa", hash: "SHA-256" } as const;
const signature = new Uint8Array(sign("sha256", data, privateKey));

function keyOf(pem: string): PublicKey {
  return parsePublicKey(new Uint8Array(createPublicKey(pem).export({ type: "spki", format: "der" })));
}

/** r and s of a signature made by OpenSSL. */
function integersOf(der: Uint8Array): [bigint, bigint] {
  const rLength = der[3]!;
  const value = (from: number, length: number): bigint => BigInt(`0x${Buffer.from(der.subarray(from, from + length)).toString("hex")}`);
  return [value(4, rLength), value(6 + rLength, der[5 + rLength]!)];
}

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const [r, s] = integersOf(signature);

suite("an ECDSA signature", () => {
  test("verifies with the right key, data and hash only", async () => {
    assert.equal(await verifySignature(key, scheme, signature, data), true);
    assert.equal(await verifySignature(key, scheme, signature, data.with(0, 0)), false);
    assert.equal(await verifySignature(keyOf(makeKeyPair("P-256").publicKey), scheme, signature, data), false);
    assert.equal(await verifySignature(key, { kind: "ecdsa", hash: "SHA-384" }, signature, data), false);
  });

  test("is valid with s in either half", async () => {
    for (const half of [s, ORDER - s]) assert.equal(await verifySignature(key, scheme, sequence(integer(r), integer(half)), data), true);
  });

  const malformed: readonly [string, Uint8Array][] = [
    ["nothing", bytes()],
    ["bytes behind it", concat(signature, bytes(0))],
    ["a third integer", sequence(integer(r), integer(s), integer(1))],
    ["one integer", sequence(integer(r))],
    ["a negative integer", sequence(integer(-r), integer(s))],
    ["a zero", sequence(integer(0), integer(s))],
    ["a padded integer", sequence(tlv(0x02, concat(bytes(0, 0), signature.subarray(4, 4 + signature[3]!))), integer(s))],
    ["a length in too many octets", concat(bytes(0x30, 0x81), signature.subarray(1))],
    ["an indefinite length", concat(bytes(0x30, 0x80), signature.subarray(2), bytes(0, 0))],
    ["raw r and s", Buffer.alloc(64, 7)],
  ];
  for (const [what, der] of malformed) {
    test(`with ${what} is malformed`, () => rejectsWith("SIGNATURE_ENCODING", () => verifySignature(key, scheme, der, data)));
  }

  test("too large for the curve was made by another key", () =>
    rejectsWith("SIGNATURE_INVALID", () => verifySignature(key, scheme, sequence(integer(1n << 300n), integer(s)), data)));

  test("of r or s at the order or above is invalid", async () => {
    assert.equal(await verifySignature(key, scheme, sequence(integer(r), integer(ORDER)), data), false);
    assert.equal(await verifySignature(key, scheme, sequence(integer(ORDER), integer(s)), data), false);
  });
});

suite("an RSA signature", () => {
  const pair = makeKeyPair("RSA-2048");
  const rsa = keyOf(pair.publicKey);
  const made = new Uint8Array(sign("sha256", data, pair.privateKey));
  test("verifies with PKCS#1 v1.5, and not as PSS", async () => {
    assert.equal(await verifySignature(rsa, { kind: "rsa-pkcs1v15", hash: "SHA-256" }, made, data), true);
    assert.equal(await verifySignature(rsa, { kind: "rsa-pss", hash: "SHA-256", saltLength: 32 }, made, data), false);
  });
  test("has the length of the modulus", async () => {
    for (const wrong of [made.subarray(1), concat(bytes(0), made), bytes()]) {
      await rejectsWith("SIGNATURE_ENCODING", () => verifySignature(rsa, { kind: "rsa-pkcs1v15", hash: "SHA-256" }, wrong, data));
    }
  });
});

test("a scheme for another kind of key is refused", async () => {
  const rsa = keyOf(makeKeyPair("RSA-2048").publicKey);
  await rejectsWith("ALGORITHM_FORBIDDEN", () => verifySignature(rsa, scheme, signature, data));
  await rejectsWith("ALGORITHM_FORBIDDEN", () => verifySignature(key, { kind: "ed25519" }, new Uint8Array(64), data));
  await rejectsWith("ALGORITHM_FORBIDDEN", () => verifySignature(key, { kind: "rsa-pkcs1v15", hash: "SHA-256" }, signature, data));
});

test("a point that is not on its curve is no key", async () => {
  const spki = Uint8Array.from(key.spki);
  spki[spki.length - 1]! ^= 1;
  await rejectsWith("KEY_INVALID", () => verifySignature(parsePublicKey(spki), scheme, signature, data));
});

test("no bytes for a signature verify or throw anything else than an AssayError", async () => {
  const anything = fc.oneof(fc.uint8Array({ maxLength: 80 }), mutations(signature));
  await fc.assert(
    fc.asyncProperty(anything, async (candidate) => {
      if (Buffer.compare(candidate, signature) === 0) return;
      const answer = await verifySignature(key, scheme, candidate, data).catch((error: unknown) => {
        assert.ok(error instanceof AssayError);
        return false;
      });
      assert.equal(answer, false);
    }),
  );
});

test("no bytes for a key throw anything else than an AssayError", () => {
  const anything = fc.oneof(fc.uint8Array({ maxLength: 120 }), mutations(key.spki));
  fc.assert(
    fc.property(anything, (spki) => {
      try {
        parsePublicKey(spki);
      } catch (error) {
        assert.ok(error instanceof AssayError);
      }
    }),
  );
});

function mutations(original: Uint8Array): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(fc.nat({ max: original.length - 1 }), fc.integer({ min: 1, max: 255 }))
    .map(([at, bits]) => Uint8Array.from(original).with(at, original[at]! ^ bits));
}
