import { encodeBase64, encodeBase64Bytes } from "../encoding/base64.ts";
import { encodeUtf8 } from "../encoding/utf8.ts";
import type { Bundle, MessageSignature, VerificationMaterial } from "./bundle.ts";
import type { LogEntry } from "./log-entry.ts";
import { BUNDLE_MEDIA_TYPE } from "./media-type.ts";

/** How a signature is proven, in a bundle of ours: always of version 0.3. */
interface ProofParts {
  readonly material: VerificationMaterial;
  readonly tlogEntries?: readonly LogEntry[];
  /** RFC 3161 time-stamp responses, DER. */
  readonly timestamps?: readonly Uint8Array[];
}

/** What a model's bundle is made from. */
export interface BundleParts extends ProofParts, Pick<Bundle, "envelope"> {}

/** What the bundle of any other file is made from. */
export interface MessageBundleParts extends ProofParts {
  readonly message: Omit<MessageSignature, "kind">;
}

/** The bundle of a signature over a file that is not in it, as UTF-8 JSON: Sigstore bundle v0.3. */
export function writeMessageBundle({ message: { digest, signature }, ...proof }: MessageBundleParts): Uint8Array<ArrayBuffer> {
  const messageDigest = digest && { algorithm: digest.algorithm, digest: encodeBase64(digest.digest) };
  const bundle = {
    mediaType: BUNDLE_MEDIA_TYPE,
    verificationMaterial: writeProof(proof),
    messageSignature: { ...(messageDigest === undefined ? {} : { messageDigest }), signature: encodeBase64(signature) },
  };
  return encodeUtf8(`${JSON.stringify(bundle)}\n`);
}

/**
 * A bundle as UTF-8 JSON: Sigstore bundle v0.3 in the shape of OMS section 4, on one line with its
 * newline. `tlogEntries` and `keyid` are there even when empty because older readers want them.
 *
 * The payload never becomes a string: a large one is written between the two halves of the rest.
 */
export function writeBundle({ envelope, ...proof }: BundleParts): Uint8Array<ArrayBuffer> {
  const mark = '"payload":""';
  const json = JSON.stringify({
    mediaType: BUNDLE_MEDIA_TYPE,
    verificationMaterial: writeProof(proof),
    dsseEnvelope: {
      payload: "",
      payloadType: envelope.payloadType,
      signatures: [{ sig: encodeBase64(envelope.signature), keyid: "" }],
    },
  });
  // Inside of any string its quotes would be escaped: the mark is there once.
  const at = json.indexOf(mark) + mark.length - 1;
  const head = encodeUtf8(json.slice(0, at));
  const tail = encodeUtf8(`${json.slice(at)}\n`);
  const payload = encodeBase64Bytes(envelope.payload);
  const bundle = new Uint8Array(head.length + payload.length + tail.length);
  bundle.set(head);
  bundle.set(payload, head.length);
  bundle.set(tail, head.length + payload.length);
  return bundle;
}

function writeProof({ material, tlogEntries = [], timestamps = [] }: ProofParts): object {
  const rfc3161Timestamps = timestamps.map((der) => ({ signedTimestamp: encodeBase64(der) }));
  return {
    ...writeMaterial(material),
    tlogEntries: tlogEntries.map(writeLogEntry),
    ...(timestamps.length === 0 ? {} : { timestampVerificationData: { rfc3161Timestamps } }),
  };
}

function writeMaterial(material: VerificationMaterial): object {
  switch (material.kind) {
    case "publicKey":
      return { publicKey: { hint: material.hint ?? "" } };
    case "certificate":
      return { certificate: { rawBytes: encodeBase64(material.certificate) } };
    case "x509CertificateChain":
      return { x509CertificateChain: { certificates: material.certificates.map((der) => ({ rawBytes: encodeBase64(der) })) } };
  }
}

/** In protobuf's JSON mapping: 64-bit numbers are strings, what is empty is left out. */
function writeLogEntry(entry: LogEntry): object {
  const { inclusionPromise, inclusionProof: proof } = entry;
  return {
    logIndex: String(entry.logIndex),
    logId: { keyId: encodeBase64(entry.logId) },
    kindVersion: { kind: entry.kind, version: entry.version },
    ...(entry.integratedTime === 0 ? {} : { integratedTime: String(entry.integratedTime) }),
    ...(inclusionPromise === undefined ? {} : { inclusionPromise: { signedEntryTimestamp: encodeBase64(inclusionPromise) } }),
    ...(proof === undefined
      ? {}
      : {
          inclusionProof: {
            logIndex: String(proof.logIndex),
            rootHash: encodeBase64(proof.rootHash),
            treeSize: String(proof.treeSize),
            hashes: proof.hashes.map(encodeBase64),
            ...(proof.checkpoint === undefined ? {} : { checkpoint: { envelope: proof.checkpoint } }),
          },
        }),
    canonicalizedBody: encodeBase64(entry.canonicalizedBody),
  };
}
