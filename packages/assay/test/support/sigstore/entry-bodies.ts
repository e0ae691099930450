import { encodePem } from "../../../src/encoding/pem.ts";
import { base64 } from "./octets.ts";
import { digestOf, type HashName, protobufHash } from "./signing-keys.ts";

export type EntryKind = "dsse 0.0.1" | "dsse 0.0.2" | "hashedrekord 0.0.1" | "hashedrekord 0.0.2" | "intoto 0.0.2";

/** Everything that an entry may say about a signature. */
export interface SignedThing {
  readonly signature: Uint8Array;
  /** Who signed: the leaf, or only a key. DER. */
  readonly verifier: { readonly certificate: Uint8Array } | { readonly publicKey: Uint8Array };
  readonly keyDetails: string;
  readonly hash: HashName;
  /** Of the bytes under the signature: for an envelope of its PAE. */
  readonly digest: Uint8Array;
  /** What an envelope carries; for other signatures the signed bytes themselves. */
  readonly payload: Uint8Array;
  readonly payloadType: string;
}

/** The body of an entry as an object; logs hold its canonical JSON (RFC 8785). */
export function entryBody(kind: EntryKind, thing: SignedThing): Record<string, unknown> {
  const [name, apiVersion] = kind.split(" ");
  return { apiVersion, kind: name, spec: SPECS[kind](thing) };
}

const SPECS: Readonly<Record<EntryKind, (thing: SignedThing) => unknown>> = {
  "dsse 0.0.1": (thing) => ({
    // What was sent, with blanks and all: it cannot be recomputed from a bundle.
    envelopeHash: hexHash("sha256", digestOf("sha256", Buffer.from(envelopeJson(thing)))),
    payloadHash: hexHash("sha256", digestOf("sha256", thing.payload)),
    signatures: [{ signature: base64(thing.signature), verifier: base64(pemOf(thing)) }],
  }),
  "intoto 0.0.2": (thing) => ({
    content: {
      envelope: {
        payloadType: thing.payloadType,
        // The signature's own base64, once more in base64.
        signatures: [{ publicKey: base64(pemOf(thing)), sig: base64(base64(thing.signature)) }],
      },
      hash: hexHash("sha256", digestOf("sha256", Buffer.from(envelopeJson(thing)))),
      payloadHash: hexHash("sha256", digestOf("sha256", thing.payload)),
    },
  }),
  "hashedrekord 0.0.1": (thing) => ({
    data: { hash: hexHash(thing.hash, thing.digest) },
    signature: { content: base64(thing.signature), publicKey: { content: base64(pemOf(thing)) } },
  }),
  "dsse 0.0.2": (thing) => ({
    dsseV002: {
      payloadHash: { algorithm: protobufHash("sha256"), digest: base64(digestOf("sha256", thing.payload)) },
      signatures: [{ content: base64(thing.signature), verifier: protobufVerifier(thing) }],
    },
  }),
  "hashedrekord 0.0.2": (thing) => ({
    hashedRekordV002: {
      data: { algorithm: protobufHash(thing.hash), digest: base64(thing.digest) },
      signature: { content: base64(thing.signature), verifier: protobufVerifier(thing) },
    },
  }),
};

function hexHash(algorithm: HashName, digest: Uint8Array): { algorithm: string; value: string } {
  return { algorithm, value: Buffer.from(digest).toString("hex") };
}

function pemOf({ verifier }: SignedThing): string {
  return "certificate" in verifier ? encodePem("CERTIFICATE", verifier.certificate) : encodePem("PUBLIC KEY", verifier.publicKey);
}

function protobufVerifier({ verifier, keyDetails }: SignedThing): unknown {
  if ("certificate" in verifier) return { keyDetails, x509Certificate: { rawBytes: base64(verifier.certificate) } };
  return { keyDetails, publicKey: { rawBytes: base64(verifier.publicKey) } };
}

/** The envelope as clients send it to a log. */
export function envelopeJson({ payload, payloadType, signature }: SignedThing): string {
  return JSON.stringify({ payload: base64(payload), payloadType, signatures: [{ sig: base64(signature) }] });
}
