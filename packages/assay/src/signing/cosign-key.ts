import { scrypt } from "node:crypto";
import { AssayError } from "../core/error.ts";
import { aboutFile, contentOf, nameOf } from "../encoding/given-file.ts";
import { type JsonNode, parseJson } from "../encoding/json.ts";
import { recognizeFormat } from "../encoding/known-format.ts";
import { decodePem } from "../encoding/pem.ts";
import { passwordMissing, passwordWrong } from "./key-password.ts";
import type { PrivateKeySource } from "./private-key.ts";

/** The costs that cosign has used: a file with others could keep the machine busy, and cosign refuses it too. */
const SCRYPT_COSTS: ReadonlySet<number> = new Set([2 ** 15, 2 ** 16, 2 ** 17]);
const BLOCK_SIZE = 8;
const KEY_BYTES = 32;
const NONCE_BYTES = 24;

/** What the file says beside the ciphertext: how the password becomes the key that opens it. */
interface SealedKey {
  readonly cost: number;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly ciphertext: Uint8Array<ArrayBuffer>;
}

/**
 * Opens a private key as `cosign generate-key-pair` and `import-key-pair` write it, and gives it as PKCS#8 DER; any other source as
 * it is. The format is that of https://pkg.go.dev/github.com/secure-systems-lab/go-securesystemslib/encrypted: JSON in PEM, with
 * scrypt (RFC 7914) and NaCl's secretbox. cosign takes an empty password too, which must be given as such.
 *
 * Throws KEY_PASSWORD where the password is missing or wrong, KEY_INVALID for a damaged file. No message or cause holds the password.
 */
export async function openCosignKey(source: PrivateKeySource): Promise<PrivateKeySource> {
  const { privateKey, password } = source;
  if (recognizeFormat(contentOf(privateKey)) !== "cosign-private") return source;
  try {
    const sealed = readSealedKey(contentOf(privateKey));
    if (password === undefined) throw passwordMissing();
    return { privateKey: { name: nameOf(privateKey) ?? "of cosign", content: await open(sealed, password) } };
  } catch (error) {
    throw aboutFile("private key", privateKey, error);
  }
}

function readSealedKey(file: Uint8Array | string): SealedKey {
  const [block] = decodePem(file);
  const json = parseJson(block?.bytes ?? new Uint8Array(), { what: "cosign key", shapeCode: "KEY_INVALID", maxDepth: 8, maxValues: 64 });
  const [kdf, cipher] = [json.require("kdf"), json.require("cipher")];
  expectName(kdf, "scrypt");
  expectName(cipher, "nacl/secretbox");
  const parameters = kdf.require("params");
  const cost = parameters.require("N").natural() ?? 0;
  if (!SCRYPT_COSTS.has(cost) || parameters.require("r").natural() !== BLOCK_SIZE || parameters.require("p").natural() !== 1) {
    throw new AssayError("KEY_INVALID", "cosign writes no such parameters of scrypt");
  }
  const nonce = cipher.require("nonce").base64("KEY_INVALID");
  if (nonce.length !== NONCE_BYTES) throw new AssayError("KEY_INVALID", `its nonce has ${nonce.length} bytes, not ${NONCE_BYTES}`);
  return { cost, nonce, salt: kdf.require("salt").base64("KEY_INVALID"), ciphertext: json.require("ciphertext").base64("KEY_INVALID") };
}

function expectName(node: JsonNode, name: string): void {
  const given = node.require("name").string();
  if (given !== name) throw new AssayError("KEY_INVALID", `it is encrypted by ${JSON.stringify(given)}; cosign uses ${name}`);
}

async function open({ cost, salt, nonce, ciphertext }: SealedKey, password: string): Promise<Uint8Array> {
  const key = await derive(password, salt, cost);
  const { xsalsa20poly1305 } = await import("@noble/ciphers/salsa.js");
  try {
    return xsalsa20poly1305(key, nonce).decrypt(ciphertext);
  } catch {
    throw passwordWrong();
  }
}

function derive(password: string, salt: Uint8Array, cost: number): Promise<Uint8Array> {
  const options = { N: cost, r: BLOCK_SIZE, p: 1, maxmem: 2 * 128 * cost * BLOCK_SIZE };
  return new Promise((resolve, reject) => {
    scrypt(password, salt, KEY_BYTES, options, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}
