import { createPrivateKey, type KeyObject } from "node:crypto";
import { decodePem } from "../encoding/pem.ts";
import { AssayError } from "../core/error.ts";
import { WireReader } from "../trust/ssh-public-key.ts";

const MAGIC = "openssh-key-v1\0";
/** PrivateKeyInfo of Ed25519 up to the seed: RFC 8410 section 7. */
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");

/**
 * Reads an Ed25519 key in OpenSSH's own format, without a passphrase: ssh-keygen writes these keys in no
 * other. Undefined for ECDSA and RSA, which it converts. Throws KEY_INVALID, for a key on a security token too.
 * https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key
 */
export function readSshPrivateKey(file: Uint8Array | string): KeyObject | undefined {
  const block = decodePem(file).find(({ label }) => label === "OPENSSH PRIVATE KEY");
  const bytes = Buffer.from(block?.bytes ?? []);
  if (bytes.subarray(0, MAGIC.length).toString("latin1") !== MAGIC) throw refused();
  const outer = new WireReader(bytes.subarray(MAGIC.length));
  const [cipher, kdf] = [outer.text(), outer.text()];
  outer.bytes();
  const count = outer.number();
  const type = new WireReader(outer.bytes()).text();
  if (type.startsWith("sk-")) {
    throw new AssayError(
      "KEY_INVALID",
      "it is an OpenSSH key that a security token holds: it signs more than the data, and cannot sign models",
    );
  }
  if (type !== "ssh-ed25519" || count !== 1) return undefined;
  if (cipher !== "none" || kdf !== "none") {
    throw new AssayError("KEY_INVALID", "it is an OpenSSH private key with a passphrase, which is not read here", {
      remedy: "remove-passphrase",
    });
  }
  const inner = new WireReader(outer.bytes());
  outer.end();
  if (inner.number() !== inner.number()) throw refused();
  if (inner.text() !== type) throw refused();
  const publicKey = inner.bytes();
  const secret = Buffer.from(inner.bytes());
  if (secret.length !== 64 || !secret.subarray(32).equals(publicKey)) throw refused();
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, secret.subarray(0, 32)]), format: "der", type: "pkcs8" });
}

function refused(): AssayError {
  return new AssayError("KEY_INVALID", "the OpenSSH private key is damaged");
}
