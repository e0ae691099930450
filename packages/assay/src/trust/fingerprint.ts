import { encodeHex } from "../encoding/hex.ts";
import { encodePem } from "../encoding/pem.ts";

/**
 * The name that the field gives a key in `publicKey.hint`: hex SHA-256 of the SPKI as *PEM*, its final
 * newline included. `spki` is DER.
 */
export async function keyFingerprint(spki: Uint8Array): Promise<string> {
  return sha256Hex(new TextEncoder().encode(encodePem("PUBLIC KEY", spki)));
}

export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  // A copy, because WebCrypto's types want bytes that are surely not shared memory.
  return encodeHex(new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes))));
}
