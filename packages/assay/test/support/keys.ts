import { createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";

export interface PemPair {
  readonly privateKey: string;
  readonly publicKey: string;
}

export type KeyKind = "P-256" | "P-384" | "P-521" | "RSA-2048" | "RSA-3072" | "Ed25519";

export const KEY_KINDS: readonly KeyKind[] = ["P-256", "P-384", "P-521", "RSA-2048", "RSA-3072", "Ed25519"];

/** A key pair, PKCS#8 and SPKI, PEM: fresh, or for RSA another than the last. */
export function makeKeyPair(kind: KeyKind): PemPair {
  const publicKeyEncoding = { type: "spki", format: "pem" } as const;
  const privateKeyEncoding = { type: "pkcs8", format: "pem" } as const;
  if (kind === "Ed25519") return generateKeyPairSync("ed25519", { publicKeyEncoding, privateKeyEncoding });
  if (kind.startsWith("RSA-")) {
    const key = rsaKey(Number(kind.slice(4)));
    return {
      privateKey: key.export(privateKeyEncoding).toString(),
      publicKey: createPublicKey(key).export(publicKeyEncoding).toString(),
    };
  }
  return generateKeyPairSync("ec", { namedCurve: kind, publicKeyEncoding, privateKeyEncoding });
}

const rsaKeys = new Map<number, KeyObject[]>();

/** One of two RSA keys of this size, by turns: making one takes longer than most tests. */
export function rsaKey(modulusLength: number): KeyObject {
  const keys = rsaKeys.get(modulusLength) ?? [];
  rsaKeys.set(modulusLength, keys);
  if (keys.length < 2) keys.push(generateKeyPairSync("rsa", { modulusLength }).privateKey);
  else keys.reverse();
  return keys.at(-1)!;
}
