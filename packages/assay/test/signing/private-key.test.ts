import assert from "node:assert/strict";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { test } from "node:test";
import { readPrivateKey } from "../../src/signing/private-key.ts";
import { rejectsWith } from "../support/rejects.ts";

const p256 = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;

function spkiOf(key: KeyObject): Buffer {
  return readPrivateKey({ privateKey: key.export({ type: "pkcs8", format: "pem" }) }).publicKey as Buffer;
}

const kinds = [
  ["P-256", p256, "ecdsa-p256-sha256"],
  ["P-384", generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey, "ecdsa-p384-sha384"],
  ["P-521", generateKeyPairSync("ec", { namedCurve: "P-521" }).privateKey, "ecdsa-p521-sha512"],
  ["RSA 2048", rsa, "rsa-pkcs1v15-sha256"],
  ["Ed25519", generateKeyPairSync("ed25519").privateKey, "ed25519ph"],
] as const;

for (const [name, key, algorithm] of kinds) {
  test(`a ${name} key signs as ${algorithm}`, () => {
    assert.equal(readPrivateKey({ privateKey: key.export({ type: "pkcs8", format: "pem" }) }).algorithm, algorithm);
  });
}

const encodings: readonly [string, string | Buffer, Buffer][] = [
  ["PKCS#8 PEM", p256.export({ type: "pkcs8", format: "pem" }), spkiOf(p256)],
  ["PKCS#8 DER", p256.export({ type: "pkcs8", format: "der" }), spkiOf(p256)],
  ["SEC1 PEM", p256.export({ type: "sec1", format: "pem" }), spkiOf(p256)],
  ["SEC1 DER", p256.export({ type: "sec1", format: "der" }), spkiOf(p256)],
  ["PKCS#1 PEM", rsa.export({ type: "pkcs1", format: "pem" }), spkiOf(rsa)],
  ["PKCS#1 DER", rsa.export({ type: "pkcs1", format: "der" }), spkiOf(rsa)],
  [
    "SEC1 PEM behind the EC PARAMETERS block that openssl writes",
    `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${p256.export({ type: "sec1", format: "pem" }).toString()}`,
    spkiOf(p256),
  ],
];
for (const [name, privateKey, spki] of encodings) {
  test(`${name} is read`, () => assert.deepEqual(readPrivateKey({ privateKey }).publicKey, spki));
}

const locked: readonly [string, string | Buffer][] = [
  ["PKCS#8", p256.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "correct horse" })],
  ["SEC1", p256.export({ type: "sec1", format: "pem", cipher: "aes-256-cbc", passphrase: "correct horse" })],
  ["PKCS#1", rsa.export({ type: "pkcs1", format: "pem", cipher: "aes-256-cbc", passphrase: "correct horse" })],
];
for (const [name, privateKey] of locked) {
  test(`an encrypted ${name} key opens with its password only, which no error repeats`, async () => {
    assert.ok(readPrivateKey({ privateKey, password: "correct horse" }).publicKey.length > 0);
    for (const password of ["battery staple", ""]) {
      const error = await rejectsWith("KEY_PASSWORD", () => readPrivateKey({ privateKey, password }));
      assert.doesNotMatch(`${error.stack} ${String(error.cause)}`, /battery|staple/);
    }
    const missing = await rejectsWith("KEY_PASSWORD", () => readPrivateKey({ privateKey }));
    assert.equal(missing.remedy, "give-password");
  });
}

test("keys that must not sign models are refused by kind", async () => {
  const short = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;
  const koblitz = generateKeyPairSync("ec", { namedCurve: "secp256k1" }).privateKey;
  const agreement = generateKeyPairSync("x25519").privateKey;
  for (const [key, pattern] of [
    [short, /1024 bits/],
    [koblitz, /secp256k1/],
    [agreement, /x25519/],
  ] as const) {
    const error = await rejectsWith("ALGORITHM_FORBIDDEN", () =>
      readPrivateKey({ privateKey: key.export({ type: "pkcs8", format: "pem" }) }),
    );
    assert.match(error.message, pattern);
  }
});

test("anything but a private key is named: a public key, a certificate, OpenSSH's format, a damaged file", async () => {
  const pem = p256.export({ type: "pkcs8", format: "pem" });
  const wrong: readonly [string | Buffer, RegExp][] = [
    [generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ type: "spki", format: "pem" }), /public key/],
    ["-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", /certificate/],
    ["-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n", /OpenSSH/],
    [pem.toString().replace(/.{20}\n-----END/, "\n-----END"), /damaged/],
    ["", /an empty file/],
    [Buffer.from([0x30, 0x03, 1, 2, 3]), /neither PEM/],
  ];
  for (const [privateKey, pattern] of wrong) {
    assert.match((await rejectsWith("KEY_INVALID", () => readPrivateKey({ privateKey }))).message, pattern);
  }
});
