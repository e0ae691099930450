import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync, randomBytes, scryptSync } from "node:crypto";
import { suite, test } from "node:test";
import { xsalsa20poly1305 } from "@noble/ciphers/salsa.js";
import { keySigner } from "../../src/signing/key-signer.ts";
import { encodePem } from "../../src/encoding/pem.ts";
import { rejectsWith } from "../support/rejects.ts";

// Files of cosign itself are opened in `npm run test:evidence`.
const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const pkcs8 = privateKey.export({ type: "pkcs8", format: "der" });
const spki = createPublicKey(privateKey).export({ type: "spki", format: "der" });

interface Parts {
  readonly kdf: Record<string, unknown>;
  readonly cipher: Record<string, unknown>;
  readonly ciphertext: string;
}

const salt = randomBytes(32);
const keys = new Map<string, Buffer>();

/** Each takes tenths of a second to make. */
function keyOf(password: string, cost: number): Buffer {
  const known = keys.get(`${cost} ${password}`) ?? scryptSync(password, salt, 32, { N: cost, r: 8, p: 1, maxmem: 2 ** 29 });
  keys.set(`${cost} ${password}`, known);
  return known;
}

function sealed(password: string, change: (parts: Parts) => unknown = (parts) => parts, { cost = 2 ** 15, plain = pkcs8 } = {}): string {
  const nonce = randomBytes(24);
  const parts = {
    kdf: { name: "scrypt", params: { N: cost, r: 8, p: 1 }, salt: salt.toString("base64") },
    cipher: { name: "nacl/secretbox", nonce: nonce.toString("base64") },
    ciphertext: Buffer.from(xsalsa20poly1305(keyOf(password, cost), nonce).encrypt(plain)).toString("base64"),
  };
  return encodePem("ENCRYPTED SIGSTORE PRIVATE KEY", Buffer.from(JSON.stringify(change(parts))));
}

suite("a private key of cosign", () => {
  for (const cost of [2 ** 15, 2 ** 16, 2 ** 17]) {
    test(`opens with its password, at the cost ${cost}, and signs`, async () => {
      const signer = await keySigner({ privateKey: sealed("correct horse", undefined, { cost }), password: "correct horse" });
      assert.deepEqual(Buffer.from(signer.publicKey), spki);
      assert.equal(signer.algorithm, "ecdsa-p256-sha256");
    });
  }

  test("has an empty password where cosign was given none", async () => {
    assert.deepEqual(Buffer.from((await keySigner({ privateKey: sealed(""), password: "" })).publicKey), spki);
  });

  test("opens with no other password, which no error repeats, and a missing one is asked for", async () => {
    const file = { name: "cosign.key", content: sealed("correct horse") };
    for (const password of ["battery staple", ""]) {
      const error = await rejectsWith("KEY_PASSWORD", () => keySigner({ privateKey: file, password }));
      assert.equal(error.message, "the private key cosign.key: it does not open: the password is wrong, or the file is damaged");
      assert.doesNotMatch(`${error.stack} ${String(error.cause)}`, /battery|staple/);
    }
    const missing = await rejectsWith("KEY_PASSWORD", () => keySigner({ privateKey: file }));
    assert.equal(missing.remedy, "give-password");
  });

  const damaged: readonly [string, (parts: Parts) => unknown, RegExp][] = [
    [
      "whose cost could keep the machine busy",
      (parts) => ({ ...parts, kdf: { ...parts.kdf, params: { N: 2 ** 18, r: 8, p: 1 } } }),
      /scrypt/,
    ],
    ["whose block size could", (parts) => ({ ...parts, kdf: { ...parts.kdf, params: { N: 2 ** 15, r: 1024, p: 1 } } }), /scrypt/],
    ["whose parallelism could", (parts) => ({ ...parts, kdf: { ...parts.kdf, params: { N: 2 ** 15, r: 8, p: 1000 } } }), /scrypt/],
    ["of another key derivation", (parts) => ({ ...parts, kdf: { ...parts.kdf, name: "argon2" } }), /"argon2"; cosign uses scrypt/],
    ["of another cipher", (parts) => ({ ...parts, cipher: { ...parts.cipher, name: "aes" } }), /"aes"; cosign uses nacl\/secretbox/],
    ["with a nonce of another length", (parts) => ({ ...parts, cipher: { ...parts.cipher, nonce: "AAAA" } }), /3 bytes, not 24/],
    ["without ciphertext", ({ kdf, cipher }) => ({ kdf, cipher }), /"ciphertext" is missing/],
  ];
  for (const [name, change, pattern] of damaged) {
    test(`${name} is refused as a wrong question`, async () => {
      const error = await rejectsWith("KEY_INVALID", () => keySigner({ privateKey: sealed("x", change), password: "x" }));
      assert.equal(error.outcome, "usage");
      assert.match(error.message, pattern);
    });
  }

  test("that opens to no key is damaged", async () => {
    const file = sealed("x", undefined, { plain: Buffer.from("no key") });
    await rejectsWith("KEY_INVALID", () => keySigner({ privateKey: file, password: "x" }));
  });
});
