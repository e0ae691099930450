import { Seen } from "../source/seen.ts";
import type { Trust } from "../trust/trust.ts";
import { proveBundle, type ProvenBundle, type ReadSignature } from "../verdict/prove.ts";
import type { OpenedModel } from "./opened/opened-model.ts";
import type { VerificationRecord } from "../verdict/record.ts";

/** Which signature must be by whom, and of what. */
export interface SignatureQuestion {
  /** Whom the caller trusts to have signed. */
  readonly trust: Trust;
  /** The bundle: a path or its bytes. Without it, it is looked for: see `findSignature`. */
  readonly signature?: string | Uint8Array;
  /**
   * Only this model is accepted: its manifest digest as it was recorded earlier, `sha256:hex` or bare hex.
   * A root digest is accepted with a warning: it does not cover names.
   */
  readonly expectDigest?: string;
  /** The time for which certificates are checked. Default: the system's clock. */
  readonly now?: () => Date;
}

/** A signature by a trusted signer, and what it covers. */
export interface ProvenSignature extends ProvenBundle {
  /** The signature as it was before it was read: the walk that follows adds to it. */
  readonly seen: Seen;
}

/**
 * The gates from the signature's bytes to the manifest; the model's files are not read. A separate function, so
 * that the bundle and its payload are freed before the files are hashed.
 *
 * Throws what each gate throws, and DIGEST_PIN_MISMATCH; what was proven until then is in the record.
 */
export async function proveSignature(
  model: Pick<OpenedModel, "readSignature">,
  { trust, signature, expectDigest, now = () => new Date() }: SignatureQuestion,
  record: VerificationRecord,
): Promise<ProvenSignature> {
  const seen = new Seen();
  return {
    ...(await proveRead(
      await model.readSignature(signature, seen),
      { trust, ...(expectDigest === undefined ? {} : { expectDigest }), now },
      record,
    )),
    seen,
  };
}

/** The same gates for a signature that was read, wherever the model is. */
async function proveRead(
  read: ReadSignature,
  { now = () => new Date(), ...question }: Omit<SignatureQuestion, "signature">,
  record: VerificationRecord,
): Promise<ProvenBundle> {
  return proveBundle(read, { ...question, now: now(), platform: process.platform === "win32" ? "windows" : "posix" }, record);
}
