import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { AssayError } from "../core/error.ts";
import { type GivenFile, nameOf, readingFile } from "../encoding/given-file.ts";
import { type KnownFormat, recognizeFormat } from "../encoding/known-format.ts";
import { mistaken, mistakenFile } from "../encoding/mistaken-file.ts";
import type { SignatureAlgorithm } from "../trust/envelope.ts";
import { parsePublicKey } from "../trust/public-key.ts";
import { passwordMissing, passwordWrong } from "./key-password.ts";
import { readSshPrivateKey } from "./ssh-private-key.ts";

/** A private key as its file has it, and what opens it. */
export interface PrivateKeySource {
  /** PEM (PKCS#8, SEC1 or PKCS#1, plain or encrypted), PKCS#8, SEC1 or PKCS#1 DER, or the file of cosign (cosign.key). */
  readonly privateKey: GivenFile;
  readonly password?: string | undefined;
}

export interface PrivateKey {
  readonly key: KeyObject;
  readonly algorithm: SignatureAlgorithm;
  /** SPKI DER of its public half. */
  readonly publicKey: Uint8Array;
}

/**
 * Reads a private key that can sign models.
 *
 * Throws KEY_PASSWORD where it is encrypted and the password is missing or wrong, KEY_INVALID where it
 * is not a private key or damaged, ALGORITHM_FORBIDDEN for a known kind that must not sign (RSA under
 * 2048 bits, another curve). No message or cause ever holds the password.
 */
export function readPrivateKey(source: PrivateKeySource): PrivateKey {
  return readingFile("private key", source.privateKey, (file) => {
    const key = parse(file, source.password, nameOf(source.privateKey));
    const algorithm = algorithmOf(key);
    // A key may say that its point is to be written compressed; everywhere else it has one form.
    const { spki } = parsePublicKey(createPublicKey(key).export({ type: "spki", format: "der" }));
    return { key, algorithm, publicKey: spki };
  });
}

function parse(privateKey: Uint8Array | string, password: string | undefined, name: string | undefined): KeyObject {
  const bytes = typeof privateKey === "string" ? Buffer.from(privateKey) : Buffer.from(privateKey);
  const kind = recognizeFormat(privateKey);
  const isPem = bytes.includes("-----BEGIN ");
  switch (kind) {
    case "private-key":
    case "encrypted-private-key":
    case undefined:
      return isPem ? parsePem(bytes, password) : parseDer(bytes, password);
    case "openssh-private": {
      const key = readSshPrivateKey(privateKey);
      if (key !== undefined) return key;
      throw mistake(kind, name);
    }
    default:
      throw mistake(kind, name);
  }
}

function mistake(kind: KnownFormat, name: string | undefined): AssayError {
  return new AssayError("KEY_INVALID", mistaken(kind, ROLE), mistakenFile(kind, ROLE, name));
}

function parsePem(bytes: Buffer, password: string | undefined): KeyObject {
  const text = bytes.toString("latin1");
  const isEncrypted = text.includes("BEGIN ENCRYPTED PRIVATE KEY") || /^Proc-Type: 4,ENCRYPTED/m.test(text);
  if (isEncrypted && password === undefined) throw passwordMissing();
  try {
    return createPrivateKey({ key: bytes, format: "pem", ...(isEncrypted ? { passphrase: password ?? "" } : {}) });
  } catch {
    if (isEncrypted) throw passwordWrong();
    throw new AssayError("KEY_INVALID", "it cannot be read: it is damaged, or not PKCS#8, SEC1 or PKCS#1");
  }
}

function parseDer(bytes: Buffer, password: string | undefined): KeyObject {
  const isEncrypted = recognizeFormat(bytes) === "encrypted-private-key";
  if (isEncrypted && password === undefined) throw passwordMissing();
  for (const type of ["pkcs8", "sec1", "pkcs1"] as const) {
    try {
      return createPrivateKey({ key: bytes, format: "der", type, ...(isEncrypted ? { passphrase: password ?? "" } : {}) });
    } catch {
      continue;
    }
  }
  if (isEncrypted) throw passwordWrong();
  throw new AssayError("KEY_INVALID", "it is neither PEM nor PKCS#8, SEC1 or PKCS#1 in DER");
}

const ROLE = "private key";

const CURVES: Readonly<Record<string, SignatureAlgorithm>> = {
  prime256v1: "ecdsa-p256-sha256",
  secp384r1: "ecdsa-p384-sha384",
  secp521r1: "ecdsa-p521-sha512",
};

function algorithmOf(key: KeyObject): SignatureAlgorithm {
  const { namedCurve = "unnamed", modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  switch (key.asymmetricKeyType) {
    case "ec": {
      const algorithm = CURVES[namedCurve];
      if (algorithm !== undefined) return algorithm;
      throw new AssayError("ALGORITHM_FORBIDDEN", `the key is on the curve ${namedCurve}; supported: P-256, P-384 and P-521`);
    }
    case "rsa":
      if (modulusLength >= 2048) return "rsa-pkcs1v15-sha256";
      throw new AssayError("ALGORITHM_FORBIDDEN", `the RSA key has ${modulusLength} bits; at least 2048`);
    case "ed25519":
      return "ed25519ph";
    default:
      throw new AssayError("ALGORITHM_FORBIDDEN", `a key of the kind ${key.asymmetricKeyType ?? "unknown"} cannot sign models`, {
        hint: "use ECDSA (P-256, P-384, P-521), RSA from 2048 bits, or Ed25519",
      });
  }
}
