import { concatenate } from "../../encoding/bytes.ts";
import { SHA256_DIGEST_INFO } from "../../trust/prehashed-signature.ts";
import { CK } from "./cryptoki.ts";
import type { Session } from "./session.ts";
import { ecdsaSignature } from "./spki.ts";
import type { TokenKey } from "./token-key.ts";

/** As long as a signature of the largest RSA key that is accepted. */
const MAX_SIGNATURE = 2048;

/**
 * Has the token sign a digest: CKM_ECDSA, which signs digests, or CKM_RSA_PKCS, which signs a DigestInfo; every
 * token has these, while those that hash as well are many and patchy. ECDSA comes out as DER.
 */
export async function signDigest(session: Session, key: TokenKey, digest: Uint8Array): Promise<Uint8Array> {
  const { module, handle, pin } = session;
  const isEc = key.kind === "ec";
  module.C_SignInit(handle, { mechanism: isEc ? CK.mechanismEcdsa : CK.mechanismRsaPkcs }, key.handle);
  // PKCS#11 2.40, section 5.6: such a key wants its owner between the start of a signature and the signature.
  if (key.alwaysAuthenticate) module.C_Login(handle, CK.userContextSpecific, pin);
  const input = Buffer.from(isEc ? digest : concatenate(SHA256_DIGEST_INFO, digest));
  const signature = await module.C_SignAsync(handle, input, Buffer.alloc(MAX_SIGNATURE));
  return isEc ? ecdsaSignature(signature) : new Uint8Array(signature);
}
