import type { KeyObject } from "node:crypto";
import { concat } from "../der-writer.ts";
import { spkiOf } from "../x509/make.ts";
import { base64, bigEndian, sha256 } from "./octets.ts";
import { type HashName, rawEd25519, signWith } from "./signing-keys.ts";

/** A line of a signed note: https://c2sp.org/signed-note */
export const signatureLine = (name: string, keyHash: Uint8Array, signature: Uint8Array): string =>
  `\u2014 ${name} ${base64(concat(keyHash.subarray(0, 4), signature))}\n`;

/** A tree's state as logs sign it: https://c2sp.org/tlog-checkpoint */
export function checkpointBody(origin: string, size: number, root: Uint8Array, extensions: readonly string[] = []): string {
  return `${[origin, String(size), base64(root), ...extensions].join("\n")}\n`;
}

/** Whole key hashes, of which a note's lines hold the first four bytes; Sigstore's log ids. */
export function noteKeyHash(name: string, key: KeyObject): Uint8Array {
  if (key.asymmetricKeyType === "ed25519") return sha256(`${name}\n`, Uint8Array.of(1), rawEd25519(key));
  if (key.asymmetricKeyType === "rsa") return sha256(`${name}\n`, Uint8Array.of(255), "PKIX-RSA-PKCS#1v1.5", spkiOf(key));
  return sha256(spkiOf(key));
}

export function signNote(body: string, name: string, key: KeyObject, hash?: HashName): string {
  return signatureLine(name, noteKeyHash(name, key), signWith(key, Buffer.from(body), hash));
}

export interface Witness {
  readonly name: string;
  readonly key: KeyObject;
}

/** A witness's line: it saw this checkpoint at this time. https://c2sp.org/tlog-cosignature */
export function cosign(body: string, { name, key }: Witness, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  const signature = signWith(key, Buffer.from(`cosignature/v1\ntime ${seconds}\n${body}`));
  const keyHash = sha256(`${name}\n`, Uint8Array.of(4), rawEd25519(key));
  return signatureLine(name, keyHash, concat(bigEndian(seconds, 8), signature));
}
