import { concatenate } from "../encoding/bytes.ts";
import type { Hash } from "./signature.ts";

/** The digest of the parts one after another, by WebCrypto. */
export async function digestOfBytes(hash: Hash, ...parts: readonly Uint8Array[]): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest(hash, concatenate(...parts)));
}
