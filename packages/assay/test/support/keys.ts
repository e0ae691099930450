import { generateKeyPairSync } from "node:crypto";

export interface PemPair {
  readonly privateKey: string;
  readonly publicKey: string;
}

export type KeyKind = "P-256" | "P-384" | "P-521" | "RSA-2048" | "RSA-3072" | "Ed25519";

export const KEY_KINDS: readonly KeyKind[] = ["P-256", "P-384", "P-521", "RSA-2048", "RSA-3072", "Ed25519"];

/** A fresh key pair: PKCS#8 and SPKI, PEM. */
export function makeKeyPair(kind: KeyKind): PemPair {
  const publicKeyEncoding = { type: "spki", format: "pem" } as const;
  const privateKeyEncoding = { type: "pkcs8", format: "pem" } as const;
  if (kind === "Ed25519") return generateKeyPairSync("ed25519", { publicKeyEncoding, privateKeyEncoding });
  if (kind.startsWith("RSA-")) {
    return generateKeyPairSync("rsa", { modulusLength: Number(kind.slice(4)), publicKeyEncoding, privateKeyEncoding });
  }
  return generateKeyPairSync("ec", { namedCurve: kind, publicKeyEncoding, privateKeyEncoding });
}
