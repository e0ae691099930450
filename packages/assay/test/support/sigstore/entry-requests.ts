import { createPublicKey, type KeyObject, publicDecrypt, verify, X509Certificate } from "node:crypto";
import { p256, p384, p521 } from "@noble/curves/nist.js";
import { decodePem } from "../../../src/encoding/pem.ts";
import { preAuthenticationEncoding } from "../../../src/trust/pae.ts";
import type { EntryKind, SignedThing } from "./entry-bodies.ts";
import { digestOf, type HashName, hashOf, keyDetailsOf } from "./signing-keys.ts";

export interface Proposal {
  readonly kind: EntryKind;
  readonly thing: SignedThing;
}

interface Envelope {
  readonly payload: string;
  readonly payloadType: string;
  readonly signatures: readonly { readonly sig: string }[];
}

type Json = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any -- a request is whatever a client sent

/**
 * Reads what a client asks Rekor v1 to log, and checks the signature as Rekor does.
 * Throws an Error whose message the log answers with, as 400.
 */
export function readProposalV1(request: Json): Proposal {
  const kind = `${request["kind"]} ${request["apiVersion"]}`;
  const spec = request["spec"] as Json;
  if (kind === "dsse 0.0.1") {
    const envelope = JSON.parse(spec["proposedContent"].envelope) as Envelope;
    return enveloped(kind, envelope, verifierOf(Buffer.from(spec["proposedContent"].verifiers[0], "base64")));
  }
  if (kind === "intoto 0.0.2") {
    const { envelope } = spec["content"] as { envelope: Envelope & { signatures: { publicKey: string }[] } };
    const verifier = verifierOf(Buffer.from(envelope.signatures[0]!.publicKey, "base64"));
    // Both are base64 once more.
    const once = (text: string): string => Buffer.from(text, "base64").toString();
    return enveloped(
      kind,
      { ...envelope, payload: once(envelope.payload), signatures: [{ sig: once(envelope.signatures[0]!.sig) }] },
      verifier,
    );
  }
  if (kind !== "hashedrekord 0.0.1") throw new Error(`unknown kind ${kind}`);
  const { hash } = spec["data"] as { hash: { algorithm: HashName; value: string } };
  const { content, publicKey } = spec["signature"] as { content: string; publicKey: { content: string } };
  const verifier = verifierOf(Buffer.from(publicKey.content, "base64"));
  return digested(kind, Buffer.from(hash.value, "hex"), hash.algorithm, Buffer.from(content, "base64"), verifier);
}

/** The same for Rekor v2, which has taken nothing but digests since 2.3. */
export function readProposalV2(request: Json): Proposal {
  const asked = request["hashedRekordRequestV002"] as Json | undefined;
  if (asked === undefined) throw new Error("invalid type, must be hashedrekord");
  const { content, verifier } = asked["signature"] as { content: string; verifier: Json };
  const raw = Buffer.from((verifier["x509Certificate"] ?? verifier["publicKey"]).rawBytes, "base64");
  const read = "x509Certificate" in verifier ? ofCertificate(raw) : ofKey(raw);
  if (verifier["keyDetails"] !== keyDetailsOf(read.key)) throw new Error("invalid hashedrekord request");
  return digested("hashedrekord 0.0.2", Buffer.from(asked["digest"], "base64"), hashOf(read.key), Buffer.from(content, "base64"), read);
}

interface Verifier {
  readonly key: KeyObject;
  readonly verifier: SignedThing["verifier"];
}

function verifierOf(pem: Uint8Array): Verifier {
  const [block] = decodePem(pem);
  return block!.label === "CERTIFICATE" ? ofCertificate(block!.bytes) : ofKey(block!.bytes);
}

const ofCertificate = (der: Uint8Array): Verifier => ({ key: new X509Certificate(der).publicKey, verifier: { certificate: der } });
const ofKey = (spki: Uint8Array): Verifier => ({
  key: createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" }),
  verifier: { publicKey: spki },
});

function enveloped(kind: EntryKind, { payload, payloadType, signatures }: Envelope, { key, verifier }: Verifier): Proposal {
  const bytes = new Uint8Array(Buffer.from(payload, "base64"));
  const signature = new Uint8Array(Buffer.from(signatures[0]!.sig, "base64"));
  const signedBytes = preAuthenticationEncoding(payloadType, bytes);
  const hash = hashOf(key);
  if (!verify(key.asymmetricKeyType === "ed25519" ? null : hash, signedBytes, key, signature)) throw new Error("invalid signature");
  const digest = digestOf(hash, signedBytes);
  return { kind, thing: { signature, verifier, keyDetails: keyDetailsOf(key), hash, digest, payload: bytes, payloadType } };
}

function digested(kind: EntryKind, digest: Uint8Array, hash: HashName, signature: Uint8Array, { key, verifier }: Verifier): Proposal {
  if (digest.length !== digestOf(hash, digest).length || !verifiesDigest(key, digest, signature)) throw new Error("invalid signature");
  return { kind, thing: { signature, verifier, keyDetails: keyDetailsOf(key), hash, digest, payload: digest, payloadType: "" } };
}

const CURVES = { prime256v1: p256, secp384r1: p384, secp521r1: p521 } as const;

/** node:crypto hashes for itself, and here only the digest is known. */
function verifiesDigest(key: KeyObject, digest: Uint8Array, signature: Uint8Array): boolean {
  if (key.asymmetricKeyType === "rsa") return Buffer.from(publicDecrypt(key, signature)).subarray(-digest.length).equals(digest);
  const curve = CURVES[key.asymmetricKeyDetails?.namedCurve as keyof typeof CURVES];
  const { x = "", y = "" } = key.export({ format: "jwk" });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]);
  return curve.verify(signature, digest, point, { prehash: false, lowS: false, format: "der" });
}
