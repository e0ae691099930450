import { TAG } from "../encoding/der.ts";
import { recognizeFormat } from "../encoding/known-format.ts";
import { encodeHex } from "../encoding/hex.ts";
import { decodePem } from "../encoding/pem.ts";
import { mistaken, mistakenFile } from "../encoding/mistaken-file.ts";
import { AssayError } from "../core/error.ts";
import { readSshPublicKey, RSA, spkiOf } from "./ssh-public-key.ts";

const ROLE = "public key";

/**
 * The SPKI DER in a caller's key file: SubjectPublicKeyInfo or PKCS#1, PEM or DER, or an OpenSSH public key.
 * `name` is the file's, for advice. Throws KEY_INVALID, which says what the file is where that is known, and PEM_INVALID.
 */
export function readPublicKey(file: Uint8Array | string, name?: string): Uint8Array {
  const kind = recognizeFormat(file);
  switch (kind) {
    case "public-key":
    case "pkcs1-public":
    case undefined:
      return readKey(file);
    case "openssh-public":
      return readSshPublicKey(typeof file === "string" ? file : new TextDecoder().decode(file));
    case "certificate":
    case "private-key":
    case "encrypted-private-key":
      // A file may hold them and the public key.
      return publicKeyBlock(file) ?? fail(kind, name);
    default:
      return fail(kind, name);
  }
}

function fail(kind: Exclude<ReturnType<typeof recognizeFormat>, undefined>, name: string | undefined): never {
  const file = mistakenFile(kind, ROLE, name);
  throw new AssayError("KEY_INVALID", mistaken(kind, ROLE), kind === "certificate" ? { ...file, remedy: "verify-with-certificate" } : file);
}

function readKey(file: Uint8Array | string): Uint8Array {
  if (typeof file !== "string" && file[0] === TAG.sequence) return recognizeFormat(file) === "pkcs1-public" ? spkiOf(RSA, file) : file;
  const key = publicKeyBlock(file);
  if (key !== undefined) return key;
  const [first] = decodePem(file);
  if (first === undefined) throw new AssayError("KEY_INVALID", "it holds no key in a supported format, neither PEM nor DER");
  throw new AssayError("KEY_INVALID", `it holds ${first.label}, and no PUBLIC KEY (SPKI)`);
}

function publicKeyBlock(file: Uint8Array | string): Uint8Array | undefined {
  if (typeof file !== "string" && file[0] === TAG.sequence) return undefined;
  const keys = new Map<string, Uint8Array>();
  for (const { label, bytes } of decodePem(file)) {
    // RFC 8017 appendix A.1.1: modulus and exponent, without the algorithm around them.
    const spki = label === "PUBLIC KEY" ? bytes : label === "RSA PUBLIC KEY" ? spkiOf(RSA, bytes) : undefined;
    if (spki !== undefined) keys.set(encodeHex(spki), spki);
  }
  // To take the first would verify by a key that the caller may not have meant.
  if (keys.size > 1) throw new AssayError("KEY_INVALID", `it holds ${keys.size} public keys, expected one`);
  const [key] = keys.values();
  return key;
}
