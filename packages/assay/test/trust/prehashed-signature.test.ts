import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { suite, test } from "node:test";
import { verifyPrehashed } from "../../src/trust/prehashed-signature.ts";
import { parsePublicKey } from "../../src/trust/public-key.ts";
import { spkiOf } from "./x509/make.ts";

const FILE = Buffer.from("weights");

suite("an RSA signature over a file of which the digest is at hand", () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = parsePublicKey(spkiOf(privateKey));
  assert.ok(key.kind === "rsa");
  const sha256 = new Uint8Array(createHash("sha256").update(FILE).digest());
  const verifies = (signature: Uint8Array): Promise<boolean> => verifyPrehashed(key, signature, sha256);

  test("has the length of the modulus, and is not even looked at where it has another", { timeout: 5000 }, async () => {
    const signature = sign("sha256", FILE, privateKey);
    assert.equal(await verifies(signature), true);
    assert.equal(await verifies(Buffer.concat([Buffer.of(0), signature])), false);
    // As a number it would take minutes, and the test's own limit ends it.
    assert.equal(await verifies(new Uint8Array(160_000_000).fill(0xff)), false);
  });
});
