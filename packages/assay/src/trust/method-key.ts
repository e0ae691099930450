import type { Bundle } from "../bundle/bundle.ts";
import { nameOf, readingFile } from "../encoding/given-file.ts";
import { AssayError } from "../core/error.ts";
import type { Warning } from "../core/warning.ts";
import { verifyEnvelopeSignature } from "./envelope-signature.ts";
import { keyFingerprint, sha256Hex } from "./fingerprint.ts";
import { requireMethod, type MethodResult } from "./method.ts";
import { parsePublicKey } from "./public-key.ts";
import { readPublicKey } from "./public-key-file.ts";
import { requireWitness, verifyModelWitnesses } from "./sigstore/witness-trust.ts";
import { promiseWarnings } from "./sigstore/witnesses.ts";
import type { KeyTrust } from "./trust.ts";

/**
 * The method `key`: only the caller's key verifies; what the bundle says of its key is a hint.
 * OMS specification, section 8.2. Where the caller names witnesses, one of them saw the signature.
 *
 * Throws METHOD_MISMATCH, KEY_INVALID, PEM_INVALID, ALGORITHM_FORBIDDEN, ALGORITHM_UNKNOWN, what
 * `verifyEnvelopeSignature` throws, and what `verifyModelWitnesses` and `requireWitness` throw.
 */
export async function verifyByKey(bundle: Bundle, trust: KeyTrust): Promise<MethodResult> {
  requireMethod(bundle, "key");
  const [key, given] = readingFile("public key", trust.publicKey, (file) => {
    const spki = readPublicKey(file, nameOf(trust.publicKey));
    return [parsePublicKey(spki), spki] as const;
  });
  const fingerprint = await keyFingerprint(key.spki);
  const hint = await compareHint(bundle, key.spki, [fingerprint, await sha256Hex(key.spki), await keyFingerprint(given)]);
  try {
    const signature = await verifyEnvelopeSignature(bundle.envelope, key);
    const witnessed = trust.witnesses && (await verifyModelWitnesses(bundle, key.spki, trust.witnesses));
    if (witnessed !== undefined) requireWitness(witnessed);
    return {
      signature,
      signer: { method: "key", algorithm: signature.algorithm, fingerprint },
      warnings: [...hint, ...(witnessed === undefined ? [] : promiseWarnings(witnessed.evidence))],
      evidence: witnessed?.evidence,
      verifiedAt: witnessed?.verifiedAt,
    };
  } catch (error) {
    const isOtherKey = hint.length > 0 && error instanceof AssayError && error.code === "SIGNATURE_INVALID";
    if (!isOtherKey) throw error;
    throw new AssayError("SIGNATURE_INVALID", "the signature was made with another key than the one given", {
      cause: error,
      hint: hint.map(({ message }) => message).join("; "),
      details: { namesOtherKey: true },
    });
  }
}

/** Warnings about what the bundle says of its key, none where it names the caller's. It never decides. */
async function compareHint(bundle: Bundle, spki: Uint8Array, known: readonly [string, ...string[]]): Promise<Warning[]> {
  if (bundle.material.kind !== "publicKey") return [];
  const { hint, rawBytes } = bundle.material;
  const warnings: Warning[] = [];
  if (hint !== undefined && hint !== "") {
    if (!known.includes(hint.toLowerCase())) {
      warnings.push({ code: "KEY_HINT_DIFFERS", message: `the bundle names the key ${hint}, the key given is ${known[0]}` });
    }
  }
  if (rawBytes !== undefined && rawBytes.length > 0 && !(await isSameKey(rawBytes, spki))) {
    warnings.push({ code: "KEY_IN_BUNDLE", message: "the bundle carries another key than the one given; it was not used" });
  }
  return warnings;
}

/** Older bundles carry the key as PEM (which the bundle's own base64 wraps once more), or as DER. */
async function isSameKey(carried: Uint8Array, spki: Uint8Array): Promise<boolean> {
  try {
    return (await keyFingerprint(parsePublicKey(readPublicKey(carried)).spki)) === (await keyFingerprint(spki));
  } catch (error) {
    if (error instanceof AssayError) return false;
    throw error;
  }
}
