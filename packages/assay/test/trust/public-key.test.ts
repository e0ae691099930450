import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { suite, test } from "node:test";
import { assert as check, integer as anyInteger, property, uint8Array } from "fast-check";
import { AssayError } from "../../src/core/error.ts";
import { parsePublicKey } from "../../src/trust/public-key.ts";
import { verifySignature } from "../../src/trust/signature.ts";
import { bitString, bytes, concat, derNull, integer, octetString, oid, sequence } from "../support/der-writer.ts";
import { refusedWith, rejectsWith } from "../support/rejects.ts";
import { newKey, spkiOf } from "../support/x509/make.ts";

const EC = "1.2.840.10045.2.1";
const RSA = "1.2.840.113549.1.1.1";
const ED25519 = "1.3.101.112";
const P256 = oid("1.2.840.10045.3.1.7");

const ecSpki = spkiOf(newKey("P-256"));
const point = ecSpki.subarray(-65);
const rsaKey = newKey(2048);
const modulus = BigInt(`0x${Buffer.from(rsaKey.export({ format: "jwk" }).n ?? "", "base64url").toString("hex")}`);

const spki = (algorithm: Uint8Array[], key: Uint8Array): Uint8Array => sequence(sequence(...algorithm), bitString(key));
const rsaSpki = (n: bigint, e: bigint): Uint8Array => spki([oid(RSA), derNull()], sequence(integer(n), integer(e)));

suite("public keys", () => {
  for (const curve of ["P-256", "P-384", "P-521"] as const) {
    test(`on ${curve} are read`, () => {
      const der = spkiOf(newKey(curve));
      assert.deepEqual(parsePublicKey(der), { kind: "ec", curve, spki: der });
    });
  }

  for (const [curve, length] of [
    ["P-256", 32],
    ["P-384", 48],
    ["P-521", 66],
  ] as const) {
    test(`on ${curve} whose point is compressed are the same keys`, () => {
      // Both roots: keys are made until each parity of y was met.
      const parities = new Set<number>();
      while (parities.size < 2) {
        const der = spkiOf(newKey(curve));
        const whole = der.subarray(-2 * length - 1);
        const parity = whole.at(-1)! & 1;
        parities.add(parity);
        const named = { "P-256": "1.2.840.10045.3.1.7", "P-384": "1.3.132.0.34", "P-521": "1.3.132.0.35" }[curve];
        const compressed = spki([oid(EC), oid(named)], bytes(2 + parity, ...whole.subarray(1, 1 + length)));
        assert.deepEqual(parsePublicKey(compressed), { kind: "ec", curve, spki: der });
      }
    });
  }

  test("of RSA are read with their length", () => {
    const der = spkiOf(rsaKey);
    assert.deepEqual(parsePublicKey(der), { kind: "rsa", bits: 2048, spki: der });
    assert.deepEqual(parsePublicKey(rsaSpki(modulus, 65537n)), { kind: "rsa", bits: 2048, spki: der });
  });

  test("of Ed25519 are read with their 32 bytes", () => {
    const der = spkiOf(newKey("Ed25519"));
    assert.deepEqual(parsePublicKey(der), { kind: "ed25519", raw: der.subarray(-32), spki: der });
  });

  const short = (bits: number): Uint8Array => rsaSpki((1n << BigInt(bits - 1)) + 1n, 65537n);
  test("of RSA have at least 2048 bits, and no more than anybody uses", async () => {
    assert.equal(parsePublicKey(short(2048)).kind, "rsa");
    await rejectsWith("ALGORITHM_FORBIDDEN", () => parsePublicKey(short(2047)));
    await rejectsWith("ALGORITHM_FORBIDDEN", () => parsePublicKey(short(1024)));
    await rejectsWith("ALGORITHM_FORBIDDEN", () => parsePublicKey(short(20_000)));
  });

  const damaged: readonly [string, Uint8Array][] = [
    ["that are not SPKI", bytes(1, 2, 3)],
    ["with bytes behind them", concat(ecSpki, bytes(0))],
    ["cut short", ecSpki.subarray(0, -1)],
    ["whose bits are not whole octets", sequence(sequence(oid(EC), P256), bitString(point.with(64, 0), 1))],
    ["with a third field", sequence(sequence(oid(EC), P256), bitString(point), derNull())],
    ["of a curve, with more parameters", spki([oid(EC), P256, derNull()], point)],
    ["of a curve, without parameters", spki([oid(EC)], point)],
    ["of a curve, compressed, for no point", spki([oid(EC), P256], bytes(2, ...new Uint8Array(31), 1))],
    ["of a curve, compressed, beyond the field", spki([oid(EC), P256], bytes(2, ...new Uint8Array(32).fill(0xff)))],
    ["of a curve, compressed and too long", spki([oid(EC), P256], bytes(2, ...point.subarray(1, 34)))],
    ["of a curve, in the hybrid form", spki([oid(EC), P256], bytes(6, ...point.subarray(1)))],
    ["of a curve, with a point of another length", spki([oid(EC), P256], concat(point, bytes(0)))],
    ["of a curve, with the point at infinity", spki([oid(EC), P256], bytes(0))],
    ["of RSA, without parameters", spki([oid(RSA)], sequence(integer(modulus), integer(65537)))],
    ["of RSA, with parameters", spki([oid(RSA), octetString(bytes(1))], sequence(integer(modulus), integer(65537)))],
    ["of RSA, with a NULL that is not empty", spki([oid(RSA), bytes(5, 1, 0)], sequence(integer(modulus), integer(65537)))],
    ["of RSA, with a second parameter", spki([oid(RSA), derNull(), derNull()], sequence(integer(modulus), integer(65537)))],
    ["of RSA, with a negative modulus", rsaSpki(-modulus, 65537n)],
    ["of RSA, with an even modulus", rsaSpki(modulus - 1n, 65537n)],
    ["of RSA, with exponent 1", rsaSpki(modulus, 1n)],
    ["of RSA, with an even exponent", rsaSpki(modulus, 65536n)],
    ["of RSA, with an exponent as long as the modulus", rsaSpki(modulus, modulus - 2n)],
    ["of RSA, with a third number", spki([oid(RSA), derNull()], sequence(integer(modulus), integer(65537), integer(1)))],
    ["of RSA, with bytes behind the numbers", spki([oid(RSA), derNull()], concat(sequence(integer(modulus), integer(65537)), bytes(0)))],
    ["of Ed25519, with parameters", spki([oid(ED25519), derNull()], new Uint8Array(32))],
    ["of Ed25519, of 31 bytes", spki([oid(ED25519)], new Uint8Array(31))],
  ];
  for (const [what, der] of damaged) test(`${what} are damaged`, () => refusedWith("KEY_INVALID", () => parsePublicKey(der)));

  test("whose point is not on its curve are found out when they are used", async () => {
    const off = parsePublicKey(spki([oid(EC), P256], point.with(64, point[64]! ^ 1)));
    const signature = sequence(integer(1), integer(1));
    await rejectsWith("KEY_INVALID", () => verifySignature(off, { kind: "ecdsa", hash: "SHA-256" }, signature, bytes(1)));
  });

  test("that spell out their curve are forbidden", () =>
    refusedWith("ALGORITHM_FORBIDDEN", () => parsePublicKey(spki([oid(EC), sequence(integer(1))], point))));

  test("of DSA and on secp256k1 are forbidden", async () => {
    const dsa = generateKeyPairSync("dsa", { modulusLength: 2048, divisorLength: 256 }).publicKey.export({ type: "spki", format: "der" });
    await rejectsWith("ALGORITHM_FORBIDDEN", () => parsePublicKey(dsa));
    const k1 = generateKeyPairSync("ec", { namedCurve: "secp256k1" }).publicKey.export({ type: "spki", format: "der" });
    await rejectsWith("ALGORITHM_FORBIDDEN", () => parsePublicKey(k1));
  });

  test("of an unknown algorithm or curve are incomplete, not failed", async () => {
    const ed448 = createPublicKey(generateKeyPairSync("ed448").privateKey).export({ type: "spki", format: "der" });
    for (const der of [ed448, spki([oid(EC), oid("1.3.6.1.4.1.55738.1")], point)]) {
      const error = await rejectsWith("ALGORITHM_UNKNOWN", () => parsePublicKey(der));
      assert.equal(error.outcome, "incomplete");
    }
  });

  test("throw nothing but our own error, whatever the bytes", () => {
    const sources = [ecSpki, spkiOf(rsaKey), spkiOf(newKey("Ed25519"))];
    const parse = (der: Uint8Array): void => {
      try {
        parsePublicKey(der);
      } catch (error) {
        assert.ok(
          error instanceof AssayError && ["KEY_INVALID", "ALGORITHM_FORBIDDEN", "ALGORITHM_UNKNOWN"].includes(error.code),
          String(error),
        );
      }
    };
    check(property(uint8Array({ maxLength: 100 }), parse));
    check(
      property(anyInteger({ min: 0, max: 2 }), anyInteger({ min: 0, max: 293 }), anyInteger({ min: 0, max: 255 }), (which, at, octet) => {
        const source = sources[which]!;
        parse(source.with(at % source.length, octet));
        parse(source.subarray(0, at % source.length));
      }),
      { numRuns: 1000 },
    );
  });
});
