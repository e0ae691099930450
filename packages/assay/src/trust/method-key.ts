import type { Bundle } from "../bundle/bundle.ts";
import { readingFile } from "../encoding/given-file.ts";
import { decodePem } from "../encoding/pem.ts";
import { AssayError } from "../error.ts";
import type { Warning } from "../warning.ts";
import { verifyEnvelopeSignature } from "./envelope-signature.ts";
import { keyFingerprint, sha256Hex } from "./fingerprint.ts";
import { requireMethod, type MethodResult } from "./method.ts";
import { parsePublicKey } from "./public-key.ts";
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
    const spki = readPublicKey(file);
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

/** The SPKI DER in a caller's key file: PEM or DER. */
export function readPublicKey(file: Uint8Array | string): Uint8Array {
  if (typeof file !== "string" && file[0] === 0x30) return file;
  const blocks = decodePem(file);
  const spki = blocks.find(({ label }) => label === "PUBLIC KEY");
  if (spki !== undefined) return spki.bytes;
  const [first] = blocks;
  if (first === undefined) throw new AssayError("KEY_INVALID", "the public key file holds no key, neither PEM nor DER");
  if (first.label.endsWith("PRIVATE KEY") || first.label === "EC PARAMETERS") {
    throw new AssayError("KEY_INVALID", "this is a private key; verifying needs the public one", {
      hint: "make it with: openssl pkey -in PRIVATE_KEY -pubout -out PUBLIC_KEY",
    });
  }
  if (first.label === "CERTIFICATE") {
    throw new AssayError("KEY_INVALID", "this is a certificate, not a public key", {
      remedy: "verify-with-certificate",
    });
  }
  throw new AssayError("KEY_INVALID", `the public key file holds ${first.label}; it should hold PUBLIC KEY (SPKI)`);
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
