import { encodeHex } from "../encoding/hex.ts";
import { encodePem } from "../encoding/pem.ts";
import { digestOfBytes } from "./digest.ts";

/**
 * The name that the field gives a key in `publicKey.hint`: hex SHA-256 of the SPKI as *PEM*, its final
 * newline included. `spki` is DER.
 */
export async function keyFingerprint(spki: Uint8Array): Promise<string> {
  return sha256Hex(new TextEncoder().encode(encodePem("PUBLIC KEY", spki)));
}

export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  return encodeHex(await digestOfBytes("SHA-256", bytes));
}
